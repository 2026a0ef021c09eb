import OVABasics
import OVAPackage
import OVFDescriptor

extension InspectionJSON {
  func systemJSON(_ system: VirtualSystem) -> JSON {
    let hardware = envelope.hardware(of: system, in: envelope.defaultConfiguration)
    return [
      "id": .text(system.id?.text),
      "path": .texts(system.path),
      "name": .text(text(system.name)),
      "info": .text(text(system.info)),
      "operating_system": system.operatingSystem.map(operatingSystemJSON) ?? .null,
      "annotation": .text(annotation(in: system.sections)),
      "eulas": .texts(eulas(in: system.sections)),
      "hardware_sections": .number(system.hardwareSections.count),
      "hardware": hardware.map(hardwareJSON) ?? .null,
      "line": .number(system.place.line),
    ]
  }

  func collectionJSON(_ collection: VirtualSystemCollection) -> JSON {
    let startup = collection.sections.flatMap { section -> [StartupItem] in
      if case .startup(let items) = section.body { return items }
      return []
    }
    let resources = collection.sections.flatMap { section -> [Item] in
      if case .resourceAllocation(let items) = section.body { return items }
      return []
    }
    return [
      "id": .text(collection.id?.text),
      "path": .texts(collection.path),
      "name": .text(text(collection.name)),
      "members": .texts(collection.contents.compactMap(\.id)),
      "annotation": .text(annotation(in: collection.sections)),
      "eulas": .texts(eulas(in: collection.sections)),
      "startup": .list(startup) { item in
        [
          "id": .text(item.id?.text), "order": value(item.order) { .unsigned(UInt64($0)) },
          "start_delay": value(item.startDelay) { .unsigned($0) },
          "stop_delay": value(item.stopDelay) { .unsigned($0) },
          "start_action": .text(item.startAction?.text),
          "stop_action": .text(item.stopAction?.text),
          "waiting_for_guest": value(item.waitingForGuest) { .bool($0) },
        ]
      },
      "resources": .list(resources, itemJSON),
      "line": .number(collection.place.line),
    ]
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
      "nvram": .text(hardware.nvram?.text),
      "vcpus": result(hardware.processors),
      "cores_per_socket": value(hardware.coresPerSocket) { .unsigned($0) },
      "memory_bytes": result(hardware.memory),
      "controllers": .list(hardware.controllers, deviceJSON),
      "disks": .list(hardware.disks, deviceJSON),
      "cdroms": .list(hardware.opticalDrives, deviceJSON),
      "floppies": .list(hardware.floppyDrives, deviceJSON),
      "nics": .list(hardware.networkAdapters, deviceJSON),
      "other_devices": .list(hardware.otherDevices, deviceJSON),
      "settings": .list(hardware.section.settings) { setting in
        [
          "kind": setting.kind == .config ? "config" : "extra-config",
          "key": .text(setting.key?.text), "value": .text(setting.value?.text),
          "required": .bool(setting.isRequired),
        ]
      },
    ]
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
      "range": rangeJSON(device),
      "line": .number(device.item.place.line),
    ]
  }

  private func rangeJSON(_ device: Device) -> JSON {
    guard device.minimum != nil || device.maximum != nil else { return .null }
    return [
      "minimum": .text(device.minimum?.virtualQuantity?.text),
      "normal": .text(device.item.virtualQuantity?.text),
      "maximum": .text(device.maximum?.virtualQuantity?.text),
    ]
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

  private func itemJSON(_ item: Item) -> JSON {
    [
      "instance_id": .text(item.instanceID),
      "resource_type": value(item.resourceType) { .unsigned(UInt64($0)) },
      "reservation": value(item.reservation) { .unsigned($0) },
      "limit": value(item.limit) { .unsigned($0) },
      "weight": value(item.weight) { .unsigned($0) },
      "units": .text(item.allocationUnits?.text),
    ]
  }

  private func annotation(in sections: [Section]) -> String? {
    for section in sections {
      if case .annotation(let message) = section.body { return text(message) }
    }
    return nil
  }

  private func eulas(in sections: [Section]) -> [String] {
    sections.compactMap { section in
      if case .eula(let license) = section.body { return text(license) }
      return nil
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
