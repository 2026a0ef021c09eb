import Crypto
import CryptoExtras
import FoundationEssentials
import SwiftASN1

/// A public key that signatures are checked with, weak ones too.
enum SignerKey {
  case rsa(_RSA.Signing.PublicKey, bits: Int)
  case p256(P256.Signing.PublicKey)
  case p384(P384.Signing.PublicKey)
  case p521(P521.Signing.PublicKey)
  case unsupported(CertificateFacts.Key)

  /// Reads a SubjectPublicKeyInfo.
  init(_ info: ASN1Node) throws {
    let parts = try info.children
    guard parts.count == 2 else { throw ASN1Shape.unexpected }
    let algorithm = try AlgorithmName(parts[0])
    let bytes = try ASN1BitString(derEncoded: parts[1]).bytes
    switch (algorithm.name, AlgorithmName.curve(algorithm.parameters)) {
    case ("rsaEncryption", _): self = try SignerKey.rsa(pkcs1: bytes)
    case ("ecPublicKey", "P-256"):
      self = .p256(try P256.Signing.PublicKey(x963Representation: bytes))
    case ("ecPublicKey", "P-384"):
      self = .p384(try P384.Signing.PublicKey(x963Representation: bytes))
    case ("ecPublicKey", "P-521"):
      self = .p521(try P521.Signing.PublicKey(x963Representation: bytes))
    case ("ecPublicKey", let curve):
      self = .unsupported(.other("ECDSA \(curve ?? "of an unnamed curve")"))
    default: self = .unsupported(.other(algorithm.name))
    }
  }

  /// The bits are counted here because the library refuses keys that are too short or long.
  private static func rsa(pkcs1 bytes: ArraySlice<UInt8>) throws -> SignerKey {
    guard let modulus = try DER.parse(bytes).children.first else { throw ASN1Shape.unexpected }
    let number = try ArraySlice<UInt8>(derEncoded: modulus).drop { $0 == 0 }
    let bits = number.count * 8 - (number.first?.leadingZeroBitCount ?? 0)
    guard let key = try? _RSA.Signing.PublicKey(unsafeDERRepresentation: bytes) else {
      return .unsupported(.rsa(bits: bits))
    }
    return .rsa(key, bits: bits)
  }

  var kind: CertificateFacts.Key {
    switch self {
    case .rsa(_, let bits): .rsa(bits: bits)
    case .p256: .ecdsa(curve: "P-256", bits: 256)
    case .p384: .ecdsa(curve: "P-384", bits: 384)
    case .p521: .ecdsa(curve: "P-521", bits: 521)
    case .unsupported(let kind): kind
    }
  }

  /// Returns whether the signature is the key's over the bytes; nil when the key or the algorithm
  /// is not supported.
  ///
  /// RSA signatures are PKCS#1 v1.5, ECDSA ones DER.
  func verify(_ signature: [UInt8], over bytes: [UInt8], _ algorithm: DigestAlgorithm) -> Bool? {
    switch algorithm {
    case .sha1: verify(signature, Insecure.SHA1.hash(data: bytes))
    case .sha256: verify(signature, SHA256.hash(data: bytes))
    case .sha384: verify(signature, SHA384.hash(data: bytes))
    case .sha512: verify(signature, SHA512.hash(data: bytes))
    case .md5, .sha3x256, .sha3x384, .sha3x512: nil
    }
  }

  /// Returns whether the signature is an RSA key's over the bytes, padded by PSS with as much salt
  /// as the digest is long.
  func verifyPSS(_ signature: [UInt8], over bytes: [UInt8], _ algorithm: DigestAlgorithm) -> Bool {
    guard case .rsa(let key, _) = self else { return false }
    func isValid(_ digest: some Crypto.Digest) -> Bool {
      key.isValidSignature(
        _RSA.Signing.RSASignature(rawRepresentation: signature), for: digest, padding: .PSS)
    }
    return switch algorithm {
    case .sha256: isValid(SHA256.hash(data: bytes))
    case .sha384: isValid(SHA384.hash(data: bytes))
    case .sha512: isValid(SHA512.hash(data: bytes))
    case .sha1, .md5, .sha3x256, .sha3x384, .sha3x512: false
    }
  }

  private func verify(_ signature: [UInt8], _ digest: some Crypto.Digest) -> Bool? {
    switch self {
    case .rsa(let key, _):
      key.isValidSignature(
        _RSA.Signing.RSASignature(rawRepresentation: signature), for: digest,
        padding: .insecurePKCS1v1_5)
    case .p256(let key):
      (try? P256.Signing.ECDSASignature(derRepresentation: signature)).map {
        key.isValidSignature($0, for: digest)
      } ?? false
    case .p384(let key):
      (try? P384.Signing.ECDSASignature(derRepresentation: signature)).map {
        key.isValidSignature($0, for: digest)
      } ?? false
    case .p521(let key):
      (try? P521.Signing.ECDSASignature(derRepresentation: signature)).map {
        key.isValidSignature($0, for: digest)
      } ?? false
    case .unsupported: nil
    }
  }
}
