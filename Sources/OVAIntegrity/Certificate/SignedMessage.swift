import SwiftASN1

/// A CMS SignedData (RFC 5652) with a detached signature over the manifest.
///
/// The X509 library's own CMS reader refuses the `rsaEncryption` identifier that OpenSSL writes.
struct SignedMessage {
  private let content: [UInt8]?
  private let certificates: [CertificateDER]
  private let signers: [SignerInfo]

  /// Returns the state of one block. The first signer that does not hold decides.
  static func state(
    of message: CertificateFile.EmbeddedMessage, over bytes: [UInt8], others: [[UInt8]]
  ) -> MessageState {
    let parsed: SignedMessage
    do {
      parsed = try SignedMessage(message.ber)
    } catch let refusal as Unsupported {
      return .unsupported(reason: refusal.reason)
    } catch {
      return .unreadable(reason: String(wordsOf: error))
    }
    if let content = parsed.content, content != bytes { return .contentDiffers }
    let known = parsed.certificates + others.compactMap { try? CertificateDER($0) }
    var state = MessageState.unreadable(reason: "it has no signer")
    for signer in parsed.signers.prefix(8) {
      state = signer.state(over: bytes, certificates: known)
      guard case .verified = state else { return state }
    }
    return state
  }

  /// A message of a kind that is not read.
  struct Unsupported: Error {
    let reason: String
  }

  private init(_ ber: [UInt8]) throws {
    let outer = try BER.parse(ber).children
    guard outer.count == 2 else { throw ASN1Shape.unexpected }
    let type = "\(try ASN1ObjectIdentifier(derEncoded: outer[0]))"
    guard type == "1.2.840.113549.1.7.2" else {
      throw Unsupported(reason: "content type \(type) is not SignedData")
    }
    guard let data = try outer[1].children.first?.children, data.count >= 4 else {
      throw ASN1Shape.unexpected
    }
    let encapsulated = try data[2].children
    content = try encapsulated.dropFirst().first?.children.first?.octets
    var certificates: [CertificateDER] = []
    var signers: [SignerInfo] = []
    for field in data.dropFirst(3) {
      switch (field.identifier.tagClass, field.identifier.tagNumber) {
      case (.contextSpecific, 0):
        for node in try field.children.prefix(CertificateFile.blocksKept) {
          guard let certificate = try? CertificateDER(Array(node.encodedBytes)) else { continue }
          certificates.append(certificate)
        }
      case (.universal, 17): signers = try field.children.map { try SignerInfo($0) }
      default: break
      }
    }
    self.certificates = certificates
    self.signers = signers
  }
}

/// One signer of a message.
private struct SignerInfo {
  let issuerBytes: ArraySlice<UInt8>?
  let serialBytes: ArraySlice<UInt8>?
  let digest: AlgorithmName
  let algorithm: AlgorithmName
  /// The attributes as they are signed, and the message digest among them.
  let attributes: (signed: [UInt8], messageDigest: [UInt8]?)?
  let signature: [UInt8]

  init(_ node: ASN1Node) throws {
    let fields = try node.children
    guard fields.count >= 5 else { throw ASN1Shape.unexpected }
    if fields[1].identifier == .sequence {
      let pointer = try fields[1].children
      guard pointer.count == 2 else { throw ASN1Shape.unexpected }
      issuerBytes = pointer[0].encodedBytes
      serialBytes = try ArraySlice<UInt8>(derEncoded: pointer[1])
    } else {
      issuerBytes = nil
      serialBytes = nil
    }
    digest = try AlgorithmName(fields[2])
    var rest = fields.dropFirst(3)
    if let first = rest.first, first.identifier.tagClass == .contextSpecific {
      attributes = try SignerInfo.attributes(first)
      rest = rest.dropFirst()
    } else {
      attributes = nil
    }
    guard rest.count >= 2, let name = rest.popFirst(), let value = rest.popFirst() else {
      throw ASN1Shape.unexpected
    }
    algorithm = try AlgorithmName(name)
    signature = try value.octets
  }

  func state(over bytes: [UInt8], certificates: [CertificateDER]) -> MessageState {
    guard let digestAlgorithm = digest.digest else {
      return .unsupported(reason: "digest \(digest.name)")
    }
    guard algorithm.name != "RSASSA-PSS" else {
      return .unsupported(reason: "signature algorithm \(algorithm.name)")
    }
    if let attributes {
      guard let expected = attributes.messageDigest else {
        return .unreadable(reason: "its signed attributes have no message digest")
      }
      guard DigestValue.of(bytes, digestAlgorithm).bytes == expected else { return .contentDiffers }
    }
    let candidates = certificates.filter { certificate in
      issuerBytes == nil
        || (certificate.issuerBytes == issuerBytes && certificate.serialBytes == serialBytes)
    }
    guard let first = candidates.first else { return .signerMissing }
    // A signer pointed to by its key identifier is whichever certificate's key fits.
    let signed = attributes?.signed ?? bytes
    for candidate in candidates {
      guard let isValid = candidate.key.verify(signature, over: signed, digestAlgorithm) else {
        return .unsupported(reason: "key \(candidate.key.kind)")
      }
      if isValid { return .verified(signer: candidate.facts) }
    }
    return .signatureInvalid(signer: first.facts)
  }

  private static func attributes(
    _ node: ASN1Node
  ) throws -> (signed: [UInt8], messageDigest: [UInt8]?) {
    // Signed is their encoding as a SET, whatever tag they carry here (RFC 5652, 5.4).
    var signed = Array(node.encodedBytes)
    guard !signed.isEmpty else { throw ASN1Shape.unexpected }
    signed[0] = 0x31
    var messageDigest: [UInt8]?
    for attribute in try node.children {
      let parts = try attribute.children
      guard parts.count == 2 else { throw ASN1Shape.unexpected }
      let identifier = "\(try ASN1ObjectIdentifier(derEncoded: parts[0]))"
      if identifier == "1.2.840.113549.1.9.4" {
        messageDigest = try parts[1].children.first?.octets
      }
    }
    return (signed, messageDigest)
  }
}

extension ASN1Node {
  /// The bytes of an octet string, which BER may give in parts.
  fileprivate var octets: [UInt8] {
    get throws {
      switch content {
      case .primitive(let bytes): Array(bytes)
      case .constructed(let parts): try parts.flatMap { try $0.octets }
      }
    }
  }
}
