import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The machine's family has no NVMe controllers.
  static let nvmeFamilyTooOld = Rule(
    id: "nvme-family-too-old",
    group: .hardware,
    title: "The hardware family has no NVMe controllers",
    severity: .warning,
    basis: .practice("vSphere: a minimum version of 'vmx-13' is required."),
    why: "VMware's families know NVMe from vmx-13 on; on an older one the device is refused.",
    fix: "Raise the VirtualSystemType to `vmx-13`, or use a SCSI controller.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(old: "vmx-13", new: "vmx-11"),
          Example.Edit(
            old: "    </VirtualHardwareSection>",
            new: Example.item([
              "ElementName": "NVMe 0", "InstanceID": "9",
              "ResourceSubType": "vmware.nvme.controller", "ResourceType": "20",
            ]) + "    </VirtualHardwareSection>"),
        ], [])
    ],
    passing: [
      .sound(.folder),
      Example(
        item: [
          "ElementName": "NVMe 0", "InstanceID": "9", "ResourceSubType": "vmware.nvme.controller",
          "ResourceType": "20",
        ]),
    ]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      guard let newest = hardware.section.vmwareVersions.max(), newest < 13 else { continue }
      for device in hardware.devices where device.kind == .controller(.nvme) {
        findings.add(
          "\(device.item.title) is an NVMe controller, and the newest family is vmx-\(newest)",
          at: device.item.place, expected: "vmx-13 or later", found: "vmx-\(newest)")
      }
    }
  }
}
