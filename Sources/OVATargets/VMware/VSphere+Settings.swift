import OVARules
import OVFDescriptor

extension TargetProduct {
  static let vSphereSettings: [TargetCondition] = [
    TargetCondition(
      "vs-required-config", "a required setting that vSphere does not know", .fails,
      "The import stops: the key cannot be parsed; of an optional one it only warns.",
      fix: "Write `ovf:required=\"false\"` on the setting, or remove it.",
      basis: .reported("sexigraf#240"),
      triggering: .edit(
        Example.hardwareEnd,
        Example.config("x.unknown", "1", required: true) + Example.hardwareEnd),
      passing: .edit(Example.hardwareEnd, Example.config("x.unknown", "1") + Example.hardwareEnd)
    ) { view in
      view.settings(.config).filter { setting in
        guard let key = setting.key?.text, !key.isEmpty else { return false }
        return setting.isRequired && !VMwareSetting.isKnown(key)
      }.map(\.hit)
    },
    TargetCondition(
      "vs-extraconfig-required", "a required advanced setting that makes a device", .fails,
      "The import stops: the value is unsupported.", fix: "Describe the device by an Item.",
      basis: .reported("gns3-vm#40"),
      triggering: .edit(
        Example.hardwareEnd,
        Example.extraConfig("ethernet1.present", "true", required: true) + Example.hardwareEnd),
      passing: .edit(
        Example.hardwareEnd,
        Example.extraConfig("ethernet1.present", "true", required: false) + Example.hardwareEnd)
    ) { view in view.extraConfigs.filter { $0.makesDevice && $0.isRequired }.map(\.hit) },
    TargetCondition(
      "vs-extraconfig-optional", "an optional advanced setting that makes a device", .loss,
      "The setting is dropped.", fix: "Describe the device by an Item.",
      basis: .reported("gns3-vm#40"),
      triggering: .edit(
        Example.hardwareEnd,
        Example.extraConfig("ethernet1.present", "true", required: false) + Example.hardwareEnd)
    ) { view in view.extraConfigs.filter { $0.makesDevice && !$0.isRequired }.map(\.hit) },
    TargetCondition(
      "vs-extraconfig-unlisted", "an advanced setting", .unknown,
      "VMware has a list of settings that packages may have and does not publish it.",
      fix: "Remove the setting when the machine can do without it.",
      basis: .source("govmomi's fixtures of VMware"),
      triggering: .edit(
        Example.hardwareEnd,
        Example.extraConfig("disk.enableUUID", "true", required: false) + Example.hardwareEnd)
    ) { view in view.extraConfigs.filter { !$0.makesDevice }.map(\.hit) },
    TargetCondition(
      "vs-nvram-ref", "an NVRAM setting that names no file of the package", .fails,
      "VMware's own fixtures call such a package illegal.",
      fix: "List the NVRAM file in the References, or remove the setting.",
      basis: .source("govmomi fixtures vbs/"),
      triggering: .edit(
        Example.hardwareEnd,
        Example.extraConfig("nvram", "ovf:/file/nvram", required: false) + Example.hardwareEnd)
    ) { view in
      view.hardware.compactMap(\.nvram).filter { nvram in
        guard case .file(let id) = nvram.value else { return false }
        return !view.envelope.files.contains { $0.id?.text == id }
      }.map { Hit($0.place, found: $0.text) }.unique
    },
    TargetCondition(
      "vs-secureboot-bios", "secure boot of a BIOS", .unknown,
      "The setting is refused or dropped.", fix: "Set the firmware to EFI, or remove secure boot.",
      basis: .source("a govmomi fixture; the effect was not seen"),
      triggering: .edit(
        Example.hardwareEnd,
        Example.config("bootOptions.efiSecureBootEnabled", "true")
          + Example.config("firmware", "bios") + Example.hardwareEnd),
      passing: .edit(
        Example.hardwareEnd,
        Example.config("bootOptions.efiSecureBootEnabled", "true")
          + Example.config("firmware", "efi") + Example.hardwareEnd)
    ) { view in
      view.hardware.filter { $0.secureBoot == true && $0.firmware == "bios" }
        .map { Hit($0.section.place) }.unique
    },
  ]
}
