import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The signer's key is too short.
  static let certificateWeakKey = Rule(
    id: "certificate-weak-key",
    group: .certificate,
    title: "The signer's key is too short",
    severity: .warning,
    basis: .practice("RSA keys below 2,048 bits have not been certified since 2014"),
    why: "A short key can be computed from the certificate, and anybody then signs in the "
      + "signer's name.",
    fix: "Sign with an RSA key of 2,048 bits or more, or an elliptic curve: `ova manifest PATH "
      + "--sign KEY --certificate CERTIFICATE`.",
    triggering: [Example(.ova, .sign(.weakKey))],
    passing: [.sound(.ova), Example(.ova, .sign(.trustedAuthority))]
  ) { checked, findings in
    guard let report = checked.signature, report.hasWeakKey, let key = report.signer?.key
    else { return }
    findings.add(
      "the key of '\(checked.signerName)' is \(key)", at: checked.signerPlace,
      expected: "RSA of 2048 bits or more", found: "\(key)")
  }
}
