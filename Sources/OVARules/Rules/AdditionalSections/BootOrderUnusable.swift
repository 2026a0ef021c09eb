import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// VMware's boot order names something that the machine cannot boot from.
  static let bootOrderUnusable = Rule(
    id: "boot-order-unusable",
    group: .descriptor,
    title: "The boot order names what the machine cannot boot from, or contradicts itself",
    severity: .warning,
    version: 2,
    basis: .practice(
      "vSphere's exports: `vmw:BootOrderSection` with `vmw:type` (disk, cdrom, floppy, net) and the "
        + "instance ids of such devices in `vmw:instanceId`."),
    why: "A vmw:BootOrderSection says for one kind of device which of them the machine tries, in "
      + "this order. An id of no device, or of one of another kind, is passed over, and the machine "
      + "starts from whatever comes first, or the package is refused. Of two orders "
      + "for one kind of device importers take one or the other.",
    fix: "Write the instance ids of devices of that kind, separated by blanks, in one section for "
      + "each kind.",
    triggering: [
      Example(bootOrder: #"vmw:instanceId="40" vmw:type="disk""#),
      Example(bootOrder: #"vmw:instanceId="4 4" vmw:type="disk""#, caption: "one device twice"),
      Example(
        bootOrder: #"vmw:instanceId="5" vmw:type="disk""#, caption: "a network adapter is no disk"),
      Example(bootOrder: #"vmw:instanceId="4" vmw:type="hdd""#),
      Example(
        .folder,
        edits: [
          .blankDisk(), .usesSecondDisk,
          .init(
            old: "    <OperatingSystemSection ",
            new: Example.bootOrderText(#"vmw:instanceId="6 4" vmw:type="disk""#)
              + Example.bootOrderText(#"vmw:instanceId="4 6" vmw:type="disk""#)
              + "    <OperatingSystemSection "),
        ], [], caption: "two orders that contradict each other"),
      Example(bootOrder: #"vmw:type="disk""#, documented: false),
      Example(bootOrder: #"vmw:instanceId="4""#, documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(bootOrder: #"vmw:instanceId="4" vmw:type="disk""#),
      Example(bootOrder: #"vmw:instanceId="5" vmw:type="net""#, documented: false),
      Example(
        .folder,
        edits: [
          .blankDisk(), .usesSecondDisk,
          .init(
            old: "    <OperatingSystemSection ",
            new: Example.bootOrderText(#"vmw:instanceId="6 4" vmw:type="disk""#)
              + "    <OperatingSystemSection "),
        ], [], caption: "the second disk before the first"),
    ]
  ) { checked, findings in
    for system in checked.envelope.virtualSystems {
      // `net` and `ethernet` are one kind.
      var orders: [Set<UInt16>: [String]] = [:]
      for section in system.sections
      where section.kind == nil && section.name.local.isExactly("BootOrderSection") {
        guard case .unknown(let element) = section.body else { continue }
        func text(_ name: String) -> String? {
          element.attributes.first { $0.name.local.isExactly(name) }?.value.trimmingBlanks
        }
        let type = text("type")?.lowercased() ?? ""
        guard let kind = Self.bootKinds[type] else {
          findings.add(
            type.isEmpty
              ? "the boot order of \(system.title) has no vmw:type"
              : "the boot order of \(system.title) is of the type '\(type)'",
            at: section.place, expected: "disk, cdrom, floppy or net", found: text("type"))
          continue
        }
        let ids = (text("instanceId") ?? "").split { $0.isWhitespace || $0 == "," }.map(String.init)
        if ids.isEmpty {
          findings.add(
            "the boot order of \(system.title) names no device", at: section.place,
            expected: "vmw:instanceId", found: text("instanceId"))
        }
        if let first = orders.updateValue(ids, forKey: kind) {
          findings.add(
            first == ids
              ? "the boot order of \(system.title) for \(type) devices is there twice"
              : "the boot orders of \(system.title) for \(type) devices contradict each other",
            at: section.place, expected: "one order for each kind",
            found: "\(first.joined(separator: " ")), then \(ids.joined(separator: " "))")
        }
        let items = system.hardwareSections.flatMap(\.items)
        var seen: Set<ExactName> = []
        for id in ids {
          let meant = items.filter { $0.instanceID?.isExactly(id) == true }
          if !seen.insert(ExactName(id)).inserted {
            findings.add(
              "the boot order of \(system.title) names item \(id) twice", at: section.place,
              found: id)
          } else if meant.isEmpty {
            findings.add(
              "the boot order of \(system.title) names item \(id), which does not exist",
              at: section.place, expected: "the id of a \(type) device", found: id)
          } else if let first = meant.first,
            !meant.contains(where: { kind.contains($0.resourceType?.value ?? 0) })
          {
            findings.add(
              "the boot order of \(system.title) names \(first.title) as a \(type) device",
              at: section.place, expected: "the id of a \(type) device", found: id)
          }
        }
      }
    }
  }

  /// The resource types of the kinds of devices that a boot order has.
  private static let bootKinds: [String: Set<UInt16>] = [
    "disk": [17, 19, 31, 20], "cdrom": [15, 16], "floppy": [14], "net": [10], "ethernet": [10],
  ]
}

extension Example {
  /// The text of a boot order.
  fileprivate static func bootOrderText(_ attributes: String) -> String {
    "    <vmw:BootOrderSection ovf:required=\"false\" \(attributes)>\n"
      + "      <Info>Boot order</Info>\n    </vmw:BootOrderSection>\n"
  }

  /// An example with a boot order.
  fileprivate init(
    bootOrder attributes: String, caption: String? = nil, documented: Bool = true,
    fileID: String = #fileID, line: UInt = #line, column: UInt = #column
  ) {
    self.init(
      adding: Self.bootOrderText(attributes), before: "    <OperatingSystemSection ",
      caption: caption, documented: documented, fileID: fileID, line: line,
      column: column)
  }
}
