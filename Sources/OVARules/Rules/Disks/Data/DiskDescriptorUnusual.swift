extension Rule {
  /// The text inside a disk was edited.
  static let diskDescriptorUnusual = Rule(
    id: "disk-descriptor-unusual",
    group: .disks,
    title: "The text that describes a disk has something unusual in it",
    severity: .info,
    version: 2,
    basis: .practice("The keys and line ends that VMware, VirtualBox and qemu-img write."),
    why: "A key that no known producer writes, or lines that end in CR LF inside a disk, show that "
      + "a script rewrote the text in place. Some such disks were refused by VirtualBox and Player.",
    fix: "Nothing, if the disk imports; else convert it again.",
    triggering: [
      Example(
        .ova, edits: [.withoutSize], [.content("web-disk1.vmdk", .shapedDisk(.unknownKey))],
        caption: "a key of its own"),
      Example(
        .ova, edits: [.withoutSize], [.content("web-disk1.vmdk", .shapedDisk(.windowsLines))],
        caption: "lines that end in CR LF"),
    ],
    passing: [.sound(.ova), .soundFlat]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .unusualDescriptor) }
  }
}
