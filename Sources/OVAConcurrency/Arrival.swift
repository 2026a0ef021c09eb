import Dispatch
import Synchronization

/// A value that one thread brings and others wait for.
public final class Arrival<Value: Sendable>: Sendable {
  private let group = DispatchGroup()
  private let arrived = Mutex<Value?>(nil)
  /// The error of a value that was never delivered.
  private let otherwise: Value

  /// - Parameter otherwise: what those that wait get when it goes without a value.
  public init(otherwise: Value) {
    self.otherwise = otherwise
    group.enter()
  }

  deinit {
    // A group must not end while a thread could wait for it.
    if arrived.withLock({ $0 == nil }) { group.leave() }
  }

  /// Brings the value; only the first one counts.
  public func bring(_ value: Value) {
    let isFirst = arrived.withLock { arrived in
      guard arrived == nil else { return false }
      arrived = value
      return true
    }
    if isFirst { group.leave() }
  }

  /// Waits for the value.
  public func value() -> Value {
    group.wait()
    return arrived.withLock { $0 } ?? otherwise
  }
}
