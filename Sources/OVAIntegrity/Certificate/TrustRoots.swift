import FoundationEssentials
public import OVABasics
import SwiftASN1
@_spi(DisableValidityCheck) import X509

/// The certificates that are trusted to vouch for signers.
public struct TrustRoots: Sendable {
  /// The certificates that chains may end in. Those of the system are read when the first signer
  /// is judged: most packages have none.
  private enum Store: Sendable {
    case system
    case given(CertificateStore)

    var certificates: CertificateStore {
      switch self {
      case .system: .systemTrustRoots
      case .given(let store): store
      }
    }
  }

  private let store: Store
  /// Certificates that are trusted for themselves, whatever kind they are.
  private let exact: Set<[UInt8]>

  /// The roots that the operating system trusts (the bundle under `/etc/ssl/certs` or `/etc/pki`).
  public static var system: TrustRoots { TrustRoots(store: .system, exact: []) }

  /// Nobody: every signer is untrusted.
  public static var nobody: TrustRoots { TrustRoots(store: .given(CertificateStore()), exact: []) }

  private init(store: Store, exact: Set<[UInt8]>) {
    self.store = store
    self.exact = exact
  }

  /// Trusts the certificates of PEM files, and what they vouch for; ones that cannot be read are
  /// passed over.
  /// - Parameters:
  ///   - pem: the files' bytes one after the other.
  ///   - name: the file's name, for the error.
  /// - Throws: `IntegrityError.Code.unusableTrustStore` when there is no readable certificate.
  public static func pem(_ pem: [UInt8], name: String) throws(IntegrityError) -> TrustRoots {
    let blocks = PEMBlock.all(in: pem[...]).filter { $0.label == "CERTIFICATE" }.compactMap(\.bytes)
    let readable = blocks.filter { (try? CertificateDER($0)) != nil }
    guard !readable.isEmpty else {
      throw IntegrityError(
        .unusableTrustStore, doing: "read the trusted certificates",
        reason: "the file holds no readable PEM certificate", place: Place(name),
        fix: "give a file with '-----BEGIN CERTIFICATE-----' blocks")
    }
    let certificates = readable.compactMap { try? Certificate(derEncoded: $0) }
    return TrustRoots(store: .given(CertificateStore(certificates)), exact: Set(readable))
  }

  /// Looks for a chain from the signer to a trusted root through the certificates beside it.
  ///
  /// The signer's own dates are another question; the ones above it must be valid at `date`.
  func trust(
    _ signer: CertificateFile.EmbeddedCertificate,
    beside others: [CertificateFile.EmbeddedCertificate], at date: Int64
  ) async -> TrustState {
    if exact.contains(signer.der) { return .trusted(chain: [signer.facts.subject]) }
    let leaf: Certificate
    do {
      leaf = try Certificate(derEncoded: signer.der)
    } catch {
      if signer.facts.isSelfSigned { return .selfSigned }
      let isKey = signer.facts.key.isWeak
      return .untrusted(
        reason: isKey ? "its key is too weak to be trusted" : String(wordsOf: error))
    }
    let rest = TrustRoots.searchable(others.compactMap { try? Certificate(derEncoded: $0.der) })
    var verifier = Verifier(rootCertificates: store.certificates) {
      RFC5280Policy.withValidityCheckDisabled()
      IssuerDatesPolicy(date: date)
      KeyUsagePolicy()
    }
    let result = await verifier.validate(leaf: leaf, intermediates: CertificateStore(rest))
    switch result {
    case .validCertificate(let chain): return .trusted(chain: chain.map { "\($0.subject)" })
    case .couldNotValidate(let failures):
      if let failure = failures.first {
        return .untrusted(reason: TrustRoots.words(of: failure))
      }
      if signer.facts.isSelfSigned { return .selfSigned }
      return .untrusted(reason: "no chain leads from '\(leaf.issuer)' to a trusted certificate")
    }
  }
}

extension TrustRoots {
  /// The reason for a chain's refusal, with names for the whole certificates it prints.
  private static func words(of failure: CertificateValidationResult.PolicyFailure) -> String {
    var text = failure.policyFailureReason.description
    for certificate in failure.chain {
      text = text.replacing(certificate.description, with: "'\(certificate.subject)'")
    }
    return text.replacing("RFC5280Policy: ", with: "")
  }

  /// The certificates among which a chain is looked for.
  ///
  /// Many certificates of one name and key give as many chains as they have orders. Two of each
  /// are enough for any real chain, cross-signed ones included.
  private static func searchable(_ certificates: [Certificate]) -> [Certificate] {
    var seen: [Certificate.PublicKey: [DistinguishedName: Int]] = [:]
    let kept = certificates.filter { certificate in
      let count = seen[certificate.publicKey]?[certificate.subject] ?? 0
      seen[certificate.publicKey, default: [:]][certificate.subject] = count + 1
      return count < 2
    }
    return Array(kept.prefix(16))
  }
}

/// A certificate that says what its key is for allows signatures.
private struct KeyUsagePolicy: VerifierPolicy {
  /// The extended usage is not judged, since the standard asks for none; marked critical it would
  /// otherwise be refused as unknown.
  var verifyingCriticalExtensions: [ASN1ObjectIdentifier] {
    [.X509ExtensionID.keyUsage, .X509ExtensionID.extendedKeyUsage]
  }

  func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult {
    guard let usage = try? chain.leaf.extensions.keyUsage,
      !usage.digitalSignature, !usage.nonRepudiation
    else { return .meetsPolicy }
    return .failsToMeetPolicy(reason: "its key usage does not allow signatures")
  }
}

/// The certificates above the signer are valid at the date asked about.
private struct IssuerDatesPolicy: VerifierPolicy {
  let date: Int64
  var verifyingCriticalExtensions: [ASN1ObjectIdentifier] { [] }

  func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult {
    let now = Date(timeIntervalSince1970: Double(date))
    for issuer in chain.dropFirst() {
      let subject = "\(issuer.subject)"
      if now > issuer.notValidAfter {
        return .failsToMeetPolicy(reason: "the issuer's certificate '\(subject)' has expired")
      }
      if now < issuer.notValidBefore {
        return .failsToMeetPolicy(reason: "the issuer's certificate '\(subject)' is not yet valid")
      }
    }
    return .meetsPolicy
  }
}
