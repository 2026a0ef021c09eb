extension Rule {
  /// A stream of an old version.
  static let diskVersionOld = Rule(
    id: "disk-version-old",
    group: .disks,
    title: "A streamed disk has an old header version",
    severity: .warning,
    basis: .practice("vSphere: 'Not a supported disk format (sparse VMDK version too old)'."),
    why: "Streamed disks have version 3. qemu-img before 2.5.1 wrote 1, which vSphere refuses.",
    fix: "Convert the disk with a current tool: `qemu-img convert -O vmdk -o "
      + "subformat=streamOptimized,adapter_type=lsilogic DISK NEW.vmdk`; put NEW.vmdk in its "
      + "place, then run `ova fix PATH --accept-content --write NEW.ova`.",
    triggering: [Example(.ova, .content("web-disk1.vmdk", .shapedDisk(.versionOne)))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .version) }
  }
}
