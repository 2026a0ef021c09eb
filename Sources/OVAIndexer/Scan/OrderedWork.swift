import Dispatch
import Synchronization

/// How much is stored together.
struct StoringBatch {
  /// Results that are worth a transaction.
  var worthwhile: Int
  /// Results that may wait for an earlier one, or to be stored.
  var most: Int
  /// After this time fewer are stored too.
  var patience = Duration.seconds(1)
}

/// Work that is done side by side and stored in the order in which it was given: the catalogue is
/// the same for any number of workers.
///
/// Results are stored many at a time, since a transaction costs as much as a few packages; but what
/// is done is not kept waiting for long.
final class OrderedWork<Result: Sendable>: Sendable {
  private struct State {
    var next = 0
    var ready: [Int: Result] = [:]
    var isStoring = false
    var lastStored = ContinuousClock.now
    var failure: (any Error)?
  }

  private let store: @Sendable ([Result]) throws -> Void
  private let batch: StoringBatch
  private let queue = DispatchQueue(label: "ova.scan", attributes: .concurrent)
  private let group = DispatchGroup()
  private let workers: DispatchSemaphore
  private let window: DispatchSemaphore
  private let state = Mutex(State())
  private let given = Mutex(0)

  init(workers: Int, batch: StoringBatch, store: @escaping @Sendable ([Result]) throws -> Void) {
    self.workers = Self.places(workers)
    self.batch = batch
    window = Self.places(batch.most)
    self.store = store
  }

  /// A semaphore of so many places, at least one. It is made without any and given them: Dispatch
  /// ends the process when one is let go while fewer are free than it was made with, as they are
  /// when an error ends the work.
  private static func places(_ count: Int) -> DispatchSemaphore {
    let places = DispatchSemaphore(value: 0)
    for _ in 0..<max(1, count) { places.signal() }
    return places
  }

  /// Waits until no work is under way, whatever became of it: for who leaves because of an error.
  func abandon() { group.wait() }

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
    storeReady(isLast: true)
    try rethrow()
  }

  private func rethrow() throws {
    if let failure = state.withLock({ $0.failure }) {
      group.wait()
      throw failure
    }
  }

  private func deliver(_ number: Int, _ result: Result) {
    state.withLock { $0.ready[number] = result }
    storeReady(isLast: false)
  }

  private func storeReady(isLast: Bool) {
    while true {
      let mine = state.withLock { take(&$0, isLast: isLast) }
      guard !mine.isEmpty else { return }
      do {
        if state.withLock({ $0.failure == nil }) { try store(mine) }
      } catch {
        state.withLock { state in if state.failure == nil { state.failure = error } }
      }
      state.withLock {
        $0.isStoring = false
        $0.lastStored = .now
      }
      for _ in mine { window.signal() }
    }
  }

  /// The results whose turn it is; none while they are not worth it or another thread stores.
  private func take(_ state: inout State, isLast: Bool) -> [Result] {
    guard !state.isStoring else { return [] }
    // Once the window is full nothing more comes before some of it is stored.
    let isWorthwhile =
      isLast || state.ready.count >= batch.worthwhile
      || ContinuousClock.now - state.lastStored > batch.patience
    guard isWorthwhile else { return [] }
    var mine: [Result] = []
    while mine.count < batch.most, let result = state.ready.removeValue(forKey: state.next) {
      mine.append(result)
      state.next += 1
    }
    state.isStoring = !mine.isEmpty
    return mine
  }
}
