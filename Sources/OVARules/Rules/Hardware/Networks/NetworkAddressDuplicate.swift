import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two network adapters have one place on the bus.
  static let networkAddressDuplicate = Rule(
    id: "network-address-duplicate",
    group: .hardware,
    title: "Two adapters have the same AddressOnParent",
    severity: .warning,
    basis: .practice("vSphere: AddressOnParent orders the adapters (glennmatthews/cot#17)."),
    why: "AddressOnParent says in which order the guest sees the adapters. vCenter calls a package "
      + "invalid in which two have the same number; mostly an Item was copied.",
    fix: "Give each adapter a number of its own: 7, 8, 9.",
    triggering: [
      Example(
        adding: adapter(8, address: 7) + adapter(9, address: 7),
        before: "    </VirtualHardwareSection>")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: adapter(8, address: 7) + adapter(9, address: 8),
        before: "    </VirtualHardwareSection>"),
    ]
  ) { checked, findings in
    var said: Set<Place> = []
    for (_, hardware) in checked.hardware {
      var first: [ExactName: Device] = [:]
      for device in hardware.networkAdapters {
        guard let address = device.item.addressOnParent, !address.text.trimmingBlanks.isEmpty else {
          continue
        }
        let name = ExactName("\(device.item.parentID ?? "") \(address.text.trimmingBlanks)")
        guard let earlier = first[name] else {
          first[name] = device
          continue
        }
        guard said.insert(address.place).inserted else { continue }
        findings.add(
          "\(earlier.item.title) and \(device.item.title) both have the AddressOnParent "
            + address.text.trimmingBlanks, at: address.place, found: address.text)
      }
    }
  }

  private static func adapter(_ id: Int, address: Int) -> String {
    Example.item([
      "AddressOnParent": "\(address)", "AutomaticAllocation": "true", "Connection": "VM Network",
      "ElementName": "Network adapter \(id)", "InstanceID": "\(id)", "ResourceSubType": "VmxNet3",
      "ResourceType": "10",
    ])
  }
}
