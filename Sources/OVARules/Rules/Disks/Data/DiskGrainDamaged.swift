extension Rule {
  /// A grain is not what was stored.
  static let diskGrainDamaged = Rule(
    id: "disk-grain-damaged",
    group: .disks,
    title: "A part of a disk is damaged",
    severity: .error,
    version: 2,
    basis: .practice("VirtualBox: VERR_ZIP_CORRUPTED; qemu-img and vmdk-convert say nothing."),
    why: "A compressed grain does not give back what was stored: the transfer damaged it. Imports "
      + "fail in the middle, or the machine reads wrong data. Seen by `--deep` only.",
    fix: "Fetch the disk again; if it is so at the publisher's, tell them the offset.",
    triggering: [
      Example(
        .ova, .content("web-disk1.vmdk", .flipped(at: (128 << 9) + 40)),
        caption: "one bit of a grain")
    ],
    passing: [.sound(.ova), Example(.ova, .content("web-disk1.vmdk", .shapedDisk(.qemuStream)))]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .grains) }
  }
}
