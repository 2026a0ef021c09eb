import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A device is backed by several disks or files.
  static let hostResourceSeveral = Rule(
    id: "host-resource-several",
    group: .hardware,
    title: "A device names several disks or files",
    severity: .warning,
    basis: .clause("DSP0243 8.3"),
    why: "A drive holds one disk. Of several HostResources a product takes the first or the last, "
      + "and the other disk is left out.",
    fix: "Delete all but one, or give each disk an Item of its own.",
    triggering: [
      Example(
        replacing: "<rasd:HostResource>ovf:/disk/disk1</rasd:HostResource>",
        with: "<rasd:HostResource>ovf:/disk/disk1</rasd:HostResource>"
          + "<rasd:HostResource>ovf:/file/file1</rasd:HostResource>")
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for item in checked.items {
      let resources = item.hostResources
      guard let second = resources.dropFirst().first else { continue }
      findings.add(
        "\(item.title) names \(resources.map(\.text).quoted)", at: second.place, expected: "one",
        found: "\(resources.count)")
    }
  }
}
