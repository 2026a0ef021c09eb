import Foundation
import Synchronization

/// Threads of their own for checking passwords, which takes long on purpose: no other work waits
/// for them, and they for no other.
final class LoginThreads: Sendable {
  /// More checks wait than can be done in a reasonable time.
  struct Overloaded: Error {}

  /// Checks that wait for a thread at most.
  private static let mostWaiting = 64

  private struct State {
    var running = 0
    var waiting: [@Sendable () -> Void] = []
  }

  private let most = max(1, min(4, ProcessInfo.processInfo.activeProcessorCount / 2))
  private let state = Mutex(State())

  /// Checks that run or wait.
  var count: Int { state.withLock { $0.running + $0.waiting.count } }

  /// Does work on one of the threads.
  ///
  /// Throws `Overloaded` when too much waits already, and what the work throws.
  func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let isTaken = take { continuation.resume(with: Result { try work() }) }
      if !isTaken { continuation.resume(throwing: Overloaded()) }
    }
  }

  private func take(_ job: @escaping @Sendable () -> Void) -> Bool {
    enum Place { case thread, queue, none }
    let place = state.withLock { state in
      if state.running < most {
        state.running += 1
        return Place.thread
      }
      guard state.waiting.count < Self.mostWaiting else { return .none }
      state.waiting.append(job)
      return .queue
    }
    switch place {
    case .none: return false
    case .queue: return true
    case .thread:
      Thread.detachNewThread { [self] in
        job()
        while let next = next() { next() }
      }
      return true
    }
  }

  /// The check that has waited longest; without one the thread ends.
  private func next() -> (@Sendable () -> Void)? {
    state.withLock { state in
      if state.waiting.isEmpty {
        state.running -= 1
        return nil
      }
      return state.waiting.removeFirst()
    }
  }
}
