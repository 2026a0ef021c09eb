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
    var lines = [
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
    lines += table.lines(indent: 4)
    lines += deviceLines(hardware)
    return lines
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

  private func deviceLines(_ hardware: Hardware) -> [String] {
    var table = TextTable()
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
    if report.isVerbose {
      for device in hardware.otherDevices {
        table.add([
          "other", device.kind.title, device.item.displayName?.text ?? "",
          device.item.subTypes.joined(separator: " or "),
        ])
      }
    }
    return table.lines(indent: 4)
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
    let content = report.package.disks.first { $0.disk.place == disk.place }
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
