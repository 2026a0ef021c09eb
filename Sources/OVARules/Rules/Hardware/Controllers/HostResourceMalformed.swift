import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A disk's host resource names nothing of the package.
  static let hostResourceMalformed = Rule(
    id: "host-resource-malformed",
    group: .hardware,
    title: "A HostResource is not a reference into the package",
    severity: .error,
    basis: .clause("DSP0243 8.3"),
    why: "A disk's HostResource is `ovf:/disk/` or `ovf:/file/` with an id. A file name or a path "
      + "of the producer's machine means nothing elsewhere.",
    fix: "Write `ovf:/disk/` and the diskId.",
    triggering: [
      Example(replacing: "ovf:/disk/disk1", with: "web-disk1.vmdk"),
      Example(replacing: "ovf:/disk/disk1", with: "/var/disks/web.vmdk"),
    ],
    passing: [
      .sound(.folder),
      Example(replacing: "ovf:/disk/disk1", with: "/disk/disk1", caption: "the older form"),
      Example(
        item: [
          "ElementName": "CD drive", "HostResource": "/dev/cdrom", "InstanceID": "9",
          "ResourceType": "15",
        ], caption: "drives of other kinds may mean the host's", documented: false),
    ]
  ) { checked, findings in
    for item in checked.items where item.isDevice && item.isDisk {
      for resource in item.hostResources {
        guard case .other = resource.value else { continue }
        if let value = resource.value, checked.envelope.dialect == .oVirt {
          // oVirt names the image; one that is not listed is dangling.
          if case .unresolved = checked.envelope.backing(of: value) {} else { continue }
        }
        findings.add(
          "the HostResource of \(item.title) is '\(resource.text)'", at: resource.place,
          expected: "ovf:/disk/ and a diskId", found: resource.text)
      }
    }
  }
}

extension Item {
  /// True if it is a hard disk.
  var isDisk: Bool { [17, 19, 31].contains(resourceType?.value ?? 0) }
}
