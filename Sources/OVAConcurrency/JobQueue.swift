import Dispatch
import Synchronization

/// The work of a pool, and the threads that do it. Threads hold this and not the pool, so that a
/// pool without references ends its threads.
final class JobQueue: Sendable {
  private struct State {
    var waiting = FirstInFirstOut<(number: UInt64, job: WorkPool.Job)>()
    /// The number of the next job.
    var next: UInt64 = 0
    /// Threads that were started and have not ended.
    var started = 0
    /// Threads that wait for work, less those that were woken for some.
    var idle = 0
    /// Jobs that threads are at.
    var running = 0
    var isClosed = false
  }

  private let name: String
  private let threads: Int
  private let priority: ThreadPriority
  private let mostWaiting: Int?
  private let state = Mutex(State())
  private let wakeUp = DispatchSemaphore(value: 0)

  init(name: String, threads: Int, priority: ThreadPriority, mostWaiting: Int?) {
    self.name = name
    self.threads = threads
    self.priority = priority
    self.mostWaiting = mostWaiting
  }

  /// The number of jobs that run or wait.
  var count: Int { state.withLock { $0.waiting.count + $0.running } }

  func add(_ job: @escaping WorkPool.Job) -> WorkPool.Admission {
    enum Step { case full, wake, start(job: UInt64), none }
    let step = state.withLock { state -> Step in
      if let mostWaiting, state.waiting.count + state.running >= threads + mostWaiting {
        return .full
      }
      let number = state.next
      state.next += 1
      state.waiting.append((number, job))
      if state.idle > 0 {
        state.idle -= 1
        return .wake
      }
      guard state.started < threads else { return .none }
      state.started += 1
      return .start(job: number)
    }
    switch step {
    case .full: return .full
    case .none: return .accepted
    case .wake:
      wakeUp.signal()
      return .accepted
    case .start(let number):
      return startThread(for: number) ? .accepted : .noThread
    }
  }

  /// Starts a thread; false when there is none at all, so that the job would never run.
  private func startThread(for number: UInt64) -> Bool {
    if WorkerThread.start(name: "ova-\(name)", priority: priority, { self.work() }) { return true }
    var stranded: [WorkPool.Job] = []
    let isTakenBack = state.withLock { state -> Bool in
      state.started -= 1
      // A thread that there is does it later.
      guard state.started == 0 else { return false }
      let own = state.waiting.remove { $0.number == number }
      // What others gave meanwhile, and were promised.
      while let other = state.waiting.popFirst() { stranded.append(other.job) }
      return own != nil
    }
    for job in stranded { job() }
    return !isTakenBack
  }

  /// Lets the threads end once no work is left.
  func close() {
    let idle = state.withLock { state -> Int in
      state.isClosed = true
      defer { state.idle = 0 }
      return state.idle
    }
    for _ in 0..<idle { wakeUp.signal() }
  }

  private enum Next {
    case job(WorkPool.Job)
    case wait
    case end
  }

  private func work() {
    var hasWorked = false
    while true {
      switch next(hasWorked: hasWorked) {
      case .job(let job):
        job()
        hasWorked = true
      case .wait:
        wakeUp.wait()
        hasWorked = false
      case .end: return
      }
    }
  }

  private func next(hasWorked: Bool) -> Next {
    state.withLock { state in
      if hasWorked { state.running -= 1 }
      if let next = state.waiting.popFirst() {
        state.running += 1
        return .job(next.job)
      }
      if state.isClosed {
        state.started -= 1
        return .end
      }
      state.idle += 1
      return .wait
    }
  }
}
