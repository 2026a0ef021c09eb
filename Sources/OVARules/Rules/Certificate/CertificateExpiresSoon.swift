import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The certificate's time is nearly over.
  static let certificateExpiresSoon = Rule(
    id: "certificate-expires-soon",
    group: .certificate,
    title: "The certificate expires soon",
    severity: .info,
    basis: .practice("importers judge the certificate on the day of the import"),
    why: "The package imports today. In a few days it will count as not trusted.",
    fix: "Sign again with a certificate that lasts: `ova manifest PATH --sign KEY --certificate "
      + "CERTIFICATE`.",
    triggering: [Example(.ova, .sign(.expiresSoon))],
    passing: [
      .sound(.ova), Example(.ova, .sign(.trustedAuthority)),
      Example(.ova, .sign(.expired), documented: false),
    ]
  ) { checked, findings in
    guard case .expiresSoon(let days) = checked.signature?.validity else { return }
    findings.add(
      "the certificate of '\(checked.signerName)' expires "
        + (days == 0 ? "today" : "in \(days.of("day"))"),
      at: checked.signerPlace)
  }
}
