import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The machine's family does not have its firmware.
  static let firmwareFamilyTooOld = Rule(
    id: "firmware-family-too-old",
    group: .hardware,
    title: "The hardware family does not have the firmware",
    severity: .warning,
    basis: .practice(
      "VMware: EFI from vmx-08, secure boot from vmx-13, virtualization-based security from vmx-14."
    ),
    why: "A host that makes a machine of the older family gives it a BIOS, or boots what is not "
      + "signed; a guest that was installed for the firmware does not start.",
    fix: "Raise the VirtualSystemType to the family that has it.",
    triggering: [
      Example(.folder, edits: [.family("vmx-07"), .setting("firmware", "efi")], []),
      Example(
        .folder,
        edits: [
          .family("vmx-11"),
          .setting("firmware", "efi", "bootOptions.efiSecureBootEnabled", "true"),
        ], []),
    ],
    passing: [
      .sound(.folder), Example(.folder, edits: [.setting("firmware", "efi")], []),
      Example(
        .folder, edits: [.family("vmx-07"), .setting("firmware", "bios")], [], documented: false),
    ]
  ) { checked, findings in
    for (machine, hardware) in checked.hardware {
      guard let newest = hardware.section.vmwareVersions.max() else { continue }
      let wants: [(isWanted: Bool, name: String, first: Int)] = [
        (hardware.section.isTrue("flags.vbsEnabled"), "VBS", VMwareFamily.firstWithVBS),
        (hardware.secureBoot == true, "secure boot", VMwareFamily.firstWithSecureBoot),
        (hardware.firmware == "efi", "EFI", VMwareFamily.firstWithEFI),
      ]
      guard let want = wants.first(where: { $0.isWanted && $0.first > newest }) else { continue }
      findings.add(
        "\(machine.title) wants \(want.name), which VMware's hardware has from "
          + "\(want.first.asFamily) on; the newest family here is \(newest.asFamily)",
        at: hardware.section.system?.field("VirtualSystemType")?.place ?? hardware.section.place,
        expected: "\(want.first.asFamily) or later", found: newest.asFamily)
    }
  }
}

extension HardwareSection {
  /// Returns whether VMware's setting of that name is true.
  func isTrue(_ key: String) -> Bool { setting(key)?.lowercased() == "true" }
}

extension Example.Edit {
  /// Settings of VMware's that may be skipped: keys, each followed by its value.
  static func setting(_ words: String...) -> Self {
    let pairs = zip(words, words.dropFirst()).enumerated().filter { $0.offset % 2 == 0 }
    let lines = pairs.map {
      "      <vmw:Config ovf:required=\"false\" vmw:key=\"\($0.element.0)\""
        + " vmw:value=\"\($0.element.1)\"/>\n"
    }
    return Self(
      old: "    </VirtualHardwareSection>", new: lines.joined() + "    </VirtualHardwareSection>")
  }
}
