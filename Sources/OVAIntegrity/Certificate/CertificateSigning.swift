import Crypto
import CryptoExtras
import FoundationEssentials
public import OVABasics
import SwiftASN1

extension CertificateFile {
  /// Signs a manifest and gives the text of its certificate file.
  /// - Parameters:
  ///   - manifestBytes: the manifest as it will be stored.
  ///   - manifestName: the manifest's file name.
  ///   - keyPEM: the private key, unencrypted: RSA of 2,048 bits or more, P-256, P-384, P-521.
  ///   - certificatePEM: the signer's certificate, then its chain.
  ///   - algorithm: the digest to sign.
  ///   - keyName: the key file's name, for errors.
  ///   - certificateName: the certificate file's name, for errors.
  /// - Throws: `IntegrityError` when the key or certificate cannot be read or do not fit, or the
  ///   name cannot be written.
  public static func sign(
    manifestBytes: [UInt8], manifestName: String, keyPEM: [UInt8], certificatePEM: [UInt8],
    algorithm: DigestAlgorithm = .sha256, keyName: String = "the key",
    certificateName: String = "the certificate"
  ) throws(IntegrityError) -> String {
    guard !manifestName.utf8.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }) else {
      throw IntegrityError(
        .unwritableName, doing: "sign the manifest",
        reason: "a name that holds a line break or NUL cannot stand in a certificate file",
        place: Place(manifestName.forDisplay), fix: "rename the package")
    }
    guard DigestAlgorithm.ofManifests.contains(algorithm) else {
      throw IntegrityError(
        .unusableKey, doing: "sign the manifest",
        reason: "\(algorithm.name) is not an algorithm of signatures", place: Place(keyName),
        fix: "sign with SHA256")
    }
    let key = try SigningKey(keyPEM, name: keyName)
    let chain = PEMBlock.all(in: certificatePEM[...]).filter { $0.label == "CERTIFICATE" }
    guard let signer = chain.first?.bytes, let parsed = try? CertificateDER(signer) else {
      throw IntegrityError(
        .unusableCertificate, doing: "sign the manifest",
        reason: "its first block is no readable PEM certificate", place: Place(certificateName))
    }
    let signature: [UInt8]
    do {
      signature = try key.sign(manifestBytes, algorithm)
    } catch {
      throw IntegrityError(
        .unusableKey, doing: "sign the manifest", reason: String(wordsOf: error),
        place: Place(keyName))
    }
    guard parsed.key.verify(signature, over: manifestBytes, algorithm) == true else {
      throw IntegrityError(
        .unusableCertificate, doing: "sign the manifest",
        reason: "the certificate of '\(parsed.facts.subject)' is not the private key's",
        place: Place(certificateName), fix: "put the signer's own certificate first")
    }
    let blocks = chain.compactMap(\.bytes).map { bytes in
      PEMDocument(type: "CERTIFICATE", derBytes: bytes).pemString + "\n"
    }
    return "\(algorithm.name)(\(manifestName))= \(Hex.text(signature))\n" + blocks.joined()
  }
}

/// A private key that can sign.
private enum SigningKey {
  case rsa(_RSA.Signing.PrivateKey)
  case p256(P256.Signing.PrivateKey)
  case p384(P384.Signing.PrivateKey)
  case p521(P521.Signing.PrivateKey)

  init(_ pem: [UInt8], name: String) throws(IntegrityError) {
    let block = PEMBlock.all(in: pem[...]).first { $0.label.hasSuffix("PRIVATE KEY") }
    let isEncrypted =
      block?.label == "ENCRYPTED PRIVATE KEY"
      || String(decoding: pem, as: UTF8.self).contains("ENCRYPTED")
    let fault: (reason: String, fix: String?)
    if isEncrypted {
      fault = ("the private key is encrypted", "decrypt it: openssl pkey -in KEY -out PLAIN")
    } else if let block, let bytes = block.bytes {
      let text = PEMDocument(type: block.label, derBytes: bytes).pemString
      if let key = try? P256.Signing.PrivateKey(pemRepresentation: text) {
        self = .p256(key)
        return
      } else if let key = try? P384.Signing.PrivateKey(pemRepresentation: text) {
        self = .p384(key)
        return
      } else if let key = try? P521.Signing.PrivateKey(pemRepresentation: text) {
        self = .p521(key)
        return
      } else if let key = try? _RSA.Signing.PrivateKey(pemRepresentation: text) {
        self = .rsa(key)
        return
      }
      fault = (
        "it is no RSA key of 2048 bits or more and no key on P-256, P-384 or P-521",
        "sign with a key that verifiers accept"
      )
    } else {
      fault = ("it has no PEM private key", nil)
    }
    throw IntegrityError(
      .unusableKey, doing: "read the private key", reason: fault.reason, place: Place(name),
      fix: fault.fix)
  }

  func sign(_ bytes: [UInt8], _ algorithm: DigestAlgorithm) throws -> [UInt8] {
    switch algorithm {
    case .sha1: try sign(Insecure.SHA1.hash(data: bytes))
    case .sha384: try sign(SHA384.hash(data: bytes))
    case .sha512: try sign(SHA512.hash(data: bytes))
    default: try sign(SHA256.hash(data: bytes))
    }
  }

  private func sign(_ digest: some Crypto.Digest) throws -> [UInt8] {
    switch self {
    case .rsa(let key):
      Array(try key.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation)
    case .p256(let key): Array(try key.signature(for: digest).derRepresentation)
    case .p384(let key): Array(try key.signature(for: digest).derRepresentation)
    case .p521(let key): Array(try key.signature(for: digest).derRepresentation)
    }
  }
}
