import OVAPackage
import OVFDescriptor

extension Rule {
  /// More in use than there is.
  static let diskPopulatedExceedsCapacity = Rule(
    id: "disk-populated-exceeds-capacity",
    group: .disks,
    title: "More of a Disk is in use than it holds",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "`ovf:populatedSize` counts bytes whatever the units of the capacity are; more of them "
      + "than the capacity shows that one of the two is wrong. Some importers refuse it.",
    fix: "Correct `ovf:populatedSize`, or leave it out.",
    triggering: [
      Example(
        replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="64" ovf:populatedSize="67108865""#)
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="64" ovf:populatedSize="67108864""#),
    ]
  ) { checked, findings in
    let envelope = checked.package.envelope
    for disk in envelope.disks {
      guard let size = disk.populatedSize, let populated = size.value,
        let capacity = envelope.capacityBytes(of: disk), populated > capacity, capacity > 0
      else { continue }
      findings.add(
        "\(disk.title) has \(populated) bytes in use and a capacity of \(capacity)",
        at: size.place, expected: "at most \(capacity)", found: size.text)
    }
  }
}
