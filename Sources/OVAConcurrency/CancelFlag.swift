import Dispatch
import Synchronization

/// A request that work on another thread end soon. Once it is there it stays.
public final class CancelFlag: Sendable {
  private let raised = Atomic(false)
  private let wakeUp = DispatchSemaphore(value: 0)

  /// A flag that is not raised.
  public init() {}

  /// True if the work should end.
  public var isCancelled: Bool { raised.load(ordering: .relaxed) }

  /// Cancels the work.
  public func cancel() {
    if !raised.exchange(true, ordering: .relaxed) { wakeUp.signal() }
  }

  /// Keeps the calling thread waiting for a time, or until the work should end.
  /// - Returns: whether it should end.
  public func wait(for time: Duration) -> Bool {
    if isCancelled { return true }
    if wakeUp.wait(timeout: .now() + time.seconds) == .success {
      // For the other threads that wait.
      wakeUp.signal()
    }
    return isCancelled
  }
}

extension Duration {
  /// The duration as a number of seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}

/// Does something after a time, on a thread of its own and whatever the others do, unless it is
/// called off before.
public final class Alarm: Sendable {
  private let flag = CancelFlag()

  /// Sets an alarm.
  /// - Parameters:
  ///   - time: from now.
  ///   - action: what is done then.
  public init(after time: Duration, _ action: @escaping @Sendable () -> Void) {
    let flag = flag
    _ = WorkerThread.start(name: "ova-alarm", priority: .normal) {
      if !flag.wait(for: time) { action() }
    }
  }

  /// Calls it off.
  public func cancel() { flag.cancel() }
}
