import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The signature is not the signer's over this manifest.
  static let signatureInvalid = Rule(
    id: "signature-invalid",
    group: .certificate,
    title: "The signature does not fit the manifest",
    severity: .error,
    version: 2,
    basis: .clause("DSP0243 5.1"),
    why: "The manifest was changed after it was signed, or the certificate is not the signer's. "
      + "Importers refuse the package as tampered with.",
    fix: "If the change is yours, sign again: `ova manifest PATH --sign KEY --certificate "
      + "CERTIFICATE`; else fetch the package again.",
    triggering: [
      Example(
        .ova, .sign(.trustedAuthority), .text("web.ovf", replacing: "vmx-13", with: "vmx-10"),
        .content(
          "web.mf",
          .text(
            "SHA256(web.ovf)= {sha256:web.ovf}\n"
              + "SHA256(web-disk1.vmdk)= {sha256:web-disk1.vmdk}\n")),
        caption: "descriptor and manifest were changed after the signing"),
      Example(
        .ova, .sign(.trustedAuthority), .text("web.cert", replacing: ")= ", with: ")= 00"),
        documented: false),
      Example(
        .ova, .sign(.authorityFirst),
        caption: "the certificate of the authority stands before the signer's"),
    ],
    passing: [
      .sound(.ova), Example(.ova, .sign(.trustedAuthority)), Example(.ova, .sign(.ellipticCurve)),
      Example(
        .ova, .sign(.trustedAuthority), .text("web.ovf", replacing: "vmx-13", with: "vmx-10"),
        caption: "a file that was changed beside its manifest is said by manifest-digest-mismatch"),
    ]
  ) { checked, findings in
    if let signer = checked.signature?.misplacedSigner {
      let subject = signer.certificate.facts.subject
      findings.add(
        "the signature is that of certificate \(signer.number), '\(subject)', and not of the first, "
          + "'\(checked.signerName)': the certificates are in the wrong order",
        at: signer.certificate.place, expected: "'\(subject)' first",
        found: "'\(checked.signerName)' first",
        fix:
          "Move the certificate of '\(subject)' to the front, and those that vouch for it behind "
          + "it; the signature stays valid.")
      return
    }
    switch checked.signature?.signature {
    case .invalid:
      findings.add(
        "the signature is not one of '\(checked.signerName)' over this manifest",
        at: checked.signaturePlace)
    case .wrongLength(let expected, let actual):
      findings.add(
        "the signature has \(actual) bytes, and the key of '\(checked.signerName)' makes "
          + "\(expected)",
        at: checked.signaturePlace, expected: "\(expected) bytes", found: "\(actual) bytes")
    default: return
    }
  }
}
