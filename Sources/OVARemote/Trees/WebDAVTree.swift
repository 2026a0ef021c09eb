import OVABasics
import OVAByteSource

/// A folder of a WebDAV server, listed by a `PROPFIND` for each folder in it: most servers refuse to
/// list a whole tree at once.
struct WebDAVTree: FileTree {
  /// The folder's URL, with a slash at its path's end.
  private let url: RemoteURL
  private let client: RemoteClient

  /// More than folders of a hundred thousand files take.
  private static let mostBytes = 64 << 20
  /// Deeper folders may be a link to one that they lie in.
  private static let deepest = 64

  init(_ url: RemoteURL, _ client: RemoteClient) {
    var url = url
    if !url.path.hasSuffix("/") { url.path += "/" }
    self.url = url
    self.client = client
  }

  var name: String { url.shown }

  func confirm() throws(ByteSourceError) { _ = try answer(for: "", depth: 0) }

  func list(
    isWanted: (String) -> Bool, isCancelled: () -> Bool, take: (FileTreeEntry) -> Void
  ) throws(ByteSourceError) {
    var folders = [""]
    while let folder = folders.popLast(), !isCancelled() {
      let prefix = folder.isEmpty ? "" : folder + "/"
      let answer: Multistatus
      do throws(ByteSourceError) {
        answer = try self.answer(for: folder, depth: 1)
      } catch {
        // The rest of a tree whose server is away is not asked for.
        guard !folder.isEmpty, error.code != .inputOutput else { throw error }
        if error.code != .notFound { take(.unlisted(path: folder, reason: error.reason)) }
        continue
      }
      for resource in answer.resources {
        let path = prefix + String(fileSystemBytes: resource.name)
        switch resource.kind {
        case .file(let size, let modified, let tag):
          let entry = RemoteTree.entry(path.fileSystemBytes) {
            ListedFile($0, size: size, modified: modified, tag: tag)
          }
          if let entry { take(entry) }
        case .folder where !isWanted(path): break
        case .folder where path.utf8.count(where: { $0 == 0x2F }) >= Self.deepest:
          take(.unlisted(path: path, reason: "it lies in more than \(Self.deepest) folders"))
        case .folder: folders.append(path)
        case .unclear(let reason): take(.unlisted(path: path, reason: reason))
        }
      }
    }
  }

  func file(at path: String) throws(ByteSourceError) -> ListedFile? {
    do throws(ByteSourceError) {
      let location = location.beside(path)
      guard case .web(let url) = location.form,
        case .file(let size, let modified, let tag)? =
          try answer(from: url, depth: 0).resources.first?.kind
      else { return nil }
      return ListedFile(path, size: size, modified: modified, tag: tag)
    } catch {
      if error.code == .notFound { return nil }
      throw error
    }
  }

  func source(of file: ListedFile, named name: String) -> any ByteSource {
    ListedSource(
      file, at: location.beside(file.path), named: name, tagDecides: false, client)
  }

  private var location: RemoteLocation { RemoteLocation(.web(url)) }

  private static let body = Array(
    """
    <?xml version="1.0" encoding="utf-8"?>
    <propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getlastmodified/><getetag/></prop>\
    </propfind>
    """.utf8)

  private func answer(for folder: String, depth: Int) throws(ByteSourceError) -> Multistatus {
    guard case .web(let url) = location.beside(folder.isEmpty ? "" : folder + "/").form else {
      return Multistatus(resources: [])
    }
    return try answer(from: url, depth: depth)
  }

  private func answer(
    from url: RemoteURL, depth: Int
  ) throws(ByteSourceError) -> Multistatus {
    var request = RemoteRequest(location: RemoteLocation(.web(url)), method: "PROPFIND")
    request.fields = [
      HTTPField("Depth", "\(depth)"), HTTPField("Content-Type", "application/xml; charset=utf-8"),
    ]
    request.body = Self.body
    request.decodesBody = true
    let answer: (head: HTTPHead, bytes: [UInt8])
    do throws(ByteSourceError) {
      answer = try client.document(request, limit: Self.mostBytes, named: "listBytes")
    } catch {
      let isRefused = ["405", "501"].contains { error.reason.contains("answered \($0)") }
      throw isRefused ? noWebDAV(error.reason) : error
    }
    guard answer.head.status == 207 else {
      throw noWebDAV("\(url.authority) answered \(answer.head.status)")
    }
    return try Multistatus(answer.bytes, asked: url, includesItself: depth == 0)
  }

  private func noWebDAV(_ reason: String) -> ByteSourceError {
    RemoteTree.unclear(
      "\(reason) to PROPFIND: it is no WebDAV folder", Place(name),
      fix: "name a list of its files, whose name ends in .ndjson (see the documentation on remote "
        + "packages)")
  }
}
