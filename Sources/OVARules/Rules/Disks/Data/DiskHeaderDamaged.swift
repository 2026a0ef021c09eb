extension Rule {
  /// The header makes no sense.
  static let diskHeaderDamaged = Rule(
    id: "disk-header-damaged",
    group: .disks,
    title: "A disk's header is damaged",
    severity: .error,
    version: 2,
    basis: .practice(
      "The disk formats' own specifications, as VMware's tools and qemu-img read them."),
    why: "The header tells where everything else is. With a wrong value in it, readers refuse the "
      + "disk or read the wrong places.",
    fix: "Get the disk again from its producer, or convert it again from its source.",
    triggering: [
      Example(.ova, .content("web-disk1.vmdk", .flipped(at: 20)), caption: "the grain size"),
      Example(.ova, .content("web-disk1.vmdk", .flipped(at: 7)), caption: "the version"),
      Example(.ova, .content("web-disk1.vmdk", .flipped(at: 44)), documented: false),
      .qcow2(QCOW2Example(encryption: 9), caption: "a QCOW2 disk with an unknown cipher"),
      Example(.ova, .content("web-disk1.vmdk", .flipped(at: 300)), documented: false),
    ],
    passing: [.sound(.ova), Example(.ova, .content("web-disk1.vmdk", .shapedDisk(.qemuStream)))]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .header) }
  }
}
