import Dispatch
import Synchronization

/// Values that a thread of its own reads ahead of the thread that takes them, in their order: while
/// one piece is stored, the next ones are read and checked.
///
/// The result is the same as on one thread: the values that were read before a failure are taken
/// before it is thrown, and reading ends when taking one fails.
public final class ReadAhead<Value: Sendable>: Sendable {
  private enum Arrived: Sendable {
    case value(Value)
    case end((any Error)?)
  }

  /// The reading is not wanted any more.
  private struct Unwanted: Error {}

  private struct State {
    var arrived = FirstInFirstOut<Arrived>()
    var isUnwanted = false
  }

  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 0)
  private let arrival = DispatchSemaphore(value: 0)

  /// - Parameter most: values that may wait to be taken; one more is being read.
  private init(most: Int) {
    for _ in 0..<max(1, most) { room.signal() }
  }

  /// Reads values and takes them; returns when both are over.
  /// - Parameters:
  ///   - pool: whose thread reads. Where there is none, the calling thread does both.
  ///   - most: values that may wait to be taken.
  ///   - read: hands over values, and ends at once with what handing them over throws.
  ///   - take: is given the values in their order, on the calling thread.
  /// - Throws: what `read` or `take` throws, whichever comes first in the order of the values.
  public static func run(
    on pool: WorkPool, most: Int,
    read: @escaping @Sendable (_ hand: (Value) throws -> Void) throws -> Void,
    take: (Value) throws -> Void
  ) throws {
    let ahead = ReadAhead(most: most)
    let isAccepted = pool.post {
      var failure: (any Error)?
      do {
        try read { try ahead.hand($0) }
      } catch {
        failure = error
      }
      ahead.add(.end(failure))
    }
    guard isAccepted else { return try read(take) }
    try ahead.takeAll(take)
  }

  /// Hands a value over; waits while too many are not taken yet.
  private func hand(_ value: Value) throws {
    room.wait()
    guard !state.withLock({ $0.isUnwanted }) else { throw Unwanted() }
    add(.value(value))
  }

  private func add(_ arrived: Arrived) {
    state.withLock { $0.arrived.append(arrived) }
    arrival.signal()
  }

  private func next() -> Arrived? {
    arrival.wait()
    return state.withLock { $0.arrived.popFirst() }
  }

  private func takeAll(_ take: (Value) throws -> Void) throws {
    while case .value(let value)? = try nextOrFailure() {
      do {
        try take(value)
      } catch {
        giveUp()
        throw error
      }
      room.signal()
    }
  }

  private func nextOrFailure() throws -> Arrived? {
    let arrived = next()
    if case .end(let failure?) = arrived { throw failure }
    return arrived
  }

  /// Has the reading end, and waits until it has.
  private func giveUp() {
    state.withLock { $0.isUnwanted = true }
    room.signal()
    while case .value? = next() { room.signal() }
  }
}
