/// Lines of the `.vmx` file that vSphere takes from a package only in another form.
enum VMXSetting {
  /// Returns whether hosts were seen to refuse the line.
  static func isRefused(_ key: String) -> Bool { refused[key.lowercased()] != nil }

  /// Returns whether the line is passed over: "configuration keys that would conflict with parts of
  /// the configuration that are explicitly configurable in other fields are silently ignored"
  /// (vSphere Web Services API, VirtualMachineConfigSpec, extraConfig).
  static func isIgnored(_ key: String) -> Bool { ignored[key.lowercased()] != nil }

  /// Returns the advice instead of setting these keys; nil where none is known.
  static func fix(_ keys: [String]) -> String? {
    let homes = keys.compactMap { key in
      (refused[key.lowercased()] ?? ignored[key.lowercased()]).map { "`\(key)` by \($0)" }
    }
    return homes.isEmpty
      ? nil : "Set \(homes.joined(separator: ", ")), and delete the ExtraConfig."
  }

  private static let refused: [String: String] = [
    "firmware": config("firmware"),
    "uefi.secureboot.enabled": config("bootOptions.efiSecureBootEnabled"),
    "vhv.enable": config("nestedHVEnabled"),
  ]

  private static let ignored: [String: String] = [
    "vvtd.enable": config("flags.vvtdEnabled"),
    "vpmc.enable": config("vPMCEnabled"),
    "mem.hotadd": config("memoryHotAddEnabled"),
    "vcpu.hotadd": config("cpuHotAddEnabled"),
    "vcpu.hotremove": config("cpuHotRemoveEnabled"),
    "tools.synctime": config("tools.syncTimeWithHost"),
    "tools.upgrade.policy": config("tools.toolsUpgradePolicy"),
    "bios.bootdelay": config("bootOptions.bootDelay"),
    "bios.forcesetuponce": config("bootOptions.enterBIOSSetup"),
    "svga.vramsize": config("videoRamSizeInKB"),
    "mks.enable3d": config("enable3DSupport"),
    "sched.mem.pin": config("memoryReservationLockedToMax"),
    "numvcpus": "the VirtualQuantity of the processor",
    "cpuid.corespersocket": "`vmw:CoresPerSocket` of the processor's Item",
    "memsize": "the VirtualQuantity of the memory",
    "guestos": "`vmw:osType` of the OperatingSystemSection",
    "virtualhw.version": "the VirtualSystemType",
    "annotation": "an AnnotationSection",
    "displayname": "the Name of the VirtualSystem",
  ]

  private static func config(_ key: String) -> String { "a `vmw:Config` of the key `\(key)`" }
}
