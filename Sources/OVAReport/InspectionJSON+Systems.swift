import OVABasics
import OVAPackage
import OVFDescriptor

extension InspectionJSON {
  func systemJSON(_ system: VirtualSystem) -> JSON {
    let hardware = envelope.hardware(of: system, in: envelope.defaultConfiguration)
    let members: [(key: String, value: JSON)] = [
      ("id", .text(system.id?.text)), ("path", .texts(system.path)),
      ("name", .text(text(system.name))), ("info", .text(text(system.info))),
      ("operating_system", system.operatingSystem.map(operatingSystemJSON) ?? .null),
      ("hardware", hardware.map(hardwareJSON) ?? .null),
      ("hardware_sections", .list(system.hardwareSections, hardwareSectionJSON)),
      ("extensions", extensionsJSON(system.extensions)),
      ("line", .number(system.place.line)),
    ]
    return .object(members + commonMembers(system.sections))
  }

  func collectionJSON(_ collection: VirtualSystemCollection) -> JSON {
    let members: [(key: String, value: JSON)] = [
      ("id", .text(collection.id?.text)), ("path", .texts(collection.path)),
      ("name", .text(text(collection.name))), ("info", .text(text(collection.info))),
      ("members", .texts(collection.contents.compactMap(\.id))),
      ("extensions", extensionsJSON(collection.extensions)),
      ("line", .number(collection.place.line)),
    ]
    return .object(members + commonMembers(collection.sections))
  }

  private func operatingSystemJSON(_ system: OperatingSystem) -> JSON {
    [
      "id": value(system.id) { .unsigned(UInt64($0)) },
      "cim_name": .text(system.cimName),
      "version": .text(system.version?.text),
      "description": .text(text(system.description)),
      "vmware_type": .text(system.vmwareType?.text),
      "virtualbox_type": .text(system.virtualBoxType?.text),
    ]
  }

  private func hardwareJSON(_ hardware: Hardware) -> JSON {
    [
      "configuration": .text(hardware.configuration),
      "families": .texts(hardware.families),
      "transports": .texts(hardware.section.transports?.value ?? []),
      "firmware": .text(hardware.firmware),
      "secure_boot": .flag(hardware.secureBoot),
      "tpm": .bool(hardware.hasTPM),
      "nested_virtualization": .flag(hardware.nestedVirtualization),
      "nvram": hardware.nvram.map(nvramJSON) ?? .null,
      "vcpus": result(hardware.processors),
      "cores_per_socket": value(hardware.coresPerSocket) { .unsigned($0) },
      "memory_bytes": result(hardware.memory),
      "controllers": .list(hardware.controllers, deviceJSON),
      "disks": .list(hardware.disks, deviceJSON),
      "cdroms": .list(hardware.opticalDrives, deviceJSON),
      "floppies": .list(hardware.floppyDrives, deviceJSON),
      "nics": .list(hardware.networkAdapters, deviceJSON),
      "other_devices": .list(hardware.otherDevices, deviceJSON),
      "settings": .list(hardware.section.settings, settingJSON),
      "conflicts": .list(hardware.conflicts) { conflict in
        [
          "instance_id": .string(conflict.instanceID),
          "kind": conflict.kind == .bothUnconditional ? "both-unconditional" : "different-types",
          "lines": .array([.number(conflict.first.line), .number(conflict.second.line)]),
        ]
      },
    ]
  }

  /// The file of the firmware's settings: as written, and the file of the package that it means.
  private func nvramJSON(_ nvram: Written<HostResource>) -> JSON {
    var name: String?
    if case .success(let resource) = nvram.reading,
      case .file(let file) = envelope.backing(of: resource)
    {
      name = file.href?.text
    }
    return ["text": .string(nvram.text), "file": .text(name), "line": .number(nvram.place.line)]
  }

  private func deviceJSON(_ device: Device) -> JSON {
    [
      "instance_id": .text(device.item.instanceID),
      "name": .text(device.item.displayName?.text),
      "kind": .string(device.kind.title),
      "resource_type": value(device.item.resourceType) { .unsigned(UInt64($0)) },
      "subtypes": .texts(device.item.subTypes),
      "subtype": .text(device.item.resourceSubType?.text),
      "slot": .text(device.slot?.description),
      "parent": .text(device.item.parent?.text),
      "address_on_parent": .text(device.item.addressOnParent?.text),
      "address": .text(device.item.address?.text),
      "networks": .texts(device.item.connections.map(\.text)),
      "backing": backingJSON(device.backing),
      "required": .bool(device.item.required?.value ?? true),
      "quantity": quantityJSON(device.item),
      "units": .text(device.item.allocationUnits?.text),
      "reservation": value(device.item.reservation) { .unsigned($0) },
      "limit": value(device.item.limit) { .unsigned($0) },
      "weight": value(device.item.weight) { .unsigned($0) },
      "automatic_allocation": value(device.item.automaticAllocation) { .bool($0) },
      "mac_address": .text(
        device.kind == .networkAdapter ? device.item.macAddress?.text : nil),
      "range": rangeJSON(device),
      "settings": .list(device.item.settings, settingJSON),
      "extensions": extensionsJSON(device.item.extensions),
      "line": .number(device.item.place.line),
      "lines": .list(device.places) { .number($0.line) },
    ]
  }

  private func rangeJSON(_ device: Device) -> JSON {
    guard device.minimum != nil || device.maximum != nil else { return .null }
    return [
      "minimum": device.minimum.map(quantityJSON) ?? .null,
      "normal": quantityJSON(device.item),
      "maximum": device.maximum.map(quantityJSON) ?? .null,
    ]
  }

  /// A quantity in its units: a number, or the text of the property that gives it.
  func quantityJSON(_ item: Item) -> JSON {
    value(item.virtualQuantity) { quantity in
      switch quantity {
      case .number(let number): .unsigned(number)
      case .property(let name): ["property": .string(name)]
      }
    }
  }

  private func backingJSON(_ backing: Device.Backing?) -> JSON {
    switch backing {
    case nil: return .null
    case .disk(let disk, let file):
      return [
        "disk": .text(disk.id?.text), "file": .text(file?.href?.text),
        "capacity_bytes": result(envelope.capacity(of: disk, in: envelope.defaultConfiguration)),
      ]
    case .file(let file): return ["disk": .null, "file": .text(file.href?.text)]
    case .unresolved(let resource): return ["unresolved": .string(resource.text)]
    }
  }
}

extension Content {
  /// The id of the machine or collection.
  fileprivate var id: String? {
    switch self {
    case .system(let system): system.id?.text
    case .collection(let collection): collection.id?.text
    }
  }
}
