import OVABasics
import VirtualDisks

extension Rule {
  /// Nothing but zeros.
  static let diskBlank = Rule(
    id: "disk-blank",
    group: .disks,
    title: "A raw disk holds nothing but zeros",
    severity: .info,
    basis: .practice("A transfer that stopped leaves zeros where room was made beforehand."),
    why:
      "The disk has neither a partition nor a file system. A disk for data may be so on purpose; "
      + "of one that a machine starts from the contents are lost. Seen by `--deep` only.",
    fix:
      "Fetch the disk again if it should hold something; else leave its file out and declare the "
      + "capacity alone.",
    triggering: [
      Example(
        .ova,
        edits: [
          .withoutSize, .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="1""#),
          .init(
            old: "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized",
            new: "http://en.wikipedia.org/wiki/Byte"),
        ], [.content("web-disk1.vmdk", .filled(with: 0, count: 1 << 20))])
    ],
    passing: [.sound(.ova), .qcow2(documented: false)]
  ) { checked, findings in
    for seen in checked.seenDisks {
      guard let diagnostic = seen.diagnostics(of: .blank).first else { continue }
      findings.add("'\(seen.name)': \(diagnostic.text)", at: diagnostic.place)
    }
  }
}
