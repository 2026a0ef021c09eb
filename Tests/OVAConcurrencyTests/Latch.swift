import Dispatch
import Synchronization

/// Opens once; threads and tasks wait for it.
final class Latch: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let isOpen = Atomic(false)

  func open() {
    isOpen.store(true, ordering: .relaxed)
    semaphore.signal()
  }

  /// Holds the calling thread; false when it did not open in a time that is enough for anything.
  @discardableResult
  func wait() -> Bool {
    guard semaphore.wait(timeout: .now() + 30) == .success else { return false }
    semaphore.signal()
    return true
  }

  /// Waits without holding a thread.
  func opened() async {
    while !isOpen.load(ordering: .relaxed) { await Task.yield() }
  }
}

/// Counts the threads that are in a section at a time.
final class Crowd: Sendable {
  private let state = Mutex((now: 0, most: 0, all: 0))

  var most: Int { state.withLock { $0.most } }
  var all: Int { state.withLock { $0.all } }

  func enter() {
    state.withLock { state in
      state.now += 1
      state.all += 1
      state.most = max(state.most, state.now)
    }
  }

  func leave() { state.withLock { $0.now -= 1 } }
}

/// Collects values from several threads.
final class Collected<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  var all: [Element] { elements.withLock { $0 } }

  func add(_ element: Element) { elements.withLock { $0.append(element) } }
}
