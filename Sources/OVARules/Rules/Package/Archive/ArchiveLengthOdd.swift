import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// The archive's length is no multiple of its blocks.
  static let archiveLengthOdd = Rule(
    id: "archive-length-odd",
    group: .package,
    title: "The archive's length is no multiple of 512",
    severity: .warning,
    basis: .practice("tar writes whole blocks of 512 bytes"),
    why: "Something was lost or added behind the archive's end. Readers that take whole blocks "
      + "report an input or output error at the last one.",
    fix: "Compare the size with the publisher's, or pack again: `tar --format=ustar -cf x.ova "
      + "x.ovf x.mf …`.",
    triggering: [Example(.ova, .archive(.followed(by: [0, 0, 0])))],
    passing: [
      .sound(.ova),
      Example(
        .ova, .archive(.shortened(by: 20_001)),
        caption: "an archive that was cut short is said by member-truncated"),
    ]
  ) { checked, findings in
    let isExplained = checked.package.archiveDiagnostics.contains { diagnostic in
      switch diagnostic.kind {
      case .endBlocks, .dataAfterEnd: true
      default: false
      }
    }
    guard !checked.archiveIsCut, !isExplained else { return }
    for diagnostic in checked.package.archiveDiagnostics {
      guard case .oddLength(let over) = diagnostic.kind else { continue }
      findings.add(
        "the archive's length is \(over) bytes more than a multiple of 512",
        at: checked.place(of: diagnostic))
    }
  }
}
