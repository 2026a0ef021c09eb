public import OVABasics
import OVAIntegrity
public import OVAPackage

/// A certificate and its private key, to sign a package that is written.
public struct Signer: Sendable {
  /// The private key as PEM, and its file's name.
  public let key: (bytes: [UInt8], name: String)
  /// The certificate with its chain as PEM, and its file's name.
  public let certificate: (bytes: [UInt8], name: String)

  /// Puts both together.
  public init(
    key: (bytes: [UInt8], name: String), certificate: (bytes: [UInt8], name: String)
  ) {
    self.key = key
    self.certificate = certificate
  }

  /// Returns the reason why importers would not take a signature of this signer's at a moment: its
  /// certificate is not valid then. Nil when it is, or when no certificate can be read, which
  /// signing itself says.
  /// - Parameter date: seconds since 1970.
  public func refusal(at date: Int64) -> PackageError? {
    let file = CertificateFile.read(certificate.bytes, name: certificate.name)
    guard let facts = file.certificates.first?.facts else { return nil }
    let reason: String
    switch facts.validity(at: date) {
    case .valid, .expiresSoon: return nil
    case .expired(let days):
      reason = "the certificate of '\(facts.subject)' expired \(Self.days(days)) ago"
    case .notYetValid(let days):
      reason = "the certificate of '\(facts.subject)' is not yet valid, for \(Self.days(days))"
    }
    return PackageError(
      code: .inputUnusable, doing: "sign the manifest", reason: reason,
      place: Place(certificate.name),
      fix: "sign with a certificate that is valid today, or say --allow-invalid-dates")
  }

  private static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }

  /// The certificate file over a manifest.
  func sign(
    _ manifest: [UInt8], name: String, _ algorithm: DigestAlgorithm
  ) throws(PackageError) -> [UInt8] {
    do throws(IntegrityError) {
      let text = try CertificateFile.sign(
        manifestBytes: manifest, manifestName: name, keyPEM: key.bytes,
        certificatePEM: certificate.bytes, algorithm: algorithm, keyName: key.name,
        certificateName: certificate.name)
      return Array(text.utf8)
    } catch {
      throw PackageError(integrity: error)
    }
  }
}
