import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// The archive ends before a member does.
  static let memberTruncated = Rule(
    id: "member-truncated",
    group: .package,
    title: "The archive ends inside a member",
    severity: .error,
    basis: .clause("DSP0243 5.3"),
    why: "The package was cut short while it was copied or downloaded; the rest is not there.",
    fix: "Fetch the package again and compare its size with the publisher's.",
    failures: [.descriptorCut],
    triggering: [Example(.ova, .archive(.shortened(by: 20_000)))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for diagnostic in checked.package.archiveDiagnostics {
      guard case .truncatedMember(let expected, let present) = diagnostic.kind else { continue }
      findings.add(
        "the archive ends inside a member: \(present) of its \(expected) bytes are there"
          + checked.lostFiles,
        at: checked.place(of: diagnostic), expected: "\(expected) bytes", found: "\(present) bytes")
    }
  }
}
