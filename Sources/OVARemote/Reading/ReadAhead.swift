import OVABasics
import OVAByteSource
import OVAConcurrency
import Synchronization

/// Ranges that are fetched before they are read, several at a time, for readers that go through a
/// file front to back. There may be several readers, at different places.
final class ReadAhead: Sendable {
  private static let length: UInt64 = 2 << 20

  private let object: RemoteObject
  private let size: UInt64
  private let connections: Int
  private let pool: WorkPool
  private let state = Mutex(State())

  private struct State {
    var ranges: [FetchedRange] = []
    /// The offsets at which readers are expected to go on.
    var expected: [UInt64] = []
  }

  init(_ object: RemoteObject, size: UInt64, connections: Int) {
    self.object = object
    self.size = size
    self.connections = max(1, connections)
    pool = WorkPool(name: "fetching", threads: max(1, connections))
  }

  /// Ranges that are kept or fetched at a time.
  private var most: Int { 2 * connections }

  /// Returns whether a byte was fetched or is being fetched.
  func has(_ position: UInt64) -> Bool {
    state.withLock { $0.ranges.contains { $0.range.contains(position) } }
  }

  /// Copies bytes from an offset on, at least one, as far as they are in one range.
  func read(
    at position: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    let (range, isNew, following) = plan(position)
    for range in following where !pool.post({ range.fetch(of: self.object) }) {
      // There is no thread for it, and a reader may wait for it already.
      range.fetch(of: object)
    }
    if isNew { range.fetch(of: object) }
    let bytes: [UInt8]
    do throws(ByteSourceError) {
      bytes = try range.bytes()
    } catch {
      state.withLock { $0.ranges.removeAll { $0 === range } }
      throw error
    }
    let first = Int(position - range.range.lowerBound)
    let count = min(buffer.count, bytes.count - first)
    unsafe buffer.copyBytes(from: bytes[first..<first + count])
    let next = position + UInt64(count)
    state.withLock { state in
      if next == range.range.upperBound { state.ranges.removeAll { $0 === range } }
      state.expected.append(next)
      if state.expected.count > 64 { state.expected.removeFirst() }
    }
    return count
  }

  /// The range that a byte is in, and those that are begun with it.
  private func plan(
    _ position: UInt64
  ) -> (range: FetchedRange, isNew: Bool, following: [FetchedRange]) {
    state.withLock { state in
      func begin(_ start: UInt64) -> FetchedRange {
        let next = state.ranges.map(\.range.lowerBound).filter { $0 > start }.min() ?? size
        let range = FetchedRange(start..<min(size, start + Self.length, next))
        state.ranges.append(range)
        return range
      }
      let known = state.ranges.first { $0.range.contains(position) }
      let range = known ?? begin(position)
      var following: [FetchedRange] = []
      if let index = state.expected.firstIndex(of: position) {
        state.expected.remove(at: index)
        var next = range.range.upperBound
        for _ in 1..<max(2, connections) where next < size {
          if let there = state.ranges.first(where: { $0.range.contains(next) }) {
            next = there.range.upperBound
          } else if state.ranges.count < most {
            let new = begin(next)
            following.append(new)
            next = new.range.upperBound
          }
        }
      }
      // What no reader came for is dropped first.
      while state.ranges.count > most,
        let index = state.ranges.firstIndex(where: { old in
          old !== range && !following.contains { $0 === old }
        })
      {
        state.ranges.remove(at: index)
      }
      return (range, known == nil, following)
    }
  }
}

/// A range that is there or under way.
private final class FetchedRange: Sendable {
  let range: Range<UInt64>
  private let arrival = Arrival<Result<[UInt8], ByteSourceError>>(otherwise: .success([]))

  init(_ range: Range<UInt64>) { self.range = range }

  /// Fetches it on the calling thread.
  func fetch(of object: RemoteObject) {
    do throws(ByteSourceError) {
      arrival.bring(.success(try object.bytes(of: range)))
    } catch {
      arrival.bring(.failure(error))
    }
  }

  /// Its bytes, once they are there.
  func bytes() throws(ByteSourceError) -> [UInt8] { try arrival.value().get() }
}
