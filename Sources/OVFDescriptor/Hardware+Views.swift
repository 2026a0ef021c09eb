import OVABasics

extension Hardware {
  /// The number of virtual processors: nil without a processor item, a fault where one of them has
  /// no number.
  public var processors: Result<UInt64, ValueFault>? { nil }

  /// The number of virtual processors, where it can be told.
  public var virtualCPUs: UInt64? { try? processors?.get() }

  /// The bytes of memory: nil without a memory item, a fault where one of them gives no number.
  public var memory: Result<UInt64, ValueFault>? { nil }

  /// The bytes of memory, where they can be told.
  public var memoryBytes: UInt64? { try? memory?.get() }

  /// `vmw:CoresPerSocket` of the first processor item that has one.
  public var coresPerSocket: Written<UInt64>? { nil }

  /// The controllers, in order.
  public var controllers: [Device] {
    devices.filter { $0.kind.isController }
  }
  /// The disks, in order.
  public var disks: [Device] { devices.filter { $0.kind == .disk } }
  /// The CD and DVD drives, in order.
  public var opticalDrives: [Device] { devices.filter { $0.kind == .opticalDrive } }
  /// The floppy drives, in order.
  public var floppyDrives: [Device] { devices.filter { $0.kind == .floppyDrive } }
  /// The network adapters, in order.
  public var networkAdapters: [Device] { devices.filter { $0.kind == .networkAdapter } }
  /// The devices of other kinds, in order.
  public var otherDevices: [Device] {
    devices.filter { $0.kind.isOther }
  }

  /// The hardware families, such as `vmx-13`, in the order written.
  public var families: [String] { section.families }

  /// `bios` or `efi`, in lower case, from `vmw:Config` or the `.vmx` settings; nil if not written.
  public var firmware: String? { nil }
  /// Whether secure boot is demanded; nil if nothing is said.
  public var secureBoot: Bool? { nil }
  /// Whether the machine has a virtual trusted platform module.
  public var hasTPM: Bool { false }
  /// Whether the guest may run machines of its own; nil if nothing is said.
  public var nestedVirtualization: Bool? { nil }
  /// The file of the firmware's settings, as `ExtraConfig` `nvram` names it.
  public var nvram: Written<HostResource>? { nil }
}

extension HardwareSection {
  /// The hardware families, such as `vmx-13`, split at blanks and commas, in the order written.
  public var families: [String] { [] }
}
