import OVABasics
import OVFXML

extension Hardware {
  /// The number of virtual processors, where it can be determined.
  public var virtualCPUs: UInt64? { try? processors?.get() }

  /// The bytes of memory, where they can be determined.
  public var memoryBytes: UInt64? { try? memory?.get() }

  /// `vmw:CoresPerSocket` of the first processor item that has one.
  public var coresPerSocket: SourceValue<UInt64>? {
    devices.lazy.filter { $0.kind == .processor }.compactMap(\.item.coresPerSocket).first
  }

  /// The controllers, in order.
  public var controllers: [Device] { devices.filter(\.kind.isController) }
  /// The disks, in order.
  public var disks: [Device] { devices.filter { $0.kind == .disk } }
  /// The CD and DVD drives, in order.
  public var opticalDrives: [Device] { devices.filter { $0.kind == .opticalDrive } }
  /// The floppy drives, in order.
  public var floppyDrives: [Device] { devices.filter { $0.kind == .floppyDrive } }
  /// The network adapters, in order.
  public var networkAdapters: [Device] { devices.filter { $0.kind == .networkAdapter } }
  /// The devices of other kinds, in order.
  public var otherDevices: [Device] { devices.filter(\.kind.isOther) }

  /// The hardware families, such as `vmx-13`, in the order written.
  public var families: [String] { section.families }

  /// `bios` or `efi` in lower case, as VMware's settings or VirtualBox's machine say; nil if none
  /// does.
  public var firmware: String? {
    if let setting = section.setting("firmware") { return setting.lowercased() }
    return machine?.descendant("Hardware", "Firmware")?.attribute("type")?.value.lowercased()
  }

  /// True if secure boot is demanded; nil if nothing is said.
  public var secureBoot: Bool? {
    section.truth("bootOptions.efiSecureBootEnabled") ?? section.truth("uefi.secureBoot.enabled")
      ?? machine?.descendant("Hardware", "Firmware", "SecureBoot")?.truth("enabled")
      ?? machine?.descendant("Hardware", "NVRAM", "SecureBoot")?.truth("enabled")
  }

  /// True if the machine has a virtual trusted platform module.
  public var hasTPM: Bool {
    if devices.contains(where: { $0.kind == .other(.tpm) }) { return true }
    let type = machine?.descendant("Hardware", "TrustedPlatformModule")?.attribute("type")?.value
    return type.map { !$0.isExactlyIgnoringCase("none") } ?? false
  }

  /// True if the guest may run machines of its own; nil if nothing is said.
  public var nestedVirtualization: Bool? {
    section.truth("nestedHVEnabled") ?? section.truth("vhv.enable")
      ?? machine?.descendant("Hardware", "CPU", "NestedHWVirt")?.truth("enabled")
  }

  /// True if the guest's processors may be added while it runs; nil if nothing is said.
  public var processorHotAdd: Bool? { section.truth("cpuHotAddEnabled") }

  /// True if the guest's processors may be removed while it runs; nil if nothing is said.
  public var processorHotRemove: Bool? { section.truth("cpuHotRemoveEnabled") }

  /// True if memory may be added while the guest runs; nil if nothing is said.
  public var memoryHotAdd: Bool? { section.truth("memoryHotAddEnabled") }

  /// True if the machine's settings and disks are encrypted, as VMware's settings say.
  public var isEncrypted: Bool { section.settings.contains(where: \.isOfEncryption) }

  /// The file of the firmware's settings, as `ExtraConfig` `nvram` names it.
  public var nvram: SourceValue<HostResource>? {
    section.settings.lazy
      .filter { $0.kind == .extraConfig && $0.key?.text.isExactly("nvram") == true }
      .compactMap(\.value).first
      .map { SourceValue($0.text, .success(HostResource($0.text)), place: $0.place) }
  }
}

extension HardwareSection {
  /// The hardware families, such as `vmx-13`, split at blanks and commas, in the order written.
  public var families: [String] {
    Reading.alternatives(system?.field("VirtualSystemType")?.text ?? "")
  }

  /// The hardware families for people; empty where none is written.
  public var familyText: String {
    let text = system?.field("VirtualSystemType")?.text ?? ""
    // oVirt writes the engine's name and version.
    return OVirt.isEngine(text) ? text : families.joined(separator: ", ")
  }

  /// The value of VMware's first setting of that name.
  public func setting(_ key: String) -> String? {
    settings.first { $0.key?.text.isExactly(key) == true }?.value?.text
  }

  func truth(_ key: String) -> Bool? {
    setting(key).flatMap { try? Reading.truth($0).get() }
  }
}

extension Setting {
  /// True if it is one that VMware writes for an encrypted machine.
  public var isOfEncryption: Bool {
    guard let key = key?.text.lowercased() else { return false }
    return key.hasPrefix("encryption.") || key.hasPrefix("encryptedvm.") || key == "encryptionkeys"
      || key == "vmx.encryptiontype"
  }
}

extension XMLTreeElement {
  /// The first element down a path of local names.
  fileprivate func descendant(_ path: String...) -> XMLTreeElement? {
    var element: XMLTreeElement? = self
    for name in path { element = element?.children.first { $0.name.local.isExactly(name) } }
    return element
  }

  fileprivate func truth(_ attribute: String) -> Bool? {
    self.attribute(attribute).flatMap { try? Reading.truth($0.value).get() }
  }
}
