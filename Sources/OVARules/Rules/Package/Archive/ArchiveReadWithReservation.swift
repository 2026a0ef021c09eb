import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// The archive's reader made something of a member that is not as it should be.
  static let archiveReadWithReservation = Rule(
    id: "archive-read-with-reservation",
    group: .package,
    title: "A member was read with a reservation",
    severity: .warning,
    basis: .practice("libarchive warns, and reads on."),
    why: "The header is not as tar's rules have it, and the reader had to guess. Other readers "
      + "guess otherwise, or stop there.",
    fix: "Pack the archive again: `tar --format=ustar -cf x.ova x.ovf x.mf …`.",
    triggering: [Example(.ova, .header("web-disk1.vmdk", .malformedExtension))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for diagnostic in checked.package.archiveDiagnostics {
      guard case .note(let words) = diagnostic.kind else { continue }
      let name = diagnostic.member.flatMap { index in
        checked.package.files.indices.contains(index) ? checked.package.files[index].name : nil
      }
      findings.add(
        "\(name.map { "'\($0)'" } ?? "a member") was read with a reservation: \(words)",
        at: checked.place(of: diagnostic))
    }
  }
}
