import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A device hangs on an item that is not there.
  static let parentDangling = Rule(
    id: "parent-dangling",
    group: .hardware,
    title: "A device's parent is not there",
    severity: .error,
    basis: .clause("DSP0243 8.3"),
    why: "Parent is the instance id of the controller that the device hangs on. Where no item of "
      + "the same configuration has that id the importer cannot attach the device.",
    fix: "Add the controller, or write the instance id of one that is there.",
    triggering: [
      Example(
        replacing: "<rasd:Parent>3</rasd:Parent>", with: "<rasd:Parent>7</rasd:Parent>"),
      Example(
        replacing: "<rasd:Parent>3</rasd:Parent>", with: "<rasd:Parent>03</rasd:Parent>",
        documented: false),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for (machine, hardware) in checked.hardware {
      let ids = hardware.ids
      for device in hardware.devices {
        guard let parent = device.parentID, !ids.contains(ExactName(parent)) else { continue }
        // One of another configuration that is no controller either is said to be none.
        let elsewhere = hardware.section.items.filter {
          $0.isDevice && $0.instanceID?.isExactly(parent) == true
        }
        guard elsewhere.isEmpty || elsewhere.contains(where: \.isController) else { continue }
        let likeness = NameLikeness(parent, among: ids.map(\.name).sorted())
        findings.add(
          "the parent of \(device.item.title) is '\(parent)', and \(machine.title) has no such "
            + "item", at: device.item.parent?.place ?? device.item.place,
          expected: likeness?.name ?? "the id of a controller", found: parent, fix: likeness?.fix)
      }
    }
  }
}

extension Hardware {
  /// The instance ids of the devices.
  var ids: Set<ExactName> { Set(devices.compactMap { $0.item.instanceID.map { ExactName($0) } }) }
}

extension Item {
  /// True if it is a controller by its number alone.
  fileprivate var isController: Bool {
    [5, 6, 7, 8, 9, 20, 23, 25].contains(resourceType?.value ?? 0)
  }
}

extension Device {
  /// The instance id of the parent; nil without one, and for oVirt's id of zeros.
  var parentID: String? { item.parentID }
}
