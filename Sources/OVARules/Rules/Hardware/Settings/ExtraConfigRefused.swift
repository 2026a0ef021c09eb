import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A line of the `.vmx` file that vSphere does not take from a package.
  static let extraConfigRefused = Rule(
    id: "extra-config-refused",
    group: .hardware,
    title: "An advanced setting is one that vSphere refuses",
    severity: .warning,
    version: 2,
    basis: .practice(
      "vSphere: \"unsupported value 'ethernet1.present' for attribute 'key' on element "
        + "'ExtraConfig'\", and the same of 'firmware', 'uefi.secureBoot.enabled', 'vhv.enable'."),
    why:
      "An ExtraConfig is a line of the `.vmx` file. Lines that make devices, or that vSphere has "
      + "another way to set, are not taken from a package: the line is dropped, and of a required "
      + "one the package is refused.",
    fix: "Describe the device by an Item, and delete the setting.",
    triggering: [
      Example(.folder, edits: [.extraConfig("ethernet1.present", "true")], []),
      Example(
        .folder, edits: [.extraConfig("disable_acceleration", "true")], [], documented: false),
      Example(
        .folder, edits: [.extraConfig("firmware", "efi")], [],
        caption: "what a Config sets"),
      Example(
        .folder, edits: [.extraConfig("vhv.enable", "TRUE")], [], documented: false),
      Example(
        .folder, edits: [.extraConfig("mem.hotadd", "TRUE")], [],
        caption: "one that is merely passed over"),
    ],
    passing: [
      .sound(.folder), Example(.folder, edits: [.extraConfig("disk.enableUUID", "true")], []),
      Example(
        .folder, edits: [.extraConfig("ethernet0.pciSlotNumber", "192")], [],
        caption: "what is said of a device that an item makes"),
    ]
  ) { checked, findings in
    for (machine, section) in checked.hardwareSections {
      let keys = section.advancedKeys.filter(\.isRefused)
      if let first = keys.first {
        findings.add(
          "\(machine.title) sets \(keys.map(\.text).quoted)", at: first.place, found: first.text,
          fix: VMXSetting.fix(keys.map(\.text)))
      }
      let ignored = section.advancedKeys.filter { VMXSetting.isIgnored($0.text) }
      if let first = ignored.first {
        findings.add(
          "\(machine.title) sets \(ignored.map(\.text).quoted), which vSphere has another way to set",
          at: first.place, found: first.text, severity: .info,
          fix: VMXSetting.fix(ignored.map(\.text)))
      }
    }
  }
}

extension HardwareSection {
  /// The keys of the ExtraConfig settings, those of the firmware's file and of an encrypted machine
  /// aside.
  var advancedKeys: [SourceValue<String>] {
    (settings + items.flatMap(\.settings))
      .filter { $0.kind == .extraConfig && !$0.isOfEncryption }.compactMap(\.key)
      .filter { $0.text != "nvram" }
  }
}

extension SourceValue<String> {
  /// True if the line makes a device, or is on VMware's list of what a package may not set.
  var isRefused: Bool {
    let key = text.lowercased()
    if key == "disable_acceleration" || VMXSetting.isRefused(key) { return true }
    let device = key.prefix { $0 != "." && $0 != ":" }
    let field = key.split(separator: ".").last.map(String.init) ?? ""
    guard device.count < key.count, device.last?.isNumber == true,
      ["present", "virtualdev", "devicetype", "filename", "connectiontype", "networkname"]
        .contains(field)
    else { return false }
    return ["ethernet", "scsi", "sata", "ide", "nvme", "serial", "parallel", "floppy"].contains(
      String(device.prefix { $0.isLetter }))
  }
}

extension Example.Edit {
  /// An advanced setting that may be skipped.
  static func extraConfig(_ key: String, _ value: String) -> Self {
    Self(
      old: "    </VirtualHardwareSection>",
      new: "      <vmw:ExtraConfig ovf:required=\"false\" vmw:key=\"\(key)\""
        + " vmw:value=\"\(value)\"/>\n    </VirtualHardwareSection>")
  }
}
