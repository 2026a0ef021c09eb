import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The signature is over SHA-1.
  static let signatureWeakDigest = Rule(
    id: "signature-weak-digest",
    group: .certificate,
    title: "The signature is over SHA-1",
    severity: .warning,
    basis: .practice("signatures over SHA-1 have not been accepted for certificates since 2017"),
    why: "Two manifests with one SHA-1 can be made on purpose, and one signature then fits both.",
    fix: "Sign again over SHA256: `ova manifest PATH --algorithm sha256 --sign KEY --certificate "
      + "CERTIFICATE`.",
    triggering: [Example(.ova, .sign(.weakDigest))],
    passing: [.sound(.ova), Example(.ova, .sign(.trustedAuthority))]
  ) { checked, findings in
    guard let report = checked.signature, report.hasWeakDigest, let digest = report.algorithm
    else { return }
    findings.add(
      "the signature is over \(digest.name)", at: checked.signaturePlace, expected: "SHA256",
      found: digest.name)
  }
}
