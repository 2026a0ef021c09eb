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
    version: 2,
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
    var users: [Place: (disk: Disk, items: Set<Place>)] = [:]
    // Most disks hang on one item, whatever the configuration.
    guard checked.hasDiskOfSeveralItems else { return }
    for configuration in envelope.configurations {
      let devices = envelope.virtualSystems.flatMap { system in
        envelope.hardware(of: system, in: configuration)?.disks ?? []
      }
      var together: [Place: (disk: Disk, items: Set<Place>)] = [:]
      for device in devices {
        guard case .disk(let disk, _) = device.backing, !disk.isShared else { continue }
        together[disk.place, default: (disk, [])].items.insert(device.item.place)
      }
      for (place, use) in together where use.items.count > 1 {
        users[place, default: (use.disk, [])].items.formUnion(use.items)
      }
    }
    for (disk, items) in users.values {
      let places = items.sorted()
      guard let second = places.dropFirst().first else { continue }
      let lines = places.prefix(6).map { place in
        "\(place.line ?? 0)" + (place.column.map { ":\($0)" } ?? "")
      }.joined(separator: ", ")
      findings.add(
        "\(disk.title) hangs on \(places.count) devices, in lines \(lines)"
          + (places.count > 6 ? " and others" : ""), at: second, found: disk.id?.text)
    }
  }
}

extension CheckedPackage {
  /// Whether some disk hangs on more than one item, be it in different configurations.
  fileprivate var hasDiskOfSeveralItems: Bool {
    var items: [Place: Place] = [:]
    for (_, hardware) in hardware {
      for device in hardware.disks {
        guard case .disk(let disk, _) = device.backing else { continue }
        if let known = items[disk.place], known != device.item.place { return true }
        items[disk.place] = device.item.place
      }
    }
    return false
  }
}
