import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// A member's size is no number.
  static let memberSizeUnreadable = Rule(
    id: "member-size-unreadable",
    group: .package,
    title: "A member's size cannot be read",
    severity: .error,
    basis: .clause("DSP0243 5.3"),
    why: "Without its size the end of a member is unknown, and with it everything behind.",
    fix: "Fetch the package again; if the publisher's is the same, it has to be packed again.",
    triggering: [
      Example(.ova, .header("web-disk1.vmdk", .negativeSize)),
      Example(.ova, .header("web-disk1.vmdk", .unreadableSize), documented: false),
    ],
    passing: [.sound(.ova), Example(.ova, .header("web-disk1.vmdk", .base256Size))]
  ) { checked, findings in
    let diagnostics = checked.archiveDiagnostics { kind -> String? in
      switch kind {
      case .negativeSize: "is negative"
      case .unreadableSize: "is no number"
      default: nil
      }
    }
    for (what, file, place) in diagnostics {
      findings.add(
        (file.map { "the size of '\($0.name)' " } ?? "the size in a header ") + what
          + checked.lostFiles,
        at: place)
    }
  }
}
