import VirtualDisks

extension Rule {
  /// The host's own disk.
  static let diskTypeRefused = Rule(
    id: "disk-type-refused",
    group: .disks,
    title: "A disk is of a type that importers refuse",
    severity: .warning,
    basis: .practice(
      "Raw devices and their maps (`partitionedDevice`, `fullDevice`, `vmfsRDM`) are of one host."),
    why: "The disk's text describes disks or partitions of the host that it was made on. Importers "
      + "take streamOptimized, sparse and flat disks, and refuse this.",
    fix: "Copy the disk into a file where it is: `qemu-img convert -O vmdk -o "
      + "subformat=streamOptimized,adapter_type=lsilogic DISK NEW.vmdk`.",
    triggering: [
      Example(
        .folder,
        edits: [
          .init(old: "#streamOptimized", new: "#partitionedDevice"), .withoutSize, .listsExtent,
          .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="1""#),
        ],
        [
          .diskText(
            #"RW 2048 FLAT "web-disk1-flat.vmdk" 0 partitionUUID \\.\PhysicalDrive0"#,
            createType: "partitionedDevice"),
          .add("web-disk1-flat.vmdk", .filled(with: 0, count: 1 << 20)),
        ])
    ],
    passing: [.sound(.ova), .soundFlat]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .refusedType) }
  }
}
