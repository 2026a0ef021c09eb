import OVABasics
import OVAPackage
import OVFDescriptor

extension InspectionJSON {
  func write(system: VirtualSystem, _ json: inout JSONWriter) {
    json.text("id", system.id?.text)
    json.texts("path", system.path)
    json.text("name", text(system.name))
    json.text("info", text(system.info))
    json.object("operating_system", system.operatingSystem, write(guest:_:))
    json.object(
      "hardware", envelope.hardware(of: system, in: envelope.defaultConfiguration)
    ) { hardware, json in
      write(hardware: hardware, &json)
      json.objects("boot_order", envelope.bootOrder(of: system, hardware), write(bootStep:_:))
    }
    json.objects("hardware_sections", system.hardwareSections, write(hardwareSection:_:))
    write(extensions: system.extensions, &json)
    json.number("line", system.place.line)
    writeCommonMembers(system.sections, &json)
  }

  func write(collection: VirtualSystemCollection, _ json: inout JSONWriter) {
    json.text("id", collection.id?.text)
    json.texts("path", collection.path)
    json.text("name", text(collection.name))
    json.text("info", text(collection.info))
    json.texts("members", collection.contents.compactMap(\.id))
    write(extensions: collection.extensions, &json)
    json.number("line", collection.place.line)
    writeCommonMembers(collection.sections, &json)
  }

  private func write(guest: OperatingSystem, _ json: inout JSONWriter) {
    json.value("id", guest.id)
    json.text("cim_name", guest.cimName)
    json.text("version", guest.version?.text)
    json.text("description", text(guest.description))
    json.text("vmware_type", guest.vmwareType?.text)
    json.text("virtualbox_type", guest.virtualBoxType?.text)
    json.text("name", envelope.guestName(of: guest, locale: locale))
  }

  private func write(hardware: Hardware, _ json: inout JSONWriter) {
    json.text("configuration", hardware.configuration)
    json.texts("families", hardware.families)
    json.texts("transports", hardware.section.transports?.value ?? [])
    json.text("firmware", hardware.firmware)
    json.flag("secure_boot", hardware.secureBoot)
    json.flag("tpm", hardware.hasTPM)
    json.flag("nested_virtualization", hardware.nestedVirtualization)
    json.flag("encrypted", hardware.isEncrypted)
    json.flag("cpu_hot_add", hardware.processorHotAdd)
    json.flag("cpu_hot_remove", hardware.processorHotRemove)
    json.flag("memory_hot_add", hardware.memoryHotAdd)
    json.object("nvram", hardware.nvram, write(nvram:_:))
    json.result("vcpus", hardware.processors)
    json.value("cores_per_socket", hardware.coresPerSocket)
    json.result("memory_bytes", hardware.memory)
    json.objects("controllers", hardware.controllers, write(device:_:))
    json.objects("disks", hardware.disks, write(device:_:))
    json.objects("cdroms", hardware.opticalDrives, write(device:_:))
    json.objects("floppies", hardware.floppyDrives, write(device:_:))
    json.objects("nics", hardware.networkAdapters, write(device:_:))
    json.objects("other_devices", hardware.otherDevices, write(device:_:))
    json.objects("settings", hardware.section.settings, write(setting:_:))
    json.objects("conflicts", hardware.conflicts) { conflict, json in
      json.text("instance_id", conflict.instanceID)
      json.text(
        "kind", conflict.kind == .bothUnconditional ? "both-unconditional" : "different-types")
      json.array("lines") { json in
        json.number(conflict.first.line)
        json.number(conflict.second.line)
      }
    }
  }

  private func write(bootStep: BootStep, _ json: inout JSONWriter) {
    var device: Device?
    if case .device(let found) = bootStep { device = found }
    json.text("text", bootStep.text)
    json.text("instance_id", device?.item.instanceID)
    json.text("slot", device?.slot?.description)
  }

  /// The file of the firmware's settings: as written, and the file of the package that it means.
  private func write(nvram: SourceValue<HostResource>, _ json: inout JSONWriter) {
    var name: String?
    if case .success(let resource) = nvram.reading,
      case .file(let file) = envelope.backing(of: resource)
    {
      name = file.href?.text
    }
    json.text("text", nvram.text)
    json.text("file", name)
    json.number("line", nvram.place.line)
  }

  private func write(device: Device, _ json: inout JSONWriter) {
    let item = device.item
    json.text("instance_id", item.instanceID)
    json.text("name", item.displayName?.text)
    json.text("kind", device.kind.title)
    json.value("resource_type", item.resourceType)
    json.texts("subtypes", item.subTypes)
    json.text("subtype", item.resourceSubType?.text)
    json.text("model", device.model.isEmpty ? nil : device.model)
    json.number("number", device.number)
    json.flag("starts_connected", device.startsConnected)
    json.text("slot", device.slot?.description)
    json.text("parent", item.parent?.text)
    json.text("address_on_parent", item.addressOnParent?.text)
    json.text("address", item.address?.text)
    json.texts("networks", item.connections.map(\.text))
    write(backing: device.backing, &json)
    json.flag("required", item.required?.value ?? true)
    writeQuantity("quantity", of: item, &json)
    json.text("units", item.allocationUnits?.text)
    json.value("reservation", item.reservation)
    json.value("limit", item.limit)
    json.value("weight", item.weight)
    json.value("automatic_allocation", item.automaticAllocation)
    json.text("mac_address", device.kind == .networkAdapter ? item.macAddress?.text : nil)
    writeRange(of: device, &json)
    json.objects("settings", item.settings, write(setting:_:))
    write(extensions: item.extensions, &json)
    json.number("line", item.place.line)
    json.array("lines") { json in
      for place in device.places { json.number(place.line) }
    }
  }

  private func writeRange(of device: Device, _ json: inout JSONWriter) {
    guard device.minimum != nil || device.maximum != nil else { return json.null("range") }
    json.object("range") { json in
      writeQuantity("minimum", of: device.minimum, &json)
      writeQuantity("normal", of: device.item, &json)
      writeQuantity("maximum", of: device.maximum, &json)
    }
  }

  /// A quantity in its units: a number, or the name of the property that gives it.
  private func writeQuantity(_ key: StaticString, of item: Item?, _ json: inout JSONWriter) {
    json.value(key, item?.virtualQuantity) { key, quantity, json in
      switch quantity {
      case .number(let number): json.number(key, number)
      case .property(let name): json.object(key) { $0.text("property", name) }
      }
    }
  }

  private func write(backing: Device.Backing?, _ json: inout JSONWriter) {
    json.object("backing", backing) { backing, json in
      switch backing {
      case .disk(let disk, let file):
        json.text("disk", disk.id?.text)
        json.text("file", file?.href?.text)
        json.result(
          "capacity_bytes", envelope.capacity(of: disk, in: envelope.defaultConfiguration))
      case .file(let file):
        json.null("disk")
        json.text("file", file.href?.text)
      case .unresolved(let resource): json.text("unresolved", resource.text)
      }
    }
  }
}

extension Device {
  /// True if an adapter or a drive of removable media is connected when the machine starts; nil for
  /// other devices.
  fileprivate var startsConnected: Bool? {
    switch kind {
    case .networkAdapter, .opticalDrive, .floppyDrive: !item.startsDisconnected
    default: nil
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
