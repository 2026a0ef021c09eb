public import OVABasics

/// A certificate file: the signature over the manifest's bytes, the signer's certificate and its
/// chain, and the CMS block that VirtualBox appends.
public struct CertificateFile: Hashable, Sendable {
  /// The name that places carry.
  public let name: String
  /// The first line, nil when there is no readable one.
  public let signature: SignatureLine?
  /// The certificates in the file's order: the signer's first, then its chain.
  public let certificates: [EmbeddedCertificate]
  /// The CMS (PKCS#7) blocks, each a second signature over the manifest.
  public let messages: [EmbeddedMessage]
  /// Everything that could not be read.
  public let faults: [Fault]

  /// The line `SHA256(package.mf)= hex`.
  public struct SignatureLine: Hashable, Sendable {
    /// The digest that is signed, as written.
    public let algorithmText: String
    /// The digest that is signed.
    public let algorithm: DigestAlgorithm
    /// The manifest's name as written.
    public let manifestName: String
    /// The signature: PKCS#1 v1.5 for RSA keys, DER for ECDSA keys.
    public let bytes: [UInt8]
    /// True if the label says that an RSA signature is padded by PSS, as `openssl dgst` prints it
    /// for keys of that kind.
    public let isPSS: Bool
    /// The line as written, up to the first digit.
    public let start: String
    /// The deviations from the strict grammar.
    public let deviations: [Manifest.Deviation]
    /// The line.
    public let place: Place
  }

  /// A certificate of the file.
  public struct EmbeddedCertificate: Hashable, Sendable {
    /// The fields of the certificate.
    public let facts: CertificateFacts
    /// The certificate in DER.
    public let der: [UInt8]
    /// The place of its block.
    public let place: Place
  }

  /// A CMS block of the file.
  public struct EmbeddedMessage: Hashable, Sendable {
    /// The message in BER.
    public let ber: [UInt8]
    /// The place of its block.
    public let place: Place
  }

  /// Something in the file that cannot be read.
  public struct Fault: Hashable, Sendable {
    /// The kind of fault.
    public let kind: Kind
    /// The line, or the file.
    public let place: Place

    /// The kinds of faults.
    public enum Kind: Hashable, Sendable {
      /// The file has no bytes, or nothing but blanks.
      case empty
      /// The file is larger than the limit `certificateBytes`; nothing of it was read.
      case tooLarge(limit: UInt64)
      /// The first line is longer than the limit `manifestLineBytes`.
      case signatureTooLong(limit: Int)
      /// The first line is no `SHA256(package.mf)= hex`.
      case signatureMissing
      /// The first line is `hex *package.mf`, as `openssl dgst -r` prints it: the signature without
      /// its algorithm. The name as written.
      case signatureBeforeName(String)
      /// The signature names an algorithm that is none of the four, as written.
      case unknownAlgorithm(String)
      /// The signature has other characters than hexadecimal digits, or none.
      case signatureNotHex
      /// The signature has an odd number of digits.
      case signatureOddDigits(Int)
      /// The file has no certificate.
      case certificateMissing
      /// A block has a beginning and no end.
      case unterminatedBlock(label: String)
      /// A block's text is no base64.
      case blockNotBase64(label: String)
      /// A certificate's bytes are none.
      case certificateUnreadable(reason: String)
      /// More blocks than `blocksKept`; the rest was not read.
      case tooManyBlocks(limit: Int)
      /// A private key, which belongs to nobody but the signer: it must be replaced.
      case privateKeyIncluded
    }
  }

  /// The most PEM blocks that are read.
  public static let blocksKept = 100
}
