import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A disk that hangs in two places.
  static let diskUsedTwice = Rule(
    id: "disk-used-twice",
    group: .disks,
    title: "Two devices use one Disk",
    severity: .warning,
    basis: .clause("DSP0243 9.1"),
    why: "Importers make a disk for each device and fill both from one file, or refuse the second. "
      + "A disk that machines share is declared in a SharedDiskSection.",
    fix: "Give each device a `Disk` of its own, or declare the disk as shared.",
    triggering: [
      Example(
        .folder,
        edits: [.usesSecondDisk, .init(old: "ovf:/disk/disk2", new: "ovf:/disk/disk1")], [])
    ],
    passing: [.sound(.folder), Example(.folder, edits: [.blankDisk(), .usesSecondDisk], [])]
  ) { checked, findings in
    let envelope = checked.package.envelope
    var said: Set<Place> = []
    for configuration in envelope.configurationIDs {
      var first: [Place: Device] = [:]
      for system in envelope.virtualSystems {
        for device in envelope.hardware(of: system, in: configuration)?.disks ?? [] {
          guard case .disk(let disk, _) = device.backing, !disk.isShared else { continue }
          guard let earlier = first[disk.place] else {
            first[disk.place] = device
            continue
          }
          guard said.insert(device.item.place).inserted else { continue }
          findings.add(
            "\(disk.title) already hangs on the device in line \(earlier.item.place.line ?? 0)",
            at: device.item.place, found: disk.id?.text)
        }
      }
    }
  }
}
