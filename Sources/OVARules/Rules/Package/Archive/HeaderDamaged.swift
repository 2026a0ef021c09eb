import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// A header of the archive is damaged.
  static let headerDamaged = Rule(
    id: "header-damaged",
    group: .package,
    title: "A header of the archive is damaged",
    severity: .error,
    basis: .clause("DSP0243 5.3"),
    why: "Where a header's checksum is wrong nothing tells where the next file begins. What lies "
      + "behind it cannot be imported.",
    fix: "Fetch the package again and compare its digest with the publisher's.",
    triggering: [Example(.ova, .header("web-disk1.vmdk", .wrongChecksum))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    // Behind a size that cannot be read no header is where one should be.
    let diagnostics = checked.package.archiveDiagnostics
    guard !diagnostics.contains(where: { [.unreadableSize, .negativeSize].contains($0.kind) })
    else {
      return
    }
    for diagnostic in diagnostics {
      switch diagnostic.kind {
      case .badChecksum(let behind):
        findings.add(
          "the checksum of a header is wrong; \(behind) bytes from there on are not read"
            + checked.lostFiles,
          at: checked.place(of: diagnostic))
      case .damaged(let reason, let behind):
        findings.add(
          "a header is damaged (\(reason)); \(behind) bytes from there on are not read"
            + checked.lostFiles,
          at: checked.place(of: diagnostic))
      default: continue
      }
    }
  }
}
