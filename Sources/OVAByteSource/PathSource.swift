import Glibc
public import OVABasics

/// A regular file that is opened only while it is read.
///
/// For packages of many files, of which few are read at a time: no descriptor stays open.
public struct PathSource: ByteSource {
  /// The name for messages: the path that was given.
  public let name: String
  /// The number of bytes when it was looked at.
  public let size: UInt64
  /// The file's path.
  public let path: String
  /// The folder that it must lie in; nil for anywhere.
  private let boundary: String?
  /// The file system's facts of the file when it was looked at; nil when nobody looked.
  private let facts: FileFacts?

  /// A file that was looked at before.
  /// - Parameters:
  ///   - path: the path as the operating system takes it.
  ///   - name: what places and errors call it.
  ///   - size: its length when it was looked at; reading a file that became shorter fails.
  ///   - facts: what the file system said of it then; reading another version of it fails.
  ///   - boundary: as in `FileSource`.
  public init(
    path: String, name: String, size: UInt64, facts: FileFacts? = nil,
    within boundary: String? = nil
  ) {
    self.path = path
    self.facts = facts
    self.boundary = boundary
    self.name = name
    self.size = size
  }

  public func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size else { return 0 }
    let file = try FileSource(path: path, name: name, within: boundary)
    try confirm(file)
    let wanted = Int(min(UInt64(buffer.count), size - offset))
    return try unsafe file.read(
      at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
  }

  public func confirm(upTo end: UInt64) throws(ByteSourceError) {
    try FileSource(path: path, name: name, within: boundary).confirm(upTo: end)
  }

  public func confirmUnchanged() throws(ByteSourceError) {
    let file: FileSource
    do throws(ByteSourceError) {
      file = try FileSource(path: path, name: name, within: boundary)
    } catch {
      throw error.code == .notFound || error.code == .notAFile ? .changed(Place(name)) : error
    }
    try confirm(file)
  }

  /// Makes sure that what was opened is the file that was looked at.
  private func confirm(_ file: FileSource) throws(ByteSourceError) {
    guard file.size >= size else { throw .becameShorter(Place(name, offset: file.size)) }
    guard facts.map(file.facts.isSameVersion) ?? true else { throw .changed(Place(name)) }
  }
}
