import OVAPackage
import OVFDescriptor

extension Rule {
  /// A capacity of zero.
  static let diskZeroCapacity = Rule(
    id: "disk-zero-capacity",
    group: .disks,
    title: "A Disk's capacity is zero",
    severity: .error,
    basis: .practice("ovftool's own test suite rejects it."),
    why: "A disk of no bytes cannot be made.",
    fix: "Write the disk's virtual size into `ovf:capacity`.",
    triggering: [Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="0""#)],
    passing: [.sound(.folder)]
  ) { checked, findings in
    let envelope = checked.package.envelope
    for disk in envelope.disks {
      guard let capacity = disk.capacity, envelope.capacityBytes(of: disk) == 0 else { continue }
      findings.add("the capacity of \(disk.title) is 0", at: capacity.place, found: capacity.text)
    }
  }
}
