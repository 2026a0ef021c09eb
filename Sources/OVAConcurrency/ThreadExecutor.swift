import Dispatch
import Synchronization

/// Runs an asynchronous function to its end on the calling thread, which does the function's own work
/// while it waits: no other thread is needed for it, so that it may be called from anywhere.
/// - Parameter work: waits for nothing that only the caller could do.
public func runOnThisThread<Value: Sendable>(
  _ work: @escaping @Sendable () async -> Value
) -> Value {
  let executor = ThreadExecutor()
  let result = ResultBox<Value>()
  Task(executorPreference: executor) {
    let value = await work()
    result.value.withLock { $0 = value }
  }
  while true {
    if let value = result.value.withLock({ $0 }) { return value }
    executor.runNext()
  }
}

private final class ResultBox<Value: Sendable>: Sendable {
  let value = Mutex<Value?>(nil)
}

/// Jobs of tasks, which wait for a thread to run them.
private final class ThreadExecutor: TaskExecutor {
  private let jobs = Mutex(FirstInFirstOut<UnownedJob>())
  private let count = DispatchSemaphore(value: 0)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    count.signal()
  }

  /// Waits for a job and runs it.
  func runNext() {
    count.wait()
    guard let job = jobs.withLock({ $0.popFirst() }) else { return }
    unsafe job.runSynchronously(on: asUnownedTaskExecutor())
  }
}
