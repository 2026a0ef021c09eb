import Dispatch

/// Lets a number of threads do something at a time; further ones wait for their turn.
public final class ConcurrencyLimit: Sendable {
  private let places: DispatchSemaphore

  /// A limit that lets `most` threads, at least one, work at a time.
  public init(_ most: Int) { places = DispatchSemaphore(value: max(1, most)) }

  /// Waits for a place, and does work there. Work that asks the same limit again may deadlock.
  public func run<Value, Failure: Error>(
    _ work: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    places.wait()
    defer { places.signal() }
    return try work()
  }
}
