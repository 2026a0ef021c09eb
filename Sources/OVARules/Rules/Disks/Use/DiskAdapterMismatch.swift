import OVAPackage
import OVFDescriptor
import VirtualDisks

extension Rule {
  /// Made for another controller.
  static let diskAdapterMismatch = Rule(
    id: "disk-adapter-mismatch",
    group: .disks,
    title: "A disk was made for another controller than it hangs on",
    severity: .info,
    basis: .practice("`ddb.adapterType`, which qemu-img sets to 'ide' unless told."),
    why: "vSphere goes by the descriptor; desktop products that attach the disk as it is may put "
      + "it on the controller that it names, where the guest has no driver.",
    fix: "Convert with the type of the controller: `qemu-img convert -O vmdk -o "
      + "subformat=streamOptimized,adapter_type=lsilogic DISK NEW.vmdk`; put NEW.vmdk in its "
      + "place, then run `ova fix PATH --accept-content --write NEW.ova`.",
    triggering: [
      Example(
        .ova, edits: [.withoutSize], [.content("web-disk1.vmdk", .shapedDisk(.ideAdapter))])
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let envelope = checked.package.envelope
    for seen in checked.seenDisks {
      guard let adapter = seen.content.descriptor?.adapterType, adapter.lowercased() == "ide" else {
        continue
      }
      let hardware = envelope.virtualSystems.compactMap {
        envelope.hardware(of: $0, in: envelope.defaultConfiguration)
      }
      for device in hardware.flatMap(\.disks) {
        guard case .disk(let disk, _) = device.backing, disk.place == seen.disk.disk.place,
          let bus = device.slot?.bus, bus == .scsi || bus == .nvme
        else { continue }
        findings.add(
          "'\(seen.name)' was made for '\(adapter)' and hangs on \(bus.rawValue.uppercased())",
          at: seen.disk.filePlace, expected: bus.rawValue, found: adapter)
      }
    }
  }
}
