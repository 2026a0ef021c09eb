import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

/// One virtual system as lines of text.
struct SystemText {
  let report: InspectionText
  let system: VirtualSystem

  private var envelope: Envelope { report.envelope }

  func lines() -> [String] {
    let id = system.path.filter { !$0.isEmpty }.joined(separator: " / ")
    let name = report.text(system.name) ?? (id.isEmpty ? "a machine without a name" : id)
    let lines = [
      "  " + report.style.bold(name.inert) + (id.isEmpty || id == name ? "" : "  (\(id.inert))")
    ]
    var table = TextTable()
    if let guest = guest { table.add(["guest", guest]) }
    guard let hardware = envelope.hardware(of: system, in: envelope.defaultConfiguration) else {
      table.add(["hardware", "none described"])
      return lines + table.lines(indent: 4)
    }
    table.add(["hardware", hardwareText(hardware)])
    table.add(["CPU", processorText(hardware)])
    table.add(["memory", memoryText(hardware)])
    addDevices(of: hardware, to: &table)
    if report.isVerbose { addDetails(of: hardware, to: &table) }
    return lines + table.lines(indent: 4)
  }

  private var guest: String? {
    guard let guest = system.operatingSystem else { return nil }
    let name = report.text(guest.description) ?? guest.cimName
    let codes = [guest.vmwareType?.text, guest.virtualBoxType?.text].compactMap { $0 }
    let parts = [name, codes.isEmpty ? nil : "(\(codes.joined(separator: ", ")))"]
    let text = parts.compactMap { $0 }.joined(separator: " ")
    return text.isEmpty ? guest.id.map { "CIM \($0.text)" } : text
  }

  private func hardwareText(_ hardware: Hardware) -> String {
    var parts = [
      hardware.families.isEmpty ? "no family" : hardware.families.joined(separator: ", ")
    ]
    if let firmware = hardware.firmware { parts.append(firmware.uppercased()) }
    if hardware.secureBoot == true { parts.append("secure boot") }
    if hardware.hasTPM { parts.append("TPM") }
    if hardware.nestedVirtualization == true { parts.append("nested virtualization") }
    return parts.joined(separator: ", ")
  }

  private func processorText(_ hardware: Hardware) -> String {
    switch hardware.processors {
    case nil: return "none described"
    case .failure(let fault): return "unclear: the number \(fault)"
    case .success(let count):
      let cores = hardware.coresPerSocket?.value
      let sockets = cores.flatMap { $0 > 1 ? ", \($0) cores per socket" : nil } ?? ""
      return (count == 1 ? "1 vCPU" : "\(count) vCPUs") + sockets
    }
  }

  private func memoryText(_ hardware: Hardware) -> String {
    switch hardware.memory {
    case nil: "none described"
    case .failure(let fault): "unclear: the amount \(fault)"
    case .success(let bytes): ByteCount(bytes).description
    }
  }

  private func addDevices(of hardware: Hardware, to table: inout TextTable) {
    for device in hardware.controllers {
      table.add([
        "controller", device.kind.title, device.item.subTypes.joined(separator: " or "), "",
      ])
    }
    for device in hardware.disks { table.add(["disk", device.slotText] + diskCells(device)) }
    for device in hardware.opticalDrives {
      table.add(["CD-ROM", device.slotText, backingText(device)])
    }
    for device in hardware.floppyDrives {
      table.add(["floppy", device.slotText, backingText(device)])
    }
    for device in hardware.networkAdapters {
      let networks = device.item.connections.map(\.text).joined(separator: ", ")
      table.add([
        "NIC", device.item.subTypes.joined(separator: " or "),
        networks.isEmpty ? "not connected" : networks, device.macAddress.map { "MAC \($0)" } ?? "",
      ])
    }
  }

