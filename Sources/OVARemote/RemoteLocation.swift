public import OVABasics
public import OVAByteSource

/// The location of a remote file: `https://host/path`, `http://host/path` or `s3://bucket/key`.
public struct RemoteLocation: Hashable, Sendable {
  enum Form: Hashable, Sendable {
    case web(RemoteURL)
    /// An object of a bucket; the key as it is, not encoded.
    case bucket(name: String, key: String)
  }

  let form: Form

  init(_ form: Form) { self.form = form }

  /// Returns whether a text is meant as such a location and not as a path.
  public static func isMeant(by text: String) -> Bool { text.isRemoteLocation }

  /// Reads a location.
  /// - Throws: `ByteSourceError` `notAFile` that says what is wrong with it, without quoting a
  ///   password that it may hold.
  public init(_ text: String) throws(ByteSourceError) {
    if text.prefix(5).lowercased() == "s3://" {
      let rest = text.dropFirst(5)
      let slash = rest.firstIndex(of: "/") ?? rest.endIndex
      let bucket = String(rest[..<slash])
      guard Self.isBucketName(bucket) else {
        throw Self.wrong(
          bucket.contains("@") ? "s3://…" : text, "it has no valid bucket name",
          "write it as s3://BUCKET/KEY; credentials come from the environment or AWS profile files")
      }
      form = .bucket(name: bucket, key: String(rest[slash...].dropFirst()))
      return
    }
    do throws(RemoteURL.Fault) {
      form = .web(try RemoteURL(text))
    } catch {
      let scheme = text.firstRange(of: "://").map { String(text[..<$0.upperBound]) } ?? ""
      switch error {
      case .user:
        throw Self.wrong(
          scheme + "…", "a URL must not hold a user name or password, which others can read",
          "put them into ~/.netrc: machine HOST login NAME password PASSWORD")
      case .scheme: throw Self.wrong(text, "it is no http, https or s3 URL", nil)
      case .noHost: throw Self.wrong(scheme, "it has no host name", "write it as https://HOST/PATH")
      case .host: throw Self.wrong(scheme + "…", "its host name is not valid", "check the URL")
      case .port:
        throw Self.wrong(
          scheme + "…", "its port is not a number from 1 to 65535", "check the URL")
      }
    }
  }

  private static func wrong(_ name: String, _ reason: String, _ fix: String?) -> ByteSourceError {
    ByteSourceError(
      code: .notAFile, doing: "read the URL", reason: reason, place: Place(name), fix: fix)
  }

  /// Names of buckets, old ones and access points among them.
  private static func isBucketName(_ name: String) -> Bool {
    (3...255).contains(name.utf8.count) && name.utf8.allSatisfy { $0.isUnreserved }
  }

  /// The name for messages and reports, without what may be a secret.
  public var name: String {
    switch form {
    case .web(let url): url.shown
    case .bucket(let bucket, let key): "s3://\(bucket)/\(key)"
    }
  }

  /// The file's own name, decoded; empty for a folder or bucket.
  public var fileName: String {
    switch form {
    case .web(let url):
      let last = url.path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
      return FileNameText.text(of: PercentCoding.decoded(last.utf8))
    case .bucket(_, let key):
      return String(key.split(separator: "/", omittingEmptySubsequences: false).last ?? "")
    }
  }

  /// The location of a file beside this one, by a path relative to its folder.
  /// - Parameter path: as packages have paths, without `.` and `..`.
  public func beside(_ path: String) -> RemoteLocation {
    switch form {
    case .web(var url):
      let folder = url.path.lastIndex(of: "/").map { String(url.path[...$0]) } ?? "/"
      url.path =
        folder
        + path.split(separator: "/", omittingEmptySubsequences: false)
        .map { PercentCoding.encoded(String($0).fileSystemBytes) }.joined(separator: "/")
      url.query = nil
      return RemoteLocation(.web(url))
    case .bucket(let bucket, let key):
      let folder = key.lastIndex(of: "/").map { String(key[...$0]) } ?? ""
      return RemoteLocation(.bucket(name: bucket, key: folder + path))
    }
  }
}
