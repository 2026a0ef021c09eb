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
  public let diagnostics: [CertificateDiagnostic]

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

  /// The most PEM blocks that are read.
  public static let blocksKept = 100
}
