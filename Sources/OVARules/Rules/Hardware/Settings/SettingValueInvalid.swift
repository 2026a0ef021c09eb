import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A setting has a value that its field does not take.
  static let settingValueInvalid = Rule(
    id: "setting-value-invalid",
    group: .hardware,
    title: "A setting has a value that vSphere does not take",
    severity: .warning,
    basis: .practice(
      "vSphere Web Services API: GuestOsDescriptorFirmwareType is bios or efi; other fields are "
        + "booleans or numbers."),
    why: "A Config sets a field of vSphere's machine configuration, which has a type. Any other "
      + "value is passed over or has the package refused; a machine that needs EFI gets a BIOS "
      + "and does not start.",
    fix: "Write a value of the field's type: `bios` or `efi`, `true` or `false`, or a number.",
    triggering: [
      Example(.folder, edits: [.setting("firmware", "uefi")], []),
      Example(.folder, edits: [.setting("cpuHotAddEnabled", "yes")], []),
      Example(.folder, edits: [.setting("videoRamSizeInKB", "8 MB")], [], documented: false),
    ],
    passing: [
      .sound(.folder), Example(.folder, edits: [.setting("firmware", "efi")], []),
      Example(
        .folder, edits: [.setting("cpuHotAddEnabled", "1")], [], documented: false),
    ]
  ) { checked, findings in
    for (_, section) in checked.hardwareSections {
      for setting in section.settings + section.items.flatMap(\.settings)
      where setting.kind == .config {
        guard let key = setting.key?.text, let value = setting.value,
          let field = VMwareSetting.Field(of: key), !field.takes(value.text)
        else { continue }
        let fix =
          field == .firmware && value.text.lowercased().contains("efi") ? "Write `efi`." : nil
        findings.add(
          "the setting '\(key)' is '\(value.text)', and it takes \(field)", at: setting.place,
          expected: "\(field)", found: value.text, fix: Placeholder.fix(value.text) ?? fix)
      }
    }
  }
}

extension VMwareSetting {
  /// The type of a field whose type is known.
  enum Field: CustomStringConvertible {
    case firmware
    case truth
    case number

    init?(of key: String) {
      switch key {
      case "firmware": self = .firmware
      case let key where Self.truths.contains(key): self = .truth
      case let key where Self.numbers.contains(key): self = .number
      default: return nil
      }
    }

    var description: String {
      switch self {
      case .firmware: "bios or efi"
      case .truth: "true or false"
      case .number: "a whole number"
      }
    }

    func takes(_ value: String) -> Bool {
      let word = value.trimmingBlanks.lowercased()
      return switch self {
      case .firmware: ["bios", "efi"].contains(word)
      case .truth: ["true", "false", "1", "0"].contains(word)
      case .number: Int64(word) != nil
      }
    }

    private static let truths: Set<String> = [
      "bootOptions.bootRetryEnabled", "bootOptions.efiSecureBootEnabled",
      "bootOptions.enterBIOSSetup", "connectable.allowGuestControl",
      "connectable.startConnected", "cpuHotAddEnabled", "cpuHotRemoveEnabled", "ehciEnabled",
      "enable3DSupport", "flags.diskUuidEnabled", "flags.enableLogging", "flags.vbsEnabled",
      "flags.vvtdEnabled", "memoryHotAddEnabled", "memoryReservationLockedToMax",
      "nestedHVEnabled", "tools.afterPowerOn", "tools.afterResume", "tools.beforeGuestShutdown",
      "tools.beforeGuestStandby", "tools.syncTimeWithHost", "tools.syncTimeWithHostAllowed",
      "useAutoDetect", "vPMCEnabled", "wakeOnLanEnabled",
    ]
    private static let numbers: Set<String> = [
      "bootOptions.bootDelay", "bootOptions.bootRetryDelay", "graphicsMemorySizeInKB",
      "numDisplays", "videoRamSizeInKB",
    ]
  }
}
