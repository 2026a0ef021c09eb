extension Rule {
  /// Footer and header contradict each other.
  static let diskFooterDamaged = Rule(
    id: "disk-footer-damaged",
    group: .disks,
    title: "The end of a streamed disk is damaged",
    severity: .error,
    version: 2,
    basis: .practice("VMware's streamOptimized format: footer marker, footer, end of stream."),
    why: "A streamed disk keeps the place of its grain directory in a footer. Readers that open "
      + "it at random, and those that verify the stream, fail there.",
    fix: "Get the disk again from its producer, or convert it again from its source: "
      + "`vmdk-convert`, `VBoxManage clonemedium`.",
    triggering: [
      Example(
        .ova, .content("web-disk1.vmdk", .flipped(at: -1012)), caption: "the footer's capacity"),
      Example(
        .ova, .content("web-disk1.vmdk", .flipped(at: -1024)), caption: "the footer's signature"),
    ],
    passing: [.sound(.ova), Example(.ova, .content("web-disk1.vmdk", .shapedDisk(.qemuStream)))]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .footer) }
  }
}
