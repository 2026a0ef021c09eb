import Dispatch
import Synchronization

/// Work that is done side by side and stored in the order in which it was given: the catalogue is
/// the same for any number of workers.
final class OrderedWork<Result: Sendable>: Sendable {
  /// Results that may wait for an earlier one.
  private static var window: Int { 512 }
  /// Results that are stored together.
  private static var batch: Int { 64 }

  private struct State {
    var next = 0
    var ready: [Int: Result] = [:]
    var isStoring = false
    var failure: (any Error)?
  }

  private let store: @Sendable ([Result]) throws -> Void
  private let queue = DispatchQueue(label: "ova.scan", attributes: .concurrent)
  private let group = DispatchGroup()
  private let workers: DispatchSemaphore
  private let window = DispatchSemaphore(value: OrderedWork.window)
  private let state = Mutex(State())
  private let given = Mutex(0)

  init(workers: Int, store: @escaping @Sendable ([Result]) throws -> Void) {
    self.workers = DispatchSemaphore(value: max(1, workers))
    self.store = store
  }

  /// Gives a piece of work; waits while there is too much of it. Throws what storing threw.
  func give(_ work: @escaping @Sendable () -> Result) throws {
    try rethrow()
    window.wait()
    workers.wait()
    let number = given.withLock { number in
      defer { number += 1 }
      return number
    }
    queue.async(group: group) { [self] in
      let result = work()
      workers.signal()
      deliver(number, result)
    }
  }

  /// Waits until everything is stored. Throws what storing threw.
  func finish() throws {
    group.wait()
    try rethrow()
  }

  private func rethrow() throws {
    if let failure = state.withLock({ $0.failure }) {
      group.wait()
      throw failure
    }
  }

  private func deliver(_ number: Int, _ result: Result) {
    var mine = state.withLock { state -> [Result] in
      state.ready[number] = result
      guard !state.isStoring else { return [] }
      return Self.take(&state)
    }
    while !mine.isEmpty {
      do {
        if state.withLock({ $0.failure == nil }) { try store(mine) }
      } catch {
        state.withLock { state in if state.failure == nil { state.failure = error } }
      }
      for _ in mine { window.signal() }
      mine = state.withLock { Self.take(&$0) }
    }
  }

  /// The results whose turn it is.
  private static func take(_ state: inout State) -> [Result] {
    var batch: [Result] = []
    while batch.count < Self.batch, let result = state.ready.removeValue(forKey: state.next) {
      batch.append(result)
      state.next += 1
    }
    state.isStoring = !batch.isEmpty
    return batch
  }
}
