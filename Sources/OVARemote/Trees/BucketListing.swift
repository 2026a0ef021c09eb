import OVABasics
import OVAByteSource
import OVFXML

/// An answer to `ListObjectsV2`.
struct BucketListing: Sendable {
  /// More than a thousand of the longest keys, each byte of them encoded, take.
  static let mostBytes = 12 << 20

  /// An object.
  struct Object: Hashable, Sendable {
    /// The key's bytes.
    let key: [UInt8]
    let size: UInt64
    /// Seconds since 1970.
    let modified: Int64?
    let tag: String?

    /// The object as a file of a tree.
    func file(_ path: String) -> ListedFile {
      ListedFile(
        path, size: size,
        modified: modified.map { $0.multipliedReportingOverflow(by: 1_000_000_000).partialValue },
        tag: tag)
    }
  }

  let objects: [Object]
  /// True if there are more.
  let isTruncated: Bool
  /// The token with which the next ones are requested.
  let token: String?

  /// Reads an answer.
  /// - Parameter name: what errors call it.
  init(_ bytes: [UInt8], name: String) throws(ByteSourceError) {
    let root: XMLTreeElement
    do throws(XMLError) {
      root = try XMLTree.read(bytes, name: name).root
    } catch {
      throw RemoteTree.unclear("the server's list is no XML: \(error.reason)", Place(name))
    }
    guard root.name.local == "ListBucketResult" else {
      let code = root.text(of: "Code").map { " (\($0.forDisplay))" } ?? ""
      throw RemoteTree.unclear(
        "the server answered with no list of objects\(code)", Place(name),
        fix: "see that it is a bucket, and that the endpoint is right")
    }
    // Where it is missing, the server did not encode although it was asked to.
    let isEncoded = root.text(of: "EncodingType") == "url"
    var objects: [Object] = []
    for element in root.children where element.name.local == "Contents" {
      guard let key = element.text(of: "Key"), let size = element.text(of: "Size"),
        let size = UInt64(size)
      else {
        throw RemoteTree.unclear("an object in the server's list has no key or size", Place(name))
      }
      objects.append(
        Object(
          key: isEncoded ? PercentCoding.decoded(key.utf8, plus: true) : Array(key.utf8),
          size: size, modified: element.text(of: "LastModified").flatMap(HTTPDate.secondsOfISO),
          tag: element.text(of: "ETag")))
    }
    self.objects = objects
    isTruncated = root.text(of: "IsTruncated") == "true"
    token = root.text(of: "NextContinuationToken")
  }
}

extension XMLTreeElement {
  /// The text of the first child of a name, whatever its namespace is; nil without one.
  func text(of local: String) -> String? { children.first { $0.name.local == local }?.text }
}
