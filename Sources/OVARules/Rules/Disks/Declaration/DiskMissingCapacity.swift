import OVAPackage
import OVFDescriptor

extension Rule {
  /// No capacity.
  static let diskMissingCapacity = Rule(
    id: "disk-missing-capacity",
    group: .disks,
    title: "A Disk has no capacity",
    severity: .error,
    version: 2,
    basis: .clause("DSP0243 9.1"),
    why:
      "Importers make the disk in the declared size before they fill it, and refuse one without.",
    fix: "Write the disk's virtual size into `ovf:capacity`.",
    triggering: [Example(replacing: #" ovf:capacity="64""#, with: "")],
    passing: [.sound(.folder)]
  ) { checked, findings in
    // A LUN of the host has the size that it has.
    for disk in checked.package.envelope.disks
    where disk.capacity == nil && disk.oVirtSize == nil && disk.directLUN == nil {
      findings.add("\(disk.title) has no capacity", at: disk.place, expected: "ovf:capacity")
    }
  }
}
