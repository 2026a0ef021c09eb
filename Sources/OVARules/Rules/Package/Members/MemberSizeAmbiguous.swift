import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// Readers differ in how long a member is.
  static let memberSizeAmbiguous = Rule(
    id: "member-size-ambiguous",
    group: .package,
    title: "Readers differ in how long a member is",
    severity: .error,
    basis: .practice("readers without pax take the header's size, others the extended header's"),
    why: "The extended header and the member's own header give different sizes, both small "
      + "enough for either. Readers that take the other one see other files behind it.",
    fix: "Unpack it, compare the files with the manifest, and pack again: `tar --format=ustar -cf "
      + "x.ova x.ovf x.mf …`.",
    triggering: [Example(.ova, .header("web-disk1.vmdk", .otherSizeInPax))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let diagnostics = checked.archiveDiagnostics { kind -> (header: UInt64, pax: UInt64)? in
      if case .paxSizeDisagrees(let header, let pax) = kind { (header, pax) } else { nil }
    }
    for (sizes, file, place) in diagnostics {
      findings.add(
        "'\(file?.name ?? "")' has \(sizes.pax) bytes by its extended header and "
          + "\(sizes.header) by its own",
        at: place, expected: "\(sizes.pax)", found: "\(sizes.header)")
    }
  }
}
