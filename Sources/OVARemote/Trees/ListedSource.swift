import OVABasics
import OVAByteSource
import Synchronization

/// A file of a tree, which is opened when it is first read.
final class ListedSource: ByteSource {
  let name: String
  var size: UInt64 { file.size }
  private let file: ListedFile
  private let location: RemoteLocation
  private let client: RemoteClient
  private let tagDecides: Bool
  private let opened = Mutex<Result<any ByteSource, ByteSourceError>?>(nil)

  /// - Parameter tagDecides: as in `ListedFile.mayBe`.
  init(
    _ file: ListedFile, at location: RemoteLocation, named name: String, tagDecides: Bool,
    _ client: RemoteClient
  ) {
    self.file = file
    self.location = location
    self.name = name
    self.tagDecides = tagDecides
    self.client = client
  }

  func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size, buffer.count > 0 else { return 0 }
    do throws(ByteSourceError) {
      return try unsafe source().read(at: offset, into: buffer)
    } catch {
      throw named(error)
    }
  }

  func confirmUnchanged() throws(ByteSourceError) {
    guard case .success(let source) = opened.withLock({ $0 }) else { return }
    do throws(ByteSourceError) {
      try source.confirmUnchanged()
    } catch {
      throw named(error)
    }
  }

  /// Those who need it at the same time wait for the first.
  private func source() throws(ByteSourceError) -> any ByteSource {
    try opened.withLock { opened -> Result<any ByteSource, ByteSourceError> in
      if let opened { return opened }
      let result: Result<any ByteSource, ByteSourceError>
      do throws(ByteSourceError) {
        result = .success(try open())
      } catch {
        result = .failure(error)
      }
      opened = result
      return result
    }.get()
  }

  private func open() throws(ByteSourceError) -> any ByteSource {
    switch try RemoteFile.open(location, client) {
    case .source(let source):
      guard file.mayBe(source.version, tagDecides: tagDecides) else { throw other }
      return source
    case .stream(let stream):
      if let size = stream.size, size != file.size { throw other }
      let copy = try stream.copied(into: client.settings.environment["TMPDIR"] ?? "/var/tmp")
      guard copy.size == file.size else { throw other }
      return copy
    }
  }

  private var other: ByteSourceError {
    ByteSourceError(
      code: .changed, doing: "read it", reason: "it is another version than the list told",
      place: Place(name), fix: "scan again")
  }

  /// The same failure, by the name that the file has here.
  private func named(_ error: ByteSourceError) -> ByteSourceError {
    ByteSourceError(
      code: error.code, doing: error.doing, reason: error.reason,
      place: Place(name, offset: error.place.offset), fix: error.fix)
  }
}
