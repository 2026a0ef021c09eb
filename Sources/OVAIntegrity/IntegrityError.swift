public import OVABasics

/// The error of writing manifests and certificates, and of reading trust stores.
public typealias IntegrityError = Explained<IntegrityFailure>

/// The kinds of `IntegrityError`.
public enum IntegrityFailure: String, Sendable {
  /// A file name that the manifest's grammar cannot carry.
  case unwritableName = "unwritable-name"
  /// A private key that cannot be read or has an unsupported kind.
  case unusableKey = "unusable-key"
  /// A certificate that cannot be read or does not belong to the key.
  case unusableCertificate = "unusable-certificate"
  /// A trust store that is missing or holds no certificate.
  case unusableTrustStore = "unusable-trust-store"
}

extension IntegrityError {
  init(_ code: Code, doing: String, reason: String, place: Place, fix: String? = nil) {
    self.init(code: code, doing: doing, reason: reason, place: place, fix: fix)
  }
}
