import OVABasics
import OVFDescriptor
import OVFXML

extension PackageFactLines {
  mutating func add(_ system: VirtualSystem, named machine: String?) {
    let name = machine.map { $0 + " " } ?? ""
    facts.add("machine", "\(name)name", text(system.name))
    facts.add("machine", "\(name)info", text(system.info))
    if let guest = system.operatingSystem {
      facts.add("machine", "\(name)guest", envelope.guestName(of: guest))
      facts.add("machine", "\(name)guest type", guest.vmwareType?.text)
      facts.add("machine", "\(name)guest type of VirtualBox", guest.virtualBoxType?.text)
      facts.add("machine", "\(name)guest number", guest.id?.text)
      facts.add("machine", "\(name)guest version", guest.version?.text)
      facts.add("machine", "\(name)guest description", text(guest.description))
    }
    if let hardware = envelope.hardware(of: system, in: option) {
      add(hardware, name)
      let boot = envelope.bootOrder(of: system, hardware).map(\.text)
      facts.add("hardware", "\(name)boot order", boot.isEmpty ? nil : boot.joined(separator: ", "))
    }
    add([], system.extensions, to: "machine", name.isEmpty ? "has" : name, of: nil)
    addSections(system.sections, of: name)
  }

  private mutating func add(_ hardware: Hardware, _ name: String) {
    let transports = hardware.section.transports?.value ?? []
    facts.add("hardware", "\(name)family", hardware.section.familyText)
    facts.add("hardware", "\(name)firmware", hardware.firmware)
    facts.add("hardware", "\(name)secure boot", flag: hardware.secureBoot)
    facts.add("hardware", "\(name)TPM", flag: hardware.hasTPM)
    facts.add("hardware", "\(name)nested virtualization", flag: hardware.nestedVirtualization)
    facts.add("hardware", "\(name)CPU hot add", flag: hardware.processorHotAdd)
    facts.add("hardware", "\(name)CPU hot remove", flag: hardware.processorHotRemove)
    facts.add("hardware", "\(name)memory hot add", flag: hardware.memoryHotAdd)
    facts.add(
      "hardware", "\(name)transport",
      transports.isEmpty ? nil : transports.joined(separator: ", "))
    facts.add("hardware", "\(name)vCPU", hardware.virtualCPUs.map { "\($0)" })
    facts.add("hardware", "\(name)cores per socket", hardware.coresPerSocket?.text)
    facts.add("hardware", "\(name)memory", hardware.memoryBytes.map { ByteCount($0).precise })
    for field in hardware.section.system?.fields ?? []
    where !Self.toldFields.contains(field.name.local) {
      facts.add("hardware", "\(name)\(field.name.local)", field.text)
    }
    for setting in hardware.section.settings {
      let key = setting.key?.text ?? "?"
      if Self.toldSettings.contains(key) { continue }
      facts.add("setting", "\(name)\(key)", setting.value?.text ?? "")
    }
    var counts: [String: Int] = [:]
    for device in hardware.devices {
      let kind = device.factKind
      let number = counts[kind, default: 0] + 1
      counts[kind] = number
      add(device, name + device.factName(number))
    }
  }

  private static let toldSettings: Set<String> = [
    "firmware", "bootOptions.efiSecureBootEnabled", "uefi.secureBoot.enabled", "nestedHVEnabled",
    "vhv.enable", "cpuHotAddEnabled", "cpuHotRemoveEnabled", "memoryHotAddEnabled",
  ]

  /// Fields that other lines cover, or that only distinguish items.
  private static let toldFields: Set<String> = [
    "VirtualSystemType", "InstanceID", "InstanceId", "Parent", "AddressOnParent", "ResourceType",
    "ResourceSubType", "VirtualQuantity", "Connection", "HostResource", "MACAddress",
    "AutomaticAllocation",
  ]

  private mutating func add(_ device: Device, _ label: String) {
    let isPlain = device.kind == .processor || device.kind == .memory
    let parent = isPlain ? nil : facts.add("hardware", label, device.summary)
    let item = device.item
    if !isPlain {
      facts.add("hardware", "\(label) place", device.slot?.description, of: parent)
      facts.add(
        "hardware", "\(label) number", device.number.map { "\($0)" }, of: parent)
      facts.add("hardware", "\(label) backed by", item.hostResources.factText, of: parent)
      facts.add("hardware", "\(label) quantity", item.virtualQuantity?.text, of: parent)
    }
    if device.kind == .networkAdapter {
      facts.add("hardware", "\(label) MAC address", device.macAddress, of: parent)
    }
    facts.add(
      "hardware", "\(label) starts connected",
      item.automaticAllocation.map { _ in item.startsDisconnected ? "no" : "yes" }, of: parent)
    facts.add("hardware", "\(label) required", item.required?.text, of: parent)
    for field in item.fields where !Self.toldFields.contains(field.name.local) {
      // An adapter's address is its MAC address, a processor's name repeats its number.
      if field.name.local == "Address", device.kind == .networkAdapter || device.number != nil {
        continue
      }
      facts.add("hardware", "\(label) \(field.name.local)", field.text, of: parent)
    }
    for setting in item.settings {
      facts.add(
        "hardware", "\(label) \(setting.key?.text ?? "?")", setting.value?.text ?? "", of: parent)
    }
    for (end, bound) in [("least", device.minimum), ("most", device.maximum)] {
      facts.add("hardware", "\(label) \(end)", bound?.virtualQuantity?.text, of: parent)
    }
    let extensions = item.extensions.filter { $0.name.local != "CoresPerSocket" }
    add([], extensions, to: "hardware", label, of: parent)
  }
}

extension Device {
  /// The kind by which devices are counted.
  fileprivate var factKind: String {
    switch kind {
    case .controller(let bus): "\(bus.rawValue.uppercased()) controller"
    case .networkAdapter: "network adapter"
    default: kind.title
    }
  }

  /// The name of one of several of a kind; a disk goes by its id, which survives a new order.
  fileprivate func factName(_ number: Int) -> String {
    if case .disk(let disk, _) = backing, kind == .disk { return "disk \(disk.id?.text ?? "?")" }
    if kind == .processor || kind == .memory, number == 1 { return kind.title }
    return "\(factKind) \(number)"
  }

  /// Model and networks.
  fileprivate var summary: String {
    let networks = item.connections.map(\.text).joined(separator: ", ")
    let model = model.isEmpty ? "no model" : model
    return kind == .networkAdapter
      ? "\(model) on \(networks.isEmpty ? "no network" : networks)" : self.model
  }
}

extension [SourceValue<HostResource>] {
  fileprivate var factText: String? { isEmpty ? nil : map(\.text).joined(separator: ", ") }
}
