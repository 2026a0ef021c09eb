import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The certificate's time is over.
  static let certificateExpired = Rule(
    id: "certificate-expired",
    group: .certificate,
    title: "The certificate has expired",
    severity: .warning,
    basis: .clause("DSP0243 5.1"),
    why:
      "The signature holds no date, so that nobody can tell whether it was made in time. vCenter "
      + "shows the package as not trusted; unattended imports fail.",
    fix: "Sign again with a valid certificate: `ova manifest PATH --sign KEY --certificate "
      + "CERTIFICATE`.",
    triggering: [Example(.ova, .sign(.expired))],
    passing: [.sound(.ova), Example(.ova, .sign(.trustedAuthority))]
  ) { checked, findings in
    guard case .expired(let days) = checked.signature?.validity else { return }
    findings.add(
      "the certificate of '\(checked.signerName)' expired "
        + (days == 0 ? "today" : "\(days.of("day")) ago"),
      at: checked.signerPlace)
  }
}
