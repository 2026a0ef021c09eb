import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Secure boot is demanded of a BIOS.
  static let secureBootWithoutEFI = Rule(
    id: "secure-boot-without-efi",
    group: .hardware,
    title: "Secure boot is demanded of a BIOS",
    severity: .warning,
    version: 2,
    basis: .practice("vSphere: secure boot is a setting of the EFI firmware."),
    why: "A BIOS knows no secure boot. Hosts drop the setting, or refuse the machine.",
    fix: "Set `firmware` to `efi` if the guest was installed so, else delete the setting.",
    triggering: [
      Example(.folder, edits: [.setting("bootOptions.efiSecureBootEnabled", "true")], []),
      Example(
        .folder,
        edits: [.setting("firmware", "bios", "bootOptions.efiSecureBootEnabled", "true")], [],
        documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [.setting("firmware", "efi", "bootOptions.efiSecureBootEnabled", "true")], []),
      Example(
        .folder, edits: [.setting("bootOptions.efiSecureBootEnabled", "false")], [],
        documented: false),
    ]
  ) { checked, findings in
    for (machine, section) in checked.hardwareSections
    where section.isTrue("bootOptions.efiSecureBootEnabled") {
      let firmware = section.setting("firmware")?.lowercased()
      // Another word is a finding of its own.
      guard firmware == nil || firmware == "bios" else { continue }
      let setting = section.settings.first {
        $0.key?.text == "bootOptions.efiSecureBootEnabled"
      }
      findings.add(
        "\(machine.title) demands secure boot, and its firmware is "
          + (firmware.map { "'\($0)'" } ?? "not said, which means a BIOS"),
        at: setting?.place ?? section.place, expected: "efi", found: firmware)
    }
  }
}
