import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The signer's private key is in the package.
  static let privateKeyIncluded = Rule(
    id: "private-key-included",
    group: .certificate,
    title: "The package holds a private key",
    severity: .error,
    basis: .practice("a signature proves nothing once others have the key"),
    why: "Everybody who has the package can sign in the signer's name.",
    fix: "Withdraw the package, have the certificate revoked, and sign with a new key: `ova "
      + "manifest PATH --sign KEY --certificate CERTIFICATE`. Only the certificate belongs in the "
      + "file.",
    triggering: [Example(.ova, .sign(.withPrivateKey))],
    passing: [.sound(.ova), Example(.ova, .sign(.trustedAuthority))]
  ) { checked, findings in
    for (_, diagnostic) in checked.certificateDiagnostics({ $0 == .privateKeyIncluded ? true : nil }
    ) {
      findings.add("the certificate file holds a private key", at: diagnostic.place)
    }
  }
}
