import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// The archive has a header that holds for all members.
  static let tarGlobalHeader = Rule(
    id: "tar-global-header",
    group: .package,
    title: "The archive has a global extended header",
    severity: .warning,
    basis: .clause("DSP0243 5.3"),
    why: "Readers without pax take it for the first file, which then is not the descriptor. "
      + "`git archive` writes one.",
    fix: "Pack with `ova fix PATH --write NEW.ova` or `tar --format=ustar`.",
    triggering: [Example(.ova, .header("web.ovf", .afterGlobalHeader))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for diagnostic in checked.package.archiveDiagnostics {
      guard case .globalHeader(let keywords) = diagnostic.kind else { continue }
      findings.add(
        "a global extended header"
          + (keywords.isEmpty ? "" : " with \(keywords.quoted)"), at: diagnostic.place)
    }
  }
}
