import Dispatch
import Synchronization

/// A named pool of threads of its own, for work that blocks or computes for long.
///
/// Threads are started when there is work for them, up to a fixed number, and wait for more until
/// the pool is let go. Work is begun in the order in which it came. Work on a pool may wait for
/// other work on the same pool as long as it does so by `WorkGroup`, `perform` or `OrderedWork`:
/// they do themselves what no thread has begun.
public final class WorkPool: Sendable {
  /// A piece of work.
  typealias Job = @Sendable () -> Void

  /// The decision on work that was given to a pool.
  enum Admission {
    case accepted
    /// The queue is full: as much waits as may.
    case full
    /// The system gives no thread.
    case noThread
  }

  /// The name of the pool's threads in `ps -L` and `top -H`.
  public let name: String
  /// The greatest number of threads.
  public let threads: Int
  private let queue: JobQueue

  /// Makes a pool, which has no threads yet.
  /// - Parameters:
  ///   - name: up to 15 bytes are shown.
  ///   - threads: at least 1.
  ///   - priority: of its threads.
  ///   - mostWaiting: work that waits for a thread at most; more is refused with `overloaded`. Nil
  ///     for any amount.
  public init(
    name: String, threads: Int, priority: ThreadPriority = .normal, mostWaiting: Int? = nil
  ) {
    self.name = name
    self.threads = max(1, threads)
    queue = JobQueue(
      name: name, threads: max(1, threads), priority: priority, mostWaiting: mostWaiting)
  }

  deinit { queue.close() }

  /// Pieces of work that run or wait for a thread.
  public var count: Int { queue.count }

  /// Runs work without waiting for it.
  /// - Returns: false when it is refused and never done: too much waits, or there is no thread.
  public func post(_ work: @escaping @Sendable () -> Void) -> Bool {
    if case .accepted = submit(work) { true } else { false }
  }

  /// Gives work to the threads.
  func submit(_ job: @escaping Job) -> Admission { queue.add(job) }

  /// Does work on one of the threads, while the task that waits takes none.
  ///
  /// When the task is cancelled, work that has not begun is abandoned with `CancellationError`; work
  /// that has is waited for, and learns of it by its flag.
  /// - Parameter work: is given a flag that is set when its result is no longer wanted.
  /// - Throws: `WorkPoolError`; `CancellationError`; what the work throws.
  public func run<Value: Sendable>(
    _ work: @escaping @Sendable (CancelFlag) throws -> Value
  ) async throws -> Value {
    let waiting = WaitingTask<Value>()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guard waiting.begin(continuation) else {
          return continuation.resume(throwing: CancellationError())
        }
        let admission = submit {
          guard let continuation = waiting.take() else { return }
          continuation.resume(with: Result { try work(waiting.flag) })
        }
        switch admission {
        case .accepted: break
        case .full: waiting.take()?.resume(throwing: WorkPoolError.overloaded(pool: name))
        case .noThread: waiting.take()?.resume(throwing: WorkPoolError.noThread(pool: name))
        }
      }
    } onCancel: {
      waiting.cancel()
    }
  }

  /// Does work for each number below `count`, on the calling thread and on threads of the pool, and
  /// returns when all of it is done.
  /// - Parameters:
  ///   - count: how many pieces there are.
  ///   - atMost: how many are done at a time, the caller's included; at least 1.
  ///   - work: is given the number of the piece.
  public func perform(_ count: Int, atMost: Int, _ work: @escaping @Sendable (Int) -> Void) {
    let next = NextNumber()
    let group = WorkGroup(on: self)
    for _ in 1..<max(1, min(count, atMost)) {
      group.add {
        while let number = next.take(below: count) { work(number) }
      }
    }
    while let number = next.take(below: count) { work(number) }
    group.wait()
  }
}

/// The reason why a pool did not do work.
public enum WorkPoolError: Error, Hashable, Sendable {
  /// The pool is overloaded: as much waits for its threads as may.
  case overloaded(pool: String)
  /// The system gave the pool no thread.
  case noThread(pool: String)
}

/// Numbers that several threads take, each once.
private final class NextNumber: Sendable {
  private let next = Atomic(0)

  func take(below end: Int) -> Int? {
    let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return number < end ? number : nil
  }
}

/// A task that waits for work on a pool: it is resumed once, by the work or by its cancellation.
private final class WaitingTask<Value: Sendable>: Sendable {
  private enum State {
    case new
    case waiting(CheckedContinuation<Value, any Error>)
    /// The work has begun, or the task was resumed already.
    case taken
    case cancelled
  }

  let flag = CancelFlag()
  private let state = Mutex(State.new)

  /// False when the task was cancelled before.
  func begin(_ continuation: CheckedContinuation<Value, any Error>) -> Bool {
    state.withLock { state in
      guard case .new = state else { return false }
      state = .waiting(continuation)
      return true
    }
  }

  /// Returns the continuation to resume; nil when the task was resumed already.
  func take() -> CheckedContinuation<Value, any Error>? {
    state.withLock { state in
      guard case .waiting(let continuation) = state else { return nil }
      state = .taken
      return continuation
    }
  }

  func cancel() {
    flag.cancel()
    let continuation = state.withLock { state -> CheckedContinuation<Value, any Error>? in
      switch state {
      case .new:
        state = .cancelled
        return nil
      case .waiting(let continuation):
        state = .cancelled
        return continuation
      case .taken, .cancelled: return nil
      }
    }
    continuation?.resume(throwing: CancellationError())
  }
}
