import OVABasics
import OVAByteSource

/// The objects of a bucket below a prefix, listed by `ListObjectsV2`: a request for each thousand.
struct BucketTree: FileTree {
  private let bucket: String
  /// The prefix of the keys, with a slash at its end, or empty.
  private let prefix: String
  private let client: RemoteClient

  /// - Parameter prefix: a key, or what keys begin with up to a slash.
  init(bucket: String, prefix: String, _ client: RemoteClient) {
    self.bucket = bucket
    self.prefix = prefix.isEmpty || prefix.hasSuffix("/") ? prefix : prefix + "/"
    self.client = client
  }

  var name: String { location("").name }

  func confirm() throws(ByteSourceError) { _ = try page([HTTPField("max-keys", "1")]) }

  func list(
    isWanted: (String) -> Bool, isCancelled: () -> Bool, take: (FileTreeEntry) -> Void
  ) throws(ByteSourceError) {
    if try !list(isWanted, isCancelled, take, skips: true) {
      // What was taken comes once more.
      _ = try list(isWanted, isCancelled, take, skips: false)
    }
  }

  func file(at path: String) throws(ByteSourceError) -> ListedFile? {
    let key = Self.text(prefix + path)
    let page = try page([HTTPField("prefix", key), HTTPField("max-keys", "1")])
    return page.objects.first { $0.key.elementsEqual(key.utf8) }.map { $0.file(path) }
  }

  func source(of file: ListedFile, named name: String) -> any ByteSource {
    ListedSource(file, at: location(file.path), named: name, tagDecides: true, client)
  }

  private func location(_ path: String) -> RemoteLocation {
    RemoteLocation(.bucket(name: bucket, key: prefix + path))
  }

  /// A key as it is, and not as a path's text.
  private static func text(_ path: String) -> String {
    String(decoding: path.fileSystemBytes, as: UTF8.self)
  }

  // MARK: Pages

  /// - Parameter skips: whether folders that are not wanted are passed over, by the order of keys.
  /// - Returns: false where the server does not pass over what it is to pass over.
  private func list(
    _ isWanted: (String) -> Bool, _ isCancelled: () -> Bool, _ take: (FileTreeEntry) -> Void,
    skips: Bool
  ) throws(ByteSourceError) -> Bool {
    let start = Array(Self.text(prefix).utf8)
    var next: HTTPField?
    while !isCancelled() {
      let page = try page([HTTPField("prefix", Self.text(prefix))] + (next.map { [$0] } ?? []))
      if let next, next.name == "start-after",
        page.objects.contains(where: { !next.value.utf8.lexicographicallyPrecedes($0.key) })
      {
        return false
      }
      for object in page.objects where object.key.starts(with: start) {
        let entry = RemoteTree.entry(object.key.dropFirst(start.count)) { object.file($0) }
        if let entry, Self.folders(of: entry.path).allSatisfy(isWanted) { take(entry) }
      }
      guard page.isTruncated else { return true }
      guard let token = page.token, !token.isEmpty, token != next?.value else {
        throw RemoteTree.unclear(
          "the server says that there is more, and not how to get it", Place(name))
      }
      next = HTTPField("continuation-token", token)
      if skips, let last = page.objects.last, last.key.starts(with: start),
        case let path = String(fileSystemBytes: Array(last.key.dropFirst(start.count))),
        let folder = Self.folders(of: path).first(where: { !isWanted($0) })
      {
        // Behind every key that begins with the folder.
        next = HTTPField("start-after", Self.text(prefix + folder) + "/\u{10FFFF}")
      }
    }
    return true
  }

  /// The folders that a path lies in, the outermost first.
  private static func folders(of path: String) -> [String] {
    path.utf8.indices.filter { path.utf8[$0] == UInt8(ascii: "/") }.map { String(path[..<$0]) }
  }

  /// One answer.
  private func page(_ query: [HTTPField]) throws(ByteSourceError) -> BucketListing {
    var request = RemoteRequest(location: RemoteLocation(.bucket(name: bucket, key: "")))
    var own = [HTTPField("list-type", "2"), HTTPField("encoding-type", "url")]
    if !query.contains(where: { $0.name == "prefix" }), !prefix.isEmpty {
      own.append(HTTPField("prefix", Self.text(prefix)))
    }
    request.query = own + query
    request.decodesBody = true
    let answer = try client.document(request, limit: BucketListing.mostBytes, named: "listBytes")
    return try BucketListing(answer.bytes, name: name)
  }
}

extension FileTreeEntry {
  /// The path that it is about.
  var path: String {
    switch self {
    case .file(let file): file.path
    case .unlisted(let path, _): path
    }
  }
}
