import OVABasics
import OVFXML

/// The marks that only oVirt writes into an envelope of the standard's namespace: the number of the
/// guest in a namespace of its own, or the engine's version as the hardware family.
struct OVirtMarks {
  let areThere: Bool

  init(in root: XMLTreeElement) {
    let sections = root.children.filter { $0.name.local.isExactly("VirtualSystem") }
      .flatMap(\.children)
    areThere = sections.contains { section in
      switch section.name.local {
      case "OperatingSystemSection":
        section.attributes.contains {
          $0.name.local.isExactly("id") && $0.name.namespace.isExactly(Namespaces.oVirt)
        }
      case "VirtualHardwareSection":
        section.children.filter { $0.name.local.isExactly("System") }.flatMap(\.children)
          .contains {
            $0.name.local.isExactly("VirtualSystemType") && OVirt.isEngine($0.trimmedText)
          }
      default: false
      }
    }
  }
}

/// The numbers and texts that oVirt puts where the standard has others.
enum OVirt {
  /// Returns whether a hardware family is the engine's version: `ENGINE 4.5.0.0`.
  static func isEngine(_ family: String) -> Bool { family.utf8.starts(with: "ENGINE ".utf8) }

  /// The adapter that a number of a network interface's subtype stands for (VmInterfaceType of
  /// oVirt's engine); nil for none.
  static func adapter(_ number: String) -> String? {
    switch number {
    case "0": "rtl8139 and VirtIO"
    case "1": "rtl8139"
    case "2": "e1000"
    case "3": "VirtIO"
    case "4": "sPAPR VLAN"
    case "5": "PCI passthrough"
    case "6": "e1000e"
    default: nil
    }
  }

  /// The bus of a `disk-interface`; nil for a word that is none of oVirt's.
  static func bus(ofInterface interface: String) -> Device.Bus? {
    switch interface.lowercased() {
    case "virtio": .virtio
    case "virtio_scsi", "spapr_vscsi", "scsi": .scsi
    case "ide": .ide
    case "sata": .sata
    default: nil
    }
  }

  /// The members of an address as libvirt knows it: `{type=drive, bus=0, controller=0, unit=1}`;
  /// nil for a text of another form.
  static func address(_ text: String) -> [String: String]? {
    let trimmed = text.trimmingBlanks
    guard trimmed.utf8.first == UInt8(ascii: "{"), trimmed.utf8.last == UInt8(ascii: "}") else {
      return nil
    }
    let pairs = trimmed.dropFirst().dropLast().split(separator: ",").compactMap {
      pair -> (String, String)? in
      let parts = pair.split(separator: "=", maxSplits: 1).map { String($0).trimmingBlanks }
      return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// Returns the slot of a drive, by its address and by the interface that its disk names; nil
  /// where neither tells anything.
  static func slot(address text: String?, interface: String?) -> Device.Slot? {
    let bus = interface.flatMap(bus(ofInterface:))
    guard let members = text.flatMap(address), let kind = members["type"] else {
      return bus.map { Device.Slot(bus: $0, controller: nil, address: nil) }
    }
    switch kind {
    case "drive":
      guard let unit = members["unit"] else { break }
      let controller = members["controller"].flatMap(Int.init)
      // An IDE controller has two buses, which others count as two controllers.
      if bus == .ide, let channel = members["bus"].flatMap(Int.init) {
        let (first, overflows) = (controller ?? 0).multipliedReportingOverflow(by: 2)
        let (number, more) = first.addingReportingOverflow(channel)
        if !overflows, !more { return Device.Slot(bus: bus, controller: number, address: unit) }
      }
      let target = members["target"].flatMap { $0 == "0" ? nil : $0 }
      return Device.Slot(
        bus: bus, controller: controller, address: target.map { "\($0):\(unit)" } ?? unit)
    case "pci":
      let parts = ["domain", "bus", "slot", "function"].map { members[$0]?.hexDigits ?? "0" }
      let place =
        "\(parts[0].padded(4)):\(parts[1].padded(2)):\(parts[2].padded(2)).\(parts[3])"
      return Device.Slot(bus: bus ?? .virtio, controller: nil, address: place)
    default: break
    }
    return bus.map { Device.Slot(bus: $0, controller: nil, address: nil) }
  }
}

extension Item {
  /// `Parent`: the instance id of the item that this one is plugged into; nil where it is absent,
  /// empty or oVirt's UUID of zeros.
  public var parentID: String? {
    guard let text = parent?.text, !text.isEmpty else { return nil }
    let isNone =
      text.utf8.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") }
      && text.utf8.contains(UInt8(ascii: "-"))
    return isNone ? nil : text
  }

  /// True if the device is there but not plugged in when the machine starts: an adapter or drive
  /// with `AutomaticAllocation` false, or oVirt's `IsPlugged` or `Linked` false.
  public var startsDisconnected: Bool {
    if automaticAllocation?.value == false { return true }
    return ["IsPlugged", "Linked"].contains { name in
      field(name).flatMap { try? Reading.truth($0.text).get() } == false
    }
  }
}

extension String {
  /// The digits of `0x1f`, without leading zeros.
  fileprivate var hexDigits: String {
    let digits = lowercased().hasPrefix("0x") ? String(dropFirst(2)) : self
    let short = String(digits.drop { $0 == "0" })
    return short.isEmpty ? "0" : short
  }

  fileprivate func padded(_ width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}
