extension Rule {
  /// The text inside a disk is not as it should be.
  static let diskDescriptorMalformed = Rule(
    id: "disk-descriptor-malformed",
    group: .disks,
    title: "The text that describes a disk is malformed",
    severity: .error,
    version: 2,
    basis: .practice("VMware's disk descriptor; VirtualBox and Player refuse rewritten ones."),
    why: "The descriptor inside a VMDK tells its kind, extents and parent. Importers parse it "
      + "strictly, and a line that they cannot read ends the import.",
    fix: "Convert the disk again, or restore the descriptor's original text and padding.",
    triggering: [
      Example(
        .folder,
        edits: [
          .flatFormat, .withoutSize, .listsExtent,
          .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="1""#),
        ],
        [
          .diskText("RW many FLAT \"web-disk1-flat.vmdk\" 0"),
          .add("web-disk1-flat.vmdk", .filled(with: 0, count: 1 << 20)),
        ], caption: "an extent without a size")
    ],
    passing: [.sound(.ova), .soundFlat]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .descriptor) }
  }
}
