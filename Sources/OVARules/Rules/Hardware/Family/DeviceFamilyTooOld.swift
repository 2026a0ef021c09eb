import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The machine's family does not have one of its devices.
  static let deviceFamilyTooOld = Rule(
    id: "device-family-too-old",
    group: .hardware,
    title: "The hardware family does not have a device",
    severity: .warning,
    basis: .practice(
      "vSphere: \"the device … is not supported for the current virtual machine version 'vmx-10'. "
        + "A minimum version of 'vmx-13' is required\"."),
    why: "Each of VMware's families has its devices: VMXNET3 from vmx-07 on, E1000e from vmx-08, "
      + "SATA from vmx-10, NVMe from vmx-13, a TPM and NVDIMM from vmx-14. On an older family the "
      + "device is refused.",
    fix: "Raise the VirtualSystemType to the family that has the device, or use an older device.",
    triggering: [
      Example(.folder, edits: [.family("vmx-11"), .nvme], []),
      Example(
        .folder,
        edits: [.family("vmx-07"), Example.Edit(old: ">VmxNet3<", new: ">E1000e<")], []),
      Example(replacing: "vmx-13", with: "vmx-04", documented: false),
    ],
    passing: [
      .sound(.folder), Example(.folder, edits: [.nvme], []),
      Example(
        .folder,
        edits: [
          Example.Edit(old: "vmx-13", new: "vmx-04"),
          Example.Edit(old: ">VmxNet3<", new: ">VmxNet3 E1000<"),
        ], [], caption: "one of the alternatives is old enough"),
      Example(.folder, edits: [.family("vmx-11 vmx-13"), .nvme], [], documented: false),
    ]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      guard let newest = hardware.section.vmwareVersions.max() else { continue }
      for device in hardware.devices {
        let alternatives = device.item.subTypes.compactMap { subType in
          VMwareFamily.firstWithDevice[subType.lowercased()].map { (name: subType, first: $0) }
        }
        guard let oldest = alternatives.min(by: { $0.first < $1.first }), oldest.first > newest
        else { continue }
        findings.add(
          "\(device.item.title) is a '\(oldest.name)', which VMware's hardware has from "
            + "\(oldest.first.asFamily) on; the newest family here is \(newest.asFamily)",
          at: device.item.place, expected: "\(oldest.first.asFamily) or later",
          found: newest.asFamily)
      }
    }
  }
}

extension Int {
  /// The name of the family of that number: `vmx-07`.
  package var asFamily: String { self < 10 ? "vmx-0\(self)" : "vmx-\(self)" }
}

extension Example.Edit {
  /// The machine is of these families.
  static func family(_ families: String) -> Self { Self(old: "vmx-13", new: families) }

  fileprivate static let nvme = Self(
    old: "    </VirtualHardwareSection>",
    new: Example.item([
      "ElementName": "NVMe 0", "InstanceID": "9", "ResourceSubType": "vmware.nvme.controller",
      "ResourceType": "20",
    ]) + "    </VirtualHardwareSection>")
}
