import Glibc
public import OVABasics

/// Bytes that come once, front to back: standard input or a pipe.
public protocol ByteStream: AnyObject {
  /// The name that places and errors carry.
  var name: String { get }

  /// Fills `buffer` as far as the stream gives bytes; fewer than asked for only at its end.
  /// - Throws: `ByteSourceError` when the stream fails.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int
}

/// A file descriptor read front to back. The descriptor stays its opener's.
public final class DescriptorStream: ByteStream {
  /// The name for messages.
  public let name: String
  private let descriptor: Int32

  /// Reads `descriptor`, which its owner closes; 0 is standard input.
  public init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    var done = 0
    while done < buffer.count {
      let count = unsafe Glibc.read(descriptor, base + done, buffer.count - done)
      if count > 0 {
        done += count
      } else if count == 0 {
        break
      } else if errno != EINTR {
        throw ByteSourceError(errno: errno, doing: "read it", place: Place(name))
      }
    }
    return done
  }
}

/// A source read front to back, for code that takes a stream.
public final class SourceStream: ByteStream {
  /// The name for messages.
  public var name: String { source.name }
  private let source: any ByteSource
  private var position: UInt64 = 0

  /// Streams `source` from its start.
  public init(_ source: any ByteSource) { self.source = source }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    let count = unsafe try source.read(at: position, into: buffer)
    position += UInt64(count)
    return count
  }
}
