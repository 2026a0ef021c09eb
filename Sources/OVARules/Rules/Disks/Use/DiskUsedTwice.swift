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
    version: 3,
    basis: .clause("DSP0243 9.1"),
    why: "Importers make a disk for each device and fill both from one file, or refuse the second. "
      + "A disk that machines share is declared in a SharedDiskSection. A Disk without a file may "
      + "serve several devices: each gets an empty disk of that size.",
    fix: "Give each device a `Disk` of its own, or declare the disk as shared.",
    triggering: [
      Example(
        .folder,
        edits: [.usesSecondDisk, .init(old: "ovf:/disk/disk2", new: "ovf:/disk/disk1")], []),
      Example(
        item: [
          "ElementName": "NVDIMM 1", "HostResource": "ovf:/disk/disk1", "InstanceID": "9",
          "ResourceSubType": "vmware.nvdimm.device", "ResourceType": "1",
        ], caption: "an NVDIMM and a hard disk"),
    ],
    passing: [
      .sound(.folder), Example(.folder, edits: [.blankDisk(), .usesSecondDisk], []),
      Example(
        .folder,
        edits: [
          .blankDisk(), .init(old: "ovf:/disk/disk1", new: "ovf:/disk/disk2"), .usesSecondDisk,
        ], [], caption: "two devices with a blank disk each"),
      Example(
        .folder,
        edits: [
          .usesSecondDisk, .init(old: "ovf:/disk/disk2", new: "ovf:/disk/disk1"),
          .init(
            old: "<Item>\n        <rasd:AddressOnParent>0",
            new: "<Item ovf:configuration=\"small\">\n        <rasd:AddressOnParent>0"),
          .init(
            old: "<Item>\n        <rasd:AddressOnParent>1",
            new: "<Item ovf:configuration=\"big\">\n        <rasd:AddressOnParent>1"),
          .init(
            old: "  <VirtualSystem ", new: Example.options("small", "big") + "  <VirtualSystem "),
        ], [], caption: "one device in each configuration"),
    ]
  ) { checked, findings in
    let envelope = checked.package.envelope
    var users: [Place: (disk: Disk, items: Set<Place>)] = [:]
    // Most disks hang on one item, whatever the configuration.
    guard checked.hasDiskOfSeveralItems else { return }
    for configuration in envelope.configurations {
      let devices = envelope.virtualSystems.flatMap { system in
        envelope.hardware(of: system, in: configuration)?.devices ?? []
      }
      var together: [Place: (disk: Disk, items: Set<Place>)] = [:]
      for device in devices {
        guard let disk = device.filledDisk, !disk.isShared else { continue }
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
  /// True if some disk hangs on more than one item, be it in different configurations.
  fileprivate var hasDiskOfSeveralItems: Bool {
    var items: [Place: Place] = [:]
    for (_, hardware) in hardware {
      for device in hardware.devices {
        guard let disk = device.filledDisk else { continue }
        if let known = items[disk.place], known != device.item.place { return true }
        items[disk.place] = device.item.place
      }
    }
    return false
  }
}

extension Device {
  /// The Disk behind it if that has contents, which two devices cannot both own.
  fileprivate var filledDisk: Disk? {
    guard case .disk(let disk, _) = backing,
      disk.fileReference != nil || disk.parentReference != nil
    else { return nil }
    return disk
  }
}
