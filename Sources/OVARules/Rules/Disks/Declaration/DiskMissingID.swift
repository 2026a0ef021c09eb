import OVAPackage
import OVFDescriptor

extension Rule {
  /// A `Disk` without an id.
  static let diskMissingID = Rule(
    id: "disk-missing-id",
    group: .disks,
    title: "A Disk has no id",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "Machines mean a disk by its id; one without can hang on nothing.",
    fix: "Give the `Disk` an `ovf:diskId` and let an `Item` refer to it.",
    triggering: [Example(replacing: #" ovf:diskId="disk1""#, with: "")],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for disk in checked.package.envelope.disks where disk.id?.text.isEmpty ?? true {
      findings.add("a Disk has no id", at: disk.place, expected: "ovf:diskId")
    }
  }
}
