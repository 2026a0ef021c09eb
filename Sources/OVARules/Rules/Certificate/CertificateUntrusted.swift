import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// No trusted authority vouches for the signer.
  static let certificateUntrusted = Rule(
    id: "certificate-untrusted",
    group: .certificate,
    title: "Nobody trusted vouches for the signer",
    severity: .warning,
    basis: .clause("DSP0243 5.1"),
    why: "No chain leads from the signer's certificate to one that this machine trusts. The "
      + "signature may be right and still be anybody's.",
    fix: "Put the certificates between signer and root behind the signer's, trust the root "
      + "(`--trust FILE`), or sign with a certificate of an authority that importers trust.",
    triggering: [Example(.ova, .sign(.unknownAuthority))],
    passing: [
      .sound(.ova), Example(.ova, .sign(.trustedAuthority)),
      Example(
        .ova, .sign(.selfSigned), caption: "that is said by certificate-self-signed",
        documented: false),
      Example(
        .ova, .sign(.expired), caption: "dates are said by certificate-expired", documented: false),
    ]
  ) { checked, findings in
    guard let report = checked.signature, case .untrusted(let reason) = report.trust,
      !report.hasWeakKey
    else { return }
    findings.add(
      "nobody trusted vouches for '\(checked.signerName)': \(reason)", at: checked.signerPlace)
  }
}
