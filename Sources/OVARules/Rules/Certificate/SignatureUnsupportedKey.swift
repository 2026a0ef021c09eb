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
    version: 2,
    basis: .practice(
      "importers verify RSA with the padding of PKCS#1 v1.5, some also elliptic curves of NIST"),
    why: "The signature was not verified, here neither: it may be right or wrong. Importers "
      + "treat the package as not signed or refuse it.",
    fix:
      "Sign with an RSA key of 2,048 bits or more that is not for RSA-PSS alone, or one on P-256, "
      + "P-384 or P-521: `ova manifest PATH --sign KEY --certificate CERTIFICATE`.",
    triggering: [
      Example(.ova, .sign(.edwardsCurve)),
      Example(
        .ova, .sign(.trustedAuthority),
        .text("web.cert", replacing: "SHA256(", with: "RSA-PSS-SHA2-256("),
        caption: "the label that `openssl dgst -sign` prints for RSA-PSS"),
    ],
    passing: [.sound(.ova), Example(.ova, .sign(.ellipticCurve))]
  ) { checked, findings in
    guard case .unsupportedKey(let key) = checked.signature?.signature else { return }
    findings.add(
      "the signature of '\(checked.signerName)' is made with \(key), which importers do not verify",
      at: checked.signerPlace, expected: "RSA (PKCS#1 v1.5) or ECDSA", found: "\(key)")
  }
}
