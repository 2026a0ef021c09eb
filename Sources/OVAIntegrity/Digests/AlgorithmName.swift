import SwiftASN1

/// An AlgorithmIdentifier: its name and the digest it implies.
struct AlgorithmName {
  let identifier: String
  let parameters: ASN1Node?

  init(_ node: ASN1Node) throws {
    let parts = try node.children
    guard let first = parts.first else { throw ASN1Shape.unexpected }
    identifier = "\(try ASN1ObjectIdentifier(derEncoded: first))"
    parameters = parts.dropFirst().first
  }

  /// The usual name, or the object identifier itself.
  var name: String { AlgorithmName.known[identifier]?.name ?? identifier }
  /// The digest, where the identifier implies one that is supported.
  var digest: DigestAlgorithm? { AlgorithmName.known[identifier]?.digest }

  private static let known: [String: (name: String, digest: DigestAlgorithm?)] = [
    "1.3.14.3.2.26": ("sha1", .sha1),
    "2.16.840.1.101.3.4.2.1": ("sha256", .sha256),
    "2.16.840.1.101.3.4.2.2": ("sha384", .sha384),
    "2.16.840.1.101.3.4.2.3": ("sha512", .sha512),
    "1.2.840.113549.2.5": ("md5", nil),
    "1.2.840.113549.1.1.1": ("rsaEncryption", nil),
    "1.2.840.113549.1.1.4": ("md5WithRSAEncryption", nil),
    "1.2.840.113549.1.1.5": ("sha1WithRSAEncryption", .sha1),
    "1.2.840.113549.1.1.11": ("sha256WithRSAEncryption", .sha256),
    "1.2.840.113549.1.1.12": ("sha384WithRSAEncryption", .sha384),
    "1.2.840.113549.1.1.13": ("sha512WithRSAEncryption", .sha512),
    "1.2.840.113549.1.1.10": ("RSASSA-PSS", nil),
    "1.2.840.10045.2.1": ("ecPublicKey", nil),
    "1.2.840.10045.4.1": ("ecdsa-with-SHA1", .sha1),
    "1.2.840.10045.4.3.2": ("ecdsa-with-SHA256", .sha256),
    "1.2.840.10045.4.3.3": ("ecdsa-with-SHA384", .sha384),
    "1.2.840.10045.4.3.4": ("ecdsa-with-SHA512", .sha512),
    "1.2.840.10040.4.1": ("DSA", nil),
    "1.3.101.112": ("Ed25519", nil),
    "1.3.101.113": ("Ed448", nil),
    "1.2.840.10045.3.1.7": ("P-256", nil),
    "1.3.132.0.34": ("P-384", nil),
    "1.3.132.0.35": ("P-521", nil),
    "1.3.132.0.10": ("secp256k1", nil),
  ]

  /// The name of an object identifier that is a curve's.
  static func curve(_ node: ASN1Node?) -> String? {
    guard let node, let identifier = try? ASN1ObjectIdentifier(derEncoded: node) else { return nil }
    return known["\(identifier)"]?.name ?? "\(identifier)"
  }
}
