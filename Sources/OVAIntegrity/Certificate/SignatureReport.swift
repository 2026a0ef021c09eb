/// The results of verifying a package's signature.
public struct SignatureReport: Hashable, Sendable {
  /// The state of the signature over the manifest's bytes.
  public let signature: SignatureState
  /// The certificate that made the signature, where it is not the first: they stand in the wrong
  /// order.
  public let misplacedSigner: MisplacedSigner?
  /// The name in the signature line, when it is not the manifest's.
  public let wrongManifestName: String?
  /// The fields of the signer's certificate; nil without a readable one.
  public let signer: CertificateFacts?
  /// The validity of that certificate at the requested date; nil where no date was given or there
  /// is no certificate.
  public let validity: CertificateValidity?
  /// The trust in the signer's chain, the signer's own dates left aside.
  public let trust: TrustState?
  /// The digest the signature is made over.
  public let algorithm: DigestAlgorithm?
  /// The CMS blocks' states, in the file's order.
  public let messages: [MessageState]

  /// A certificate of the file that is not the first.
  public struct MisplacedSigner: Hashable, Sendable {
    /// The number of the certificate in the file, counted from 1.
    public let number: Int
    /// The certificate.
    public let certificate: CertificateFile.EmbeddedCertificate
  }

  /// True if the signer's key is too short to be relied on.
  public var hasWeakKey: Bool { signer?.key.isWeak ?? false }
  /// True if the signature is made over SHA-1, for which collisions can be made.
  public var hasWeakDigest: Bool { algorithm?.isWeak ?? false }

  init(
    signature: SignatureState, misplacedSigner: MisplacedSigner? = nil,
    wrongManifestName: String? = nil, signer: CertificateFacts?,
    validity: CertificateValidity?, trust: TrustState?, algorithm: DigestAlgorithm?,
    messages: [MessageState]
  ) {
    self.signature = signature
    self.misplacedSigner = misplacedSigner
    self.wrongManifestName = wrongManifestName
    self.signer = signer
    self.validity = validity
    self.trust = trust
    self.algorithm = algorithm
    self.messages = messages
  }
}

/// The state of a signature.
public enum SignatureState: Hashable, Sendable {
  /// The signer signed these bytes.
  case valid
  /// The signer did not sign these bytes: they, the signature or the certificate were changed.
  case invalid
  /// An RSA signature has as many bytes as the key's modulus; this one has not.
  case wrongLength(expected: Int, actual: Int)
  /// The key's kind is not supported, so that nothing can be said.
  case unsupportedKey(CertificateFacts.Key)
  /// There is no readable signature line; the file's diagnostics say why.
  case unreadable
  /// There is no readable certificate to check with; the file's diagnostics say why.
  case noCertificate
}

/// The trust in a signer.
public enum TrustState: Hashable, Sendable {
  /// A trusted root vouches for the signer; the subjects from the signer to the root.
  case trusted(chain: [String])
  /// The certificate is signed with its own key and is not itself trusted.
  case selfSigned
  /// No trusted root vouches for it.
  case untrusted(reason: String)
}

/// The state of a CMS block's signature.
public enum MessageState: Hashable, Sendable {
  /// The signer, by its certificate, signed the manifest's bytes.
  case verified(signer: CertificateFacts)
  /// The block is a signature over other bytes.
  case contentDiffers
  /// The signature is not the signer's.
  case signatureInvalid(signer: CertificateFacts)
  /// The signer's certificate is neither in the block nor in the file.
  case signerMissing
  /// A kind of message, digest or key that is not supported.
  case unsupported(reason: String)
  /// The block is no CMS signature.
  case unreadable(reason: String)
}
