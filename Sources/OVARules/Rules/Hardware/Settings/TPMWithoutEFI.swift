import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A TPM is demanded of a machine with a BIOS.
  static let tpmWithoutEFI = Rule(
    id: "tpm-without-efi",
    group: .hardware,
    title: "A machine with a BIOS has a TPM",
    severity: .warning,
    basis: .practice("vSphere: a virtual TPM needs EFI firmware and vmx-14 or later."),
    why: "Hosts add a virtual TPM only to a machine that boots by EFI. The import fails, or the "
      + "guest finds no TPM.",
    fix: "Set `firmware` to `efi` if the guest was installed so, else delete the Item.",
    triggering: [
      Example(.folder, edits: [.family("vmx-14"), .tpm], []),
      Example(
        .folder, edits: [.family("vmx-14"), .tpm, .setting("firmware", "bios")], []),
    ],
    passing: [
      .sound(.folder),
      Example(.folder, edits: [.family("vmx-14"), .tpm, .setting("firmware", "efi")], []),
    ]
  ) { checked, findings in
    // oVirt says the firmware in an element of its own, and gives a TPM to no machine with a BIOS.
    guard checked.envelope.dialect != .oVirt else { return }
    for (machine, hardware) in checked.hardware {
      let firmware = hardware.firmware
      guard firmware?.hasPrefix("efi") != true,
        let tpm = hardware.devices.first(where: { $0.kind == .other(.tpm) })
      else { continue }
      findings.add(
        "\(machine.title) has a TPM, and its firmware is "
          + (firmware.map { "'\($0)'" } ?? "not said, which means a BIOS"),
        at: tpm.item.place, expected: "efi", found: firmware,
        severity: hardware.section.isVirtualBoxOnly ? .info : nil)
    }
  }
}

extension Example.Edit {
  /// The machine has a TPM.
  fileprivate static let tpm = Self(
    old: "    </VirtualHardwareSection>",
    new: Example.item(
      "ovf:required=\"false\"",
      [
        "AutomaticAllocation": "false", "ElementName": "Virtual TPM", "InstanceID": "13",
        "ResourceSubType": "vmware.vtpm", "ResourceType": "1",
      ]) + "    </VirtualHardwareSection>")
}
