extension Rule {
  /// An extent that leads to the host.
  static let diskExtentOutside = Rule(
    id: "disk-extent-outside",
    group: .disks,
    title: "A disk reads files of the host",
    severity: .error,
    basis: .practice("A VMDK's extents are paths, and products open what they name."),
    why: "Whoever opens this disk reads a file or device of their own machine as its content: "
      + "`/dev/sda`, `/etc/shadow`. It was not opened here.",
    fix: "Do not import the package. If it is yours, convert the disk to streamOptimized.",
    triggering: [
      Example(
        .folder, edits: [.flatFormat, .withoutSize], [.diskText(#"RW 131072 FLAT "/etc/shadow" 0"#)]
      ),
      Example(
        .folder, edits: [.flatFormat, .withoutSize], [.diskText(#"RW 131072 FLAT "/dev/sda" 0"#)]),
      Example(
        .folder, edits: [.flatFormat, .withoutSize],
        [.diskText(#"RW 131072 FLAT "../../secret.img" 0"#)]),
    ],
    passing: [.sound(.ova), .soundFlat]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .dangerousExtent) }
  }
}
