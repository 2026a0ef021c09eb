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
      "  " + report.style.bold(name.forDisplay)
        + (id.isEmpty || id == name ? "" : "  (\(id.forDisplay))")
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
    if let transport = transportText(hardware) { table.add(["transport", transport]) }
    for rows in deviceRows(of: hardware) { for row in rows { table.add(row) } }
    if report.isVerbose { addDetails(of: hardware, to: &table) }
    return lines + table.lines(indent: 4)
  }

  private var guest: String? {
    guard let guest = system.operatingSystem else { return nil }
    let codes = [guest.vmwareType?.text, guest.virtualBoxType?.text].compactMap { $0 }
    let parts = [
      envelope.guestName(of: guest, locale: report.locale),
      codes.isEmpty ? nil : "(\(codes.joined(separator: ", ")))",
    ]
    let text = parts.compactMap { $0 }.joined(separator: " ")
    return text.isEmpty ? nil : text
  }

  /// Returns the way in which settings reach the guest: where there is one, or where properties
  /// need one.
  private func transportText(_ hardware: Hardware) -> String? {
    let transports = hardware.section.transports?.value ?? []
    if !transports.isEmpty { return transports.joined(separator: ", ") }
    let wantsSome = system.products.flatMap(\.properties).contains {
      $0.userConfigurable?.value == true
    }
    return wantsSome ? "none: the properties do not reach the guest" : nil
  }

  private func hardwareText(_ hardware: Hardware) -> String {
    var parts = [
      hardware.section.familyText.isEmpty ? "no family" : hardware.section.familyText
    ]
    if let firmware = hardware.firmware { parts.append(firmware.uppercased()) }
    if hardware.secureBoot == true { parts.append("secure boot") }
    if hardware.hasTPM { parts.append("TPM") }
    if hardware.nestedVirtualization == true { parts.append("nested virtualization") }
    if hardware.isEncrypted { parts.append("encrypted") }
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

  /// The rows of the devices that make a machine what it is, each kind on its own; likes are
  /// gathered where there are many.
  private func deviceRows(of hardware: Hardware) -> [[[String]]] {
    [
      gathered(
        hardware.controllers.map { device in
          [
            "controller", device.kind.title + (device.number.map { " \($0)" } ?? ""), device.model,
          ]
        }
      ) { ["controller", $0[1].withoutNumber, $0[2]] },
      limited(hardware.disks.map { ["disk", $0.slotText] + diskCells($0) }, "disk"),
      limited(
        hardware.opticalDrives.map { ["CD-ROM", $0.slotText, backingText($0)] }, "CD-ROM drive"),
      limited(hardware.floppyDrives.map { ["floppy", $0.slotText, backingText($0)] }, "floppy"),
      gathered(hardware.networkAdapters.map(adapterCells)) {
        [$0[0], $0[1], $0[3]]
      } summary: { rows in
        // Compared by bytes: names that look the same may be those of two networks.
        let networks = Set(rows.map { Array($0[2].utf8) })
        return networks.count == 1 ? rows[0][2] : "on \(networks.count) networks"
      },
    ]
  }

  private func adapterCells(_ device: Device) -> [String] {
    let networks = device.item.connections.map(\.text).joined(separator: ", ")
    return [
      "NIC", device.model, networks.isEmpty ? "no network" : networks,
      device.item.startsDisconnected ? "starts disconnected" : "",
      device.macAddress.map { "MAC \($0)" } ?? "",
    ]
  }

  /// The rows; of more than a screen's share those that are alike as one, with their number.
  ///
  /// - Parameters:
  ///   - key: the cells that likes have in common, the label first.
  ///   - summary: the other facts on the guest.
  private func gathered(
    _ rows: [[String]], by key: ([String]) -> [String],
    summary: ([[String]]) -> String = { _ in "" }
  ) -> [[String]] {
    guard rows.count > InspectionText.mostRows, !report.isVerbose else { return rows }
    var likes: [[String]: [[String]]] = [:]
    var order: [[String]] = []
    for row in rows {
      let key = key(row)
      if likes[key] == nil { order.append(key) }
      likes[key, default: []].append(row)
    }
    let merged = order.map { key in
      let rows = likes[key] ?? []
      return [
        key[0], "\(rows.count) × \(key[1].isEmpty ? "no model" : key[1])", summary(rows),
      ] + key.dropFirst(2)
    }
    return limited(merged, "kind") + [["", "(-v shows each)"]]
  }

  private func limited(_ rows: [[String]], _ noun: String) -> [[String]] {
    report.limited(rows, "") { label, more in ["", "… and \(more) more \(noun)s (-v shows all)"] }
  }

  private func addDetails(of hardware: Hardware, to table: inout TextTable) {
    for device in hardware.otherDevices {
      table.add([
        "other", device.kind.title, device.item.displayName?.text ?? "", device.model,
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
    let boot = envelope.bootOrder(of: system, hardware)
    if !boot.isEmpty {
      table.add([
        "boot",
        boot.enumerated().map { "\($0 + 1). \($1.text)" }.joined(separator: ", "),
      ])
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
    if let lun = disk.directLUN { return ["\(capacity)", "the host's LUN \(lun.text)"] }
    guard let file else { return [capacity, "blank"] + bootCells(device, disk) }
    let content = report.package.content(of: disk)
    let kind = [
      content?.content?.title ?? disk.formatName,
      content?.content?.isMarkedEncrypted == true ? "encrypted" : nil,
      report.package.changes(of: disk),
    ].compactMap(\.self).joined(separator: ", ")
    return [capacity, file.href?.text ?? file.id?.text ?? "?", kind, storedText(disk)]
      + bootCells(device, disk)
  }

  private func bootCells(_ device: Device, _ disk: Disk) -> [String] {
    let order = device.item.field("BootOrder").flatMap { Int($0.text) } ?? 0
    return disk.isBootable?.value == true || order > 0 ? ["boots"] : []
  }

  /// Bytes in the package: of a disk of changes also those of the disks below it.
  private func storedText(_ disk: Disk) -> String {
    guard let own = report.package.content(of: disk)?.storedSize else {
      return "not in the package"
    }
    let below = report.package.bases(of: disk).compactMap {
      report.package.content(of: $0)?.storedSize
    }
    guard !below.isEmpty else { return "\(ByteCount(own)) in the package" }
    let sum = below.reduce(own) { $0.addingReportingOverflow($1).partialValue }
    return "\(ByteCount(sum)) in the package, \(ByteCount(own)) of them the changes"
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
