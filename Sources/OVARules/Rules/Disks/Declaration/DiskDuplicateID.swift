import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two `Disk`s with one id.
  static let diskDuplicateID = Rule(
    id: "disk-duplicate-id",
    group: .disks,
    title: "Two Disks have one id",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "It is not clear which of them a machine means; importers take one or refuse the package.",
    fix: "Give each `Disk` an id of its own, and correct the Items that refer to it.",
    triggering: [
      Example(.folder, edits: [.secondDisk(#"ovf:diskId="disk1" ovf:capacity="1073741824""#)], [])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    var seen: [[UInt8]: Disk] = [:]
    for disk in checked.package.envelope.disks {
      guard let id = disk.id, !id.text.isEmpty else { continue }
      guard let first = seen[Array(id.text.utf8)] else {
        seen[Array(id.text.utf8)] = disk
        continue
      }
      findings.add(
        "the id '\(id.text)' is already that of the Disk in \(first.place.position)",
        at: id.place, found: id.text)
    }
  }
}
