extension Rule {
  /// An extent that leads to the host.
  static let diskExtentOutside = Rule(
    id: "disk-extent-outside",
    group: .disks,
    title: "A disk reads files of the host",
    severity: .error,
    version: 2,
    basis: .practice(
      "A VMDK's extents and a QCOW2 disk's backing file are paths, and products open them."),
    why: "Whoever opens this disk reads a file or device of their own machine as its content: "
      + "`/dev/sda`, `/etc/shadow`. It was not opened here.",
    fix: "Do not import the package. If it is yours, convert the disk: "
      + "`qemu-img convert -O vmdk -o subformat=streamOptimized,adapter_type=lsilogic DISK NEW.vmdk`.",
    triggering: [
      Example(
        .folder, edits: [.flatFormat, .withoutSize], [.diskText(#"RW 131072 FLAT "/etc/shadow" 0"#)]
      ),
      Example(
        .folder, edits: [.flatFormat, .withoutSize], [.diskText(#"RW 131072 FLAT "/dev/sda" 0"#)]),
      Example(
        .folder, edits: [.flatFormat, .withoutSize],
        [.diskText(#"RW 131072 FLAT "../../secret.img" 0"#)]),
      .qcow2(QCOW2Example(backing: "/etc/shadow"), caption: "a QCOW2 disk's backing file"),
    ],
    passing: [.sound(.ova), .soundFlat]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .dangerousExtent) }
  }
}
