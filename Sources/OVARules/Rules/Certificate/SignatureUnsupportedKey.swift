import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The signer's key is of a kind that is not verified.
  static let signatureUnsupportedKey = Rule(
    id: "signature-unsupported-key",
    group: .certificate,
    title: "The signer's key is of a kind that importers do not verify",
    severity: .warning,
    basis: .practice("importers verify RSA, some also elliptic curves of NIST"),
    why: "The signature was not verified, here neither: it may be right or wrong. Importers "
      + "treat the package as not signed or refuse it.",
    fix: "Sign with an RSA key of 2,048 bits or more, or one on P-256, P-384 or P-521.",
    triggering: [Example(.ova, .sign(.edwardsCurve))],
    passing: [.sound(.ova), Example(.ova, .sign(.ellipticCurve))]
  ) { checked, findings in
    guard case .unsupportedKey(let key) = checked.signature?.signature else { return }
    findings.add(
      "the signature of '\(checked.signerName)' with a key of kind \(key) is not verified",
      at: checked.signerPlace, expected: "RSA or ECDSA", found: "\(key)")
  }
}
