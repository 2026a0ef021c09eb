public import OVABasics
public import OVAByteSource
import Synchronization

/// A source that counts what is read through it.
public final class CountingSource: ByteSource {
  /// The amount that has been read.
  public struct Count: Sendable, Equatable {
    /// Calls of `read`.
    public var reads = 0
    /// Bytes that came back.
    public var bytes: UInt64 = 0
  }

  public var name: String { base.name }
  public var size: UInt64 { base.size }
  private let base: any ByteSource
  private let counted = Mutex(Count())

  /// Counts the reads of `base`.
  public init(_ base: any ByteSource) { self.base = base }

  /// The amount that has been read so far.
  public var count: Count { counted.withLock { $0 } }

  public func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    let got = try base.read(at: offset, into: buffer)
    counted.withLock {
      $0.reads += 1
      $0.bytes += UInt64(got)
    }
    return got
  }
}

/// A source that fails as a broken device does.
public struct FaultySource: ByteSource {
  public var name: String { base.name }
  public var size: UInt64 { base.size }
  private let base: any ByteSource
  private let offset: UInt64

  /// Serves `base`, but fails each read that touches the byte at `offset`.
  public init(_ base: any ByteSource, failingAt offset: UInt64) {
    self.base = base
    self.offset = offset
  }

  public func read(
    at start: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    if start <= offset, offset - start < UInt64(buffer.count), offset < size {
      throw ByteSourceError(
        code: .inputOutput, doing: "read it", reason: "Input/output error",
        place: Place(name, offset: offset))
    }
    return try base.read(at: start, into: buffer)
  }
}
