import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// The files do not come in the order of the References.
  static let memberOrder = Rule(
    id: "member-order",
    group: .package,
    title: "The files are not in the order of the References",
    severity: .warning,
    basis: .clause("DSP0243 5.3"),
    why: "An importer that reads the archive as a stream takes the files as the References list "
      + "them. One that comes too early is past when it is asked for, and the import fails or "
      + "the archive is read twice.",
    fix: "Pack again, the files in the order of the References: `ova fix PATH --write NEW.ova`.",
    triggering: [
      Example(
        .ova,
        edits: [
          Example.Edit(
            old: "</References>", new: #"<File ovf:id="f2" ovf:href="a.txt"/></References>"#)
        ],
        [
          .add("a.txt", .text("an image")),
          .order(["web.ovf", "web.mf", "a.txt", "web-disk1.vmdk"]),
        ])
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova, .order(["web-disk1.vmdk", "web.ovf"]),
        caption: "what stands before the descriptor is said by descriptor-not-first"),
    ]
  ) { checked, findings in
    guard checked.package.isArchive else { return }
    let files = checked.referencedFiles
    for (before, after) in zip(files, files.dropFirst()) {
      guard let first = before.member?.index, let second = after.member?.index, second < first
      else { continue }
      findings.add(
        "'\(after.name)' stands before '\(before.name)', which the References list first",
        at: after.place, expected: files.map(\.name).quoted)
      return
    }
  }
}
