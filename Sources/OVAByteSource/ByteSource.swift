public import OVABasics

/// Bytes that can be read at any offset: a file, a part of one, memory, later a remote object.
///
/// Everything that reads packages reads through this, so that no parser knows where bytes lie.
public protocol ByteSource: Sendable {
  /// The name that places and errors carry.
  var name: String { get }
  /// The number of bytes there are to read.
  var size: UInt64 { get }

  /// Fills `buffer` from `offset` on and returns how many bytes it got.
  ///
  /// Fewer than asked for means that the source ends there; 0 at or past the end.
  /// - Throws: `ByteSourceError` when the bytes cannot be read.
  func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int

  /// Makes sure, without reading, that the bytes before `end` are still there. Does nothing where
  /// they cannot be cut off.
  /// - Throws: `ByteSourceError` when the source became shorter.
  func confirm(upTo end: UInt64) throws(ByteSourceError)

  /// Makes sure, without reading, that all that was read is of one version: that the file was not
  /// written, truncated or replaced since it was opened. Does nothing where that cannot happen.
  /// - Throws: `ByteSourceError` `changed`.
  func confirmUnchanged() throws(ByteSourceError)
}

extension ByteSource {
  public func confirm(upTo end: UInt64) throws(ByteSourceError) {}

  public func confirmUnchanged() throws(ByteSourceError) {}

  /// Reads up to `count` bytes from `offset` on; fewer only where the source ends.
  public func bytes(at offset: UInt64, count: Int) throws(ByteSourceError) -> [UInt8] {
    guard offset < size, count > 0 else { return [] }
    let wanted = Int(min(UInt64(count), size - offset))
    var failure: ByteSourceError?
    let result = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, initialized in
      do throws(ByteSourceError) {
        initialized = try unsafe read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
        initialized = 0
      }
    }
    if let failure { throw failure }
    return result
  }

  /// Reads the whole source, refusing one larger than `limit`.
  /// - Parameters:
  ///   - limit: the most bytes accepted.
  ///   - limitName: the limit's name, for the error.
  public func allBytes(limit: UInt64, named limitName: String) throws(ByteSourceError) -> [UInt8] {
    guard size <= limit else {
      throw ByteSourceError(
        code: .limitExceeded, doing: "read it whole",
        reason: "\(size) bytes are more than the limit '\(limitName)' of \(limit)",
        place: Place(name))
    }
    return try bytes(at: 0, count: Int(size))
  }
}
