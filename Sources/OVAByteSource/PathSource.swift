import Glibc
public import OVABasics

/// A regular file that is opened only while it is read.
///
/// For packages of many files, of which few are read at a time: no descriptor stays open.
public struct PathSource: ByteSource {
  public let name: String
  public let size: UInt64
  /// Where the file lies.
  public let path: String

  /// A file that was looked at before.
  /// - Parameters:
  ///   - path: the path as the operating system takes it.
  ///   - name: what places and errors call it.
  ///   - size: its length when it was looked at; reading a file that became shorter fails.
  public init(path: String, name: String, size: UInt64) {
    self.path = path
    self.name = name
    self.size = size
  }

  public func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size else { return 0 }
    let file = try FileSource(path: path, name: name)
    guard file.size >= size else { throw .becameShorter(Place(name, offset: file.size)) }
    let wanted = Int(min(UInt64(buffer.count), size - offset))
    return try unsafe file.read(
      at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
  }

  public func confirm(upTo end: UInt64) throws(ByteSourceError) {
    try FileSource(path: path, name: name).confirm(upTo: end)
  }
}
