import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

extension Rule {
  /// More or less is in use than the descriptor says.
  static let diskPopulatedDiffers = Rule(
    id: "disk-populated-differs",
    group: .disks,
    title: "A disk has another number of bytes in use than `ovf:populatedSize` says",
    severity: .info,
    basis: .practice("ovftool writes the bytes of the grains that are stored."),
    why: "Importers reserve room on thin storage by `ovf:populatedSize`. Another number shows that "
      + "the disk was replaced or converted after the descriptor was written. Seen by `--deep` only.",
    fix: "Write the number that is found, or leave the attribute out.",
    triggering: [
      Example(
        .ova,
        edits: [
          .init(
            old: Example.soundCapacity, new: Example.soundCapacity + #" ovf:populatedSize="65536""#)
        ], [])
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova,
        edits: [
          .init(
            old: Example.soundCapacity, new: Example.soundCapacity + #" ovf:populatedSize="131072""#
          )
        ], []),
    ]
  ) { checked, findings in
    for seen in checked.seenDisks {
      guard let size = seen.disk.disk.populatedSize, let populated = size.value,
        let allocated = checked.grains(of: seen.disk)?.allocatedBytes, allocated != populated,
        let capacity = seen.content.capacity, populated <= capacity,
        seen.diagnostics.allSatisfy({ $0.weight != .damage })
      else { continue }
      findings.add(
        "'\(seen.name)' has \(allocated) bytes in use, not \(populated)", at: size.place,
        expected: "\(allocated)", found: size.text)
    }
  }
}