  private func addDetails(of hardware: Hardware, to table: inout TextTable) {
    for device in hardware.otherDevices {
      table.add([
        "other", device.kind.title, device.item.displayName?.text ?? "",
        device.item.subTypes.joined(separator: " or "),
      ])
    }
    for device in hardware.devices {
      guard let range = device.rangeText else { continue }
      table.add(["range", device.item.displayName?.text ?? device.kind.title, range])
    }
    for setting in hardware.section.settings + hardware.devices.flatMap(\.item.settings) {
      table.add([
        "setting", "\(setting.key?.text ?? "?") = \(setting.value?.text ?? "")",
      ])
    }
    if let nvram = hardware.nvram { table.add(["NVRAM", nvram.text]) }
    if let transports = hardware.section.transports?.value, !transports.isEmpty {
      table.add(["settings by", transports.joined(separator: ", ")])
    }
    for section in system.hardwareSections.dropFirst() {
      let families = section.families.joined(separator: ", ")
      table.add([
        "alternative", families.isEmpty ? "no family" : families,
        section.items.filter(\.isDevice).counted("item"),
      ])
    }
  }

  private func diskCells(_ device: Device) -> [String] {
    guard case .disk(let disk, let file) = device.backing else {
      return [backingText(device)]
    }
    let capacity: String =
      switch envelope.capacity(of: disk, in: envelope.defaultConfiguration) {
      case nil: "no capacity"
      case .failure(let fault): "capacity \(fault)"
      case .success(let bytes): ByteCount(bytes).description
      }
    guard let file else { return [capacity, "blank"] }
    let content = report.package.content(of: disk)
    return [
      capacity, file.href?.text ?? file.id?.text ?? "?", content?.content?.title ?? disk.formatName,
      content?.storedSize.map { "\(ByteCount($0)) in the package" } ?? "not in the package",
    ]
  }

  private func backingText(_ device: Device) -> String {
    switch device.backing {
    case nil: "empty"
    case .disk(let disk, let file): file?.href?.text ?? disk.id?.text ?? "?"
    case .file(let file): file.href?.text ?? file.id?.text ?? "?"
    case .unresolved(let resource): "names \(resource.text), which there is not"
    }
  }
}

extension Device {
  /// The least and the most that the device may get; nil without a range.
  fileprivate var rangeText: String? {
    let ends = [
      minimum?.virtualQuantity.map { "at least \($0.text)" },
      maximum?.virtualQuantity.map { "at most \($0.text)" },
    ].compactMap(\.self)
    guard !ends.isEmpty else { return nil }
    let units = item.allocationUnits.map { ", in \($0.text)" } ?? ""
    return ends.joined(separator: ", ") + units
  }

  /// The place on a controller, or nothing where none is written.
  package var slotText: String { slot?.description ?? "" }

  /// An adapter's MAC address.
  package var macAddress: String? {
    guard kind == .networkAdapter, let text = item.address?.text, !text.isEmpty else { return nil }
    return text
  }
}

extension Device.Kind {
  /// The kind as people say it.
  package var title: String {
    switch self {
    case .processor: "processor"
    case .memory: "memory"
    case .controller(let bus): bus.rawValue.count <= 6 ? bus.rawValue.uppercased() : bus.rawValue
    case .disk: "disk"
    case .opticalDrive: "CD-ROM"
    case .floppyDrive: "floppy"
    case .networkAdapter: "NIC"
    case .other(let other): other.rawValue
    }
  }
}

extension HostResource {
  /// The resource as a short text.
  package var text: String {
    switch self {
    case .disk(let id): "disk '\(id)'"
    case .file(let id): "file '\(id)'"
    case .other(let text): "'\(text)'"
    }
  }
}

extension Disk {
  /// The last part of the format's URI, or the whole of a word.
  package var formatName: String {
    guard let format = format?.text, !format.isEmpty else { return "no format given" }
    guard let hash = format.lastIndex(of: "#") else { return format }
    let name = format[format.index(after: hash)...]
    return name.isEmpty ? format : String(name)
  }
}

extension PackageDisk {
  /// Bytes of the file in the package; nil when it is not there.
  package var storedSize: UInt64? {
    switch reference.target {
    case .file(let file): file.size
    case .chunks(let chunks): chunks.size
    default: nil
    }
  }
}

extension PackageDisk.Content {
  /// What the bytes are, in a few words.
  package var title: String {
    switch self {
    case .disk(let disk):
      disk.format.isVMDK ? disk.createType ?? disk.format.name : disk.format.name
    case .unreadable(let reason): "unreadable: \(reason)"
    }
  }
}
