import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// The archive's end is not marked.
  static let endBlocksMissing = Rule(
    id: "end-blocks-missing",
    group: .package,
    title: "The archive's end is not marked",
    severity: .warning,
    basis: .practice("VirtualBox has written archives without the end that POSIX tar asks for"),
    why: "Two blocks of zeros end an archive. Without them a reader cannot tell a whole archive "
      + "from one that was cut between two files; some report an unexpected end.",
    fix: "Compare the size with the publisher's; pack again (`ova fix PATH --write NEW.ova`), or "
      + "append 1,024 zero bytes.",
    triggering: [
      Example(.ova, .archive(.withoutEnd)),
      Example(.ova, .archive(.oneEndBlock)),
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova, .archive(.shortened(by: 20_000)),
        caption: "an archive that was cut short is said by member-truncated"),
    ]
  ) { checked, findings in
    let diagnostics = checked.package.archiveDiagnostics
    let isFollowed = diagnostics.contains { diagnostic in
      if case .dataAfterEnd = diagnostic.kind { true } else { false }
    }
    guard !isFollowed else { return }
    for diagnostic in diagnostics {
      guard case .endBlocks(let count) = diagnostic.kind else { continue }
      findings.add(
        count == 0 ? "no block of zeros ends the archive" : "one block of zeros ends the archive",
        at: checked.place(of: diagnostic), expected: "2 blocks", found: "\(count)",
        severity: count == 0 ? .warning : .info)
    }
  }
}
