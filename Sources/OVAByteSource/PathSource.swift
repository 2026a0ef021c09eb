import Glibc
public import OVABasics

/// A regular file that is opened only while it is read.
///
/// For packages of many files, of which few are read at a time: no descriptor stays open.
public struct PathSource: ByteSource {
  public let name: String
  public let size: UInt64
  /// The file's path.
  public let path: String
  /// The folder that it must lie in; nil for anywhere.
  private let boundary: String?

  /// A file that was looked at before.
  /// - Parameters:
  ///   - path: the path as the operating system takes it.
  ///   - name: what places and errors call it.
  ///   - size: its length when it was looked at; reading a file that became shorter fails.
  ///   - boundary: as in `FileSource`.
  public init(path: String, name: String, size: UInt64, within boundary: String? = nil) {
    self.path = path
    self.boundary = boundary
    self.name = name
    self.size = size
  }

  public func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size else { return 0 }
    let file = try FileSource(path: path, name: name, within: boundary)
    guard file.size >= size else { throw .becameShorter(Place(name, offset: file.size)) }
    let wanted = Int(min(UInt64(buffer.count), size - offset))
    return try unsafe file.read(
      at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
  }

  public func confirm(upTo end: UInt64) throws(ByteSourceError) {
    try FileSource(path: path, name: name, within: boundary).confirm(upTo: end)
  }
}
