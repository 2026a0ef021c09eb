import Dispatch
import Synchronization

/// Work that one thread has done beside it, and waits for.
///
/// Whoever waits does what no thread of the pool has begun, so that it waits only for what really
/// runs: work on a pool may use a group on the same pool.
public final class WorkGroup: Sendable {
  private struct State {
    var waiting = FirstInFirstOut<WorkPool.Job>()
    var running = 0
    /// True if the owner waits for what runs.
    var isAwaited = false
  }

  private let pool: WorkPool
  private let state = Mutex(State())
  private let end = DispatchSemaphore(value: 0)

  /// A group without work.
  public init(on pool: WorkPool) { self.pool = pool }

  /// Gives work, and does not wait for it. Only the group's owner calls this, and not during `wait`.
  public func add(_ work: @escaping @Sendable () -> Void) {
    state.withLock { $0.waiting.append(work) }
    // Whatever the pool says: what it does not begin is done by whoever waits.
    _ = pool.submit { self.runOne() }
  }

  /// Returns when all work is done. Only the group's owner calls this, one thread at a time.
  public func wait() {
    while runOne() {}
    let isRunning = state.withLock { state in
      state.isAwaited = state.running > 0
      return state.isAwaited
    }
    if isRunning { end.wait() }
  }

  /// Does work that no thread has begun; false when there is none.
  @discardableResult
  private func runOne() -> Bool {
    let job = state.withLock { state -> WorkPool.Job? in
      let job = state.waiting.popFirst()
      if job != nil { state.running += 1 }
      return job
    }
    guard let job else { return false }
    job()
    let isEnd = state.withLock { state in
      state.running -= 1
      let isEnd = state.isAwaited && state.running == 0
      if isEnd { state.isAwaited = false }
      return isEnd
    }
    if isEnd { end.signal() }
    return true
  }
}
