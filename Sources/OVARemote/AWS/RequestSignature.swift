import Crypto
import Foundation
import OVABasics

/// Signatures of requests to AWS and what speaks its protocols: version 4 (SigV4).
///
/// Written here since the one of libcurl signs queries out of order, empty parameters and some
/// characters wrong, and differs from release to release.
enum RequestSignature {
  /// The scope of a signature.
  struct Scope: Sendable {
    let region: String
    /// Such as `s3` or `sts`.
    let service: String
  }

  /// The SHA-256 of no bytes.
  static let emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  /// The header fields that sign a request. The host is signed with them, and so is each field given.
  /// - Parameters:
  ///   - url: the URL as it is sent, its query as `query(_:)` writes it.
  ///   - fields: further fields that are signed.
  ///   - bodyDigest: the SHA-256 of the body, in hexadecimal.
  ///   - now: seconds since 1970.
  static func fields(
    method: String, url: RemoteURL, fields: [HTTPField] = [], bodyDigest: String = emptyDigest,
    credentials: AWSCredentials, scope: Scope, now: Int64
  ) -> [HTTPField] {
    let time = HTTPDate.text(now, "%Y%m%dT%H%M%SZ")
    let day = String(time.prefix(8))
    var own = [HTTPField("x-amz-date", time)]
    // The services other than S3 neither ask for it nor mind it.
    if scope.service == "s3" { own.append(HTTPField("x-amz-content-sha256", bodyDigest)) }
    if let token = credentials.sessionToken { own.append(HTTPField("x-amz-security-token", token)) }
    let signed = (fields + own + [HTTPField("host", url.authority)])
      .map { HTTPField($0.name.lowercased(), $0.value.trimmed) }
      .sorted { $0.name < $1.name }
    let names = signed.map(\.name).joined(separator: ";")
    let canonical = [
      method, url.path, url.query ?? "",
      signed.map { "\($0.name):\($0.value)\n" }.joined(), names, bodyDigest,
    ].joined(separator: "\n")
    let range = "\(day)/\(scope.region)/\(scope.service)/aws4_request"
    let text = [
      "AWS4-HMAC-SHA256", time, range, Hex.text(SHA256.hash(data: Data(canonical.utf8))),
    ].joined(separator: "\n")
    var key = Data("AWS4\(credentials.secretKey)".utf8)
    for part in [day, scope.region, scope.service, "aws4_request"] {
      key = Data(code(part, key))
    }
    return own + [
      HTTPField(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=\(credentials.accessKey)/\(range), SignedHeaders=\(names), "
          + "Signature=\(Hex.text(code(text, key)))")
    ]
  }

  private static func code(_ text: String, _ key: Data) -> HMAC<SHA256>.MAC {
    HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: key))
  }

  /// A query as it is signed and sent: in the order of the encoded names and values, with `=` behind
  /// each name, everything encoded but unreserved characters.
  static func query(_ parameters: [HTTPField]) -> String? {
    guard !parameters.isEmpty else { return nil }
    let encoded = parameters.map { parameter in
      HTTPField(
        PercentCoding.encoded(parameter.name), PercentCoding.encoded(parameter.value))
    }
    let sorted = encoded.sorted { $0.name == $1.name ? $0.value < $1.value : $0.name < $1.name }
    return sorted.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
  }

  /// A path of an object as it is signed and sent.
  static func path(_ key: String) -> String {
    "/" + PercentCoding.encoded(key.fileSystemBytes) { $0.isUnreserved || $0 == UInt8(ascii: "/") }
  }
}

/// Keys that requests are signed with.
struct AWSCredentials: Hashable, Sendable {
  let accessKey: String
  let secretKey: String
  let sessionToken: String?
  /// The time at which they expire, in seconds since 1970; nil for never.
  let ends: Int64?
  /// The source, for messages.
  let source: String
}
