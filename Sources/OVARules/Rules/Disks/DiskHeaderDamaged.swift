extension Rule {
  /// The header makes no sense.
  static let diskHeaderDamaged = Rule(
    id: "disk-header-damaged",
    group: .disks,
    title: "A disk's header is damaged",
    severity: .error,
    basis: .practice("VMware's sparse format, as its tools and qemu-img read it."),
    why: "The header tells where everything else is. With a wrong value in it, readers refuse the "
      + "disk or read the wrong places.",
    fix: "Fetch the disk again, or convert it anew from its source.",
    triggering: [
      Example(.ova, .content("web-disk1.vmdk", .flipped(at: 20)), caption: "the grain size"),
      Example(.ova, .content("web-disk1.vmdk", .flipped(at: 7)), caption: "the version"),
      Example(.ova, .content("web-disk1.vmdk", .flipped(at: 44)), documented: false),
      Example(.ova, .content("web-disk1.vmdk", .flipped(at: 300)), documented: false),
    ],
    passing: [.sound(.ova), Example(.ova, .content("web-disk1.vmdk", .shapedDisk(.qemuStream)))]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .header) }
  }
}
