import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// The archive ends inside or right behind a header.
  static let headerTruncated = Rule(
    id: "header-truncated",
    group: .package,
    title: "The archive ends inside a header",
    severity: .error,
    basis: .clause("DSP0243 5.3"),
    why: "The package was cut short while it was copied or downloaded; at least one file is not "
      + "there.",
    fix: "Fetch the package again and compare its size with the publisher's.",
    triggering: [
      Example(.ova, .add("a.iso", .text("x")), .archive(.shortened(by: 1_024 + 512 + 200)))
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for diagnostic in checked.package.archiveDiagnostics {
      switch diagnostic.kind {
      case .truncatedHeader(let present):
        findings.add(
          "the archive ends after \(present) bytes of a header of 512" + checked.lostFiles,
          at: checked.place(of: diagnostic))
      case .strayExtension:
        findings.add(
          "the archive ends behind an extended header, and its member is not there"
            + checked.lostFiles,
          at: checked.place(of: diagnostic))
      default: continue
      }
    }
  }
}
