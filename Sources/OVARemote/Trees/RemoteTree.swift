public import OVABasics
public import OVAByteSource

/// A tree of files on a web server or in a bucket.
public enum RemoteTree {
  /// The tree at a location: `s3://BUCKET/PREFIX` a part of a bucket, a URL whose path ends in
  /// `.ndjson` what that list names, any other URL a folder of a WebDAV server.
  ///
  /// Nothing is asked for before the tree is listed.
  /// - Throws: `ByteSourceError` for what is no such location, and for a URL that holds a secret: where
  ///   trees lie is kept in catalogs and shown.
  public static func at(
    _ text: String, _ client: RemoteClient
  ) throws(ByteSourceError) -> any FileTree {
    let location = try RemoteLocation(text)
    switch location.form {
    case .bucket(let bucket, let key): return BucketTree(bucket: bucket, prefix: key, client)
    case .web(let url):
      guard url.shown == url.text else {
        throw ByteSourceError(
          code: .notAFile, doing: "list it",
          reason: "its query may hold a secret, and where repositories lie is kept and shown",
          place: Place(location.name),
          fix: "put a user and password for \(url.host) into ~/.netrc, or list it without a query")
      }
      return url.path.lowercased().hasSuffix(".ndjson")
        ? ListTree(url, client) : WebDAVTree(url, client)
    }
  }
}

extension RemoteTree {
  /// The failure of a list that is not what it should be.
  static func unclear(
    _ reason: String, _ place: Place, fix: String? = nil
  ) -> ByteSourceError {
    ByteSourceError(code: .inputOutput, doing: "list it", reason: reason, place: place, fix: fix)
  }

  /// The path in a tree that a list tells, as text, or why no file of a catalog can have it; nil for
  /// what stands for a folder.
  static func entry(
    _ bytes: some Sequence<UInt8>, file: (String) -> ListedFile
  ) -> FileTreeEntry? {
    let bytes = Array(bytes)
    let path = String(fileSystemBytes: bytes)
    guard let last = bytes.last, last != UInt8(ascii: "/") else { return nil }
    let names = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard names.allSatisfy({ !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }) else {
      return .unlisted(path: path, reason: "a path with '.' or '..' in it is no file's")
    }
    return .file(file(path))
  }
}
