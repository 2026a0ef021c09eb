import OVABasics
import OVAByteSource
import Synchronization

/// The files that a list on a web server names, a JSON object on each line; docs/remote.md has its
/// format.
final class ListTree: FileTree {
  private let url: RemoteURL
  private let client: RemoteClient
  /// The files that lie elsewhere than their paths say.
  private let elsewhere = Mutex<[String: RemoteLocation]>([:])

  /// Bytes of a line.
  private static let longestLine = 1 << 16

  init(_ url: RemoteURL, _ client: RemoteClient) {
    self.url = url
    self.client = client
  }

  var name: String { url.shown }

  private var location: RemoteLocation { RemoteLocation(.web(url)) }

  func confirm() throws(ByteSourceError) { _ = try RemoteFile.open(location, client) }

  func list(
    isWanted: (String) -> Bool, isCancelled: () -> Bool, take: (FileTreeEntry) -> Void
  ) throws(ByteSourceError) {
    guard case .stream(let stream) = try RemoteFile.streamed(location, client) else { return }
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var rest: [UInt8] = []
    var number = 0
    var count = 0
    var total: Int?
    func read(_ line: some Sequence<UInt8>) throws(ByteSourceError) {
      number += 1
      let line = Array(line)
      if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { return }
      guard total == nil else {
        throw unclear(number, "there is more behind the line with 'files'")
      }
      let read = try ListLine(line, place: Place(name, line: number))
      if let files = read.files {
        total = files
        return
      }
      count += 1
      if let entry = try entry(read, number) { take(entry) }
    }
    while !isCancelled() {
      let length = try stream.readPiece(&piece)
      rest += piece.prefix(length)
      var start = rest.startIndex
      while let end = rest[start...].firstIndex(of: 0x0A) {
        try read(rest[start..<end])
        start = end + 1
      }
      rest.removeSubrange(..<start)
      guard rest.count <= Self.longestLine else {
        throw unclear(number + 1, "the line has more than \(Self.longestLine) bytes")
      }
      guard length == 0 else { continue }
      if !rest.isEmpty { try read(rest) }
      return try demandAll(count, total, stream)
    }
  }

  /// Makes sure that the list is all there.
  private func demandAll(
    _ count: Int, _ total: Int?, _ stream: RemoteStream
  ) throws(ByteSourceError) {
    if let total, total != count {
      throw RemoteTree.unclear(
        "\(count) files are in the list, and its last line says that there are \(total)",
        Place(name), fix: "make the list anew")
    }
    if total == nil, !stream.tellsItsEnd {
      throw RemoteTree.unclear(
        "\(stream.host) does not tell how long the list is, so that a part of it may be missing",
        Place(name), fix: "let its last line be {\"files\": \(count)}, the number of files in it")
    }
  }

  private func entry(_ line: ListLine, _ number: Int) throws(ByteSourceError) -> FileTreeEntry? {
    var target: RemoteURL?
    if let text = line.url { target = try self.target(text, number) }
    let path: [UInt8]
    if let own = line.path {
      path = Array(own.utf8.drop { $0 == UInt8(ascii: "/") })
    } else if let target, let below = below(target) {
      path = below
    } else {
      throw unclear(
        number, "it has no 'path', and no 'url' of a file below the list's folder",
        fix: "add a 'path', the file's place in the data store")
    }
    guard line.modified != nil || line.etag != nil else {
      throw unclear(
        number, "it has neither 'modified' nor 'etag', without which no change is noticed")
    }
    let entry = RemoteTree.entry(path) {
      ListedFile($0, size: line.size, modified: line.modified, tag: line.etag)
    }
    if let target, let entry {
      elsewhere.withLock { $0[entry.path] = RemoteLocation(.web(target)) }
    }
    return entry
  }

  private func target(_ text: String, _ number: Int) throws(ByteSourceError) -> RemoteURL {
    let target: RemoteURL
    do throws(RemoteURL.Fault) {
      target = try url.resolved(text)
    } catch {
      throw unclear(
        number,
        error == .user ? "its 'url' has a user name" : "its 'url' is no http or https URL")
    }
    if url.scheme == .https, target.scheme == .http {
      throw unclear(number, "its 'url' is an http one, which anybody on the way could change")
    }
    return target
  }

  /// The path below the list's folder.
  private func below(_ target: RemoteURL) -> [UInt8]? {
    let folder = url.path.lastIndex(of: "/").map { url.path[...$0] } ?? "/"
    guard target.origin == url.origin, target.path.hasPrefix(folder) else { return nil }
    return PercentCoding.decoded(target.path.dropFirst(folder.count).utf8)
  }

  private func unclear(_ line: Int, _ reason: String, fix: String? = nil) -> ByteSourceError {
    RemoteTree.unclear("line \(line): \(reason)", Place(name, line: line), fix: fix)
  }

  func file(at path: String) throws(ByteSourceError) -> ListedFile? { nil }

  func source(of file: ListedFile, named name: String) -> any ByteSource {
    ListedSource(
      file, at: elsewhere.withLock { $0[file.path] } ?? location.beside(file.path), named: name,
      tagDecides: false, client)
  }
}
