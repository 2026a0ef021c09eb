import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A host resource names a disk or file that is not listed.
  static let hostResourceDangling = Rule(
    id: "host-resource-dangling",
    group: .hardware,
    title: "A device names a disk or file that is not listed",
    severity: .error,
    basis: .clause("DSP0243 8.3"),
    why: "The id after `ovf:/disk/` is that of a Disk, the id after `ovf:/file/` that of a File. "
      + "One that leads nowhere leaves the machine without its disk.",
    fix: "Correct the id, or add the Disk or File.",
    triggering: [
      Example(
        adding: Example.item([
          "AddressOnParent": "1", "ElementName": "Hard disk 2",
          "HostResource": "ovf:/disk/disk2", "InstanceID": "9", "Parent": "3",
          "ResourceType": "17",
        ]), before: "    </VirtualHardwareSection>"),
      Example(
        item: [
          "ElementName": "CD drive", "HostResource": "ovf:/file/iso", "InstanceID": "9",
          "ResourceType": "15",
        ]),
      Example(
        replacing: "<rasd:HostResource>ovf:/disk/disk1<",
        with: "<rasd:HostResource>ovf:/disk/Disk1<", documented: false),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    let envelope = checked.envelope
    for item in checked.items where item.isDevice {
      for resource in item.hostResources {
        guard let value = resource.value, let missing = envelope.missing(value) else { continue }
        let likeness = envelope.likeness(to: value)
        findings.add(
          "\(item.title) names the \(missing), which is not listed", at: resource.place,
          expected: likeness?.name, found: resource.text, fix: likeness?.fix)
      }
    }
  }
}

extension Envelope {
  /// The listed id that is almost that of a reference.
  fileprivate func likeness(to resource: HostResource) -> NameLikeness? {
    switch resource {
    case .disk(let id): NameLikeness(id, among: disks.compactMap { $0.id?.text })
    case .file(let id): NameLikeness(id, among: files.compactMap { $0.id?.text })
    case .other: nil
    }
  }

  /// "disk 'x'" or "file 'x'" for a reference that leads nowhere.
  fileprivate func missing(_ resource: HostResource) -> String? {
    guard case .unresolved = backing(of: resource) else { return nil }
    switch resource {
    case .disk(let id): return "disk '\(id)'"
    case .file(let id): return "file '\(id)'"
    case .other: return nil
    }
  }
}
