import OVABasics
import OVFXML

extension Reader {
  func hardware(_ element: XMLTreeElement) -> HardwareSection {
    HardwareSection(
      id: attribute(element, "id"),
      // Blank-separated; before schema 1.1.1 comma-separated.
      transports: value(element, "transport") { .success(Reading.alternatives($0)) },
      system: child(element, "System").map(system), items: items(element),
      settings: element.children.compactMap(setting), place: place(element))
  }

  private func system(_ element: XMLTreeElement) -> HardwareSection.System {
    var fields: [ItemField] = []
    var extensions: [Extension] = []
    for child in element.children {
      if isField(child) {
        fields.append(field(child, known: KnownFields.system))
      } else {
        extensions.append(foreign(child))
      }
    }
    return HardwareSection.System(fields: fields, extensions: extensions, place: place(element))
  }

  func items(_ element: XMLTreeElement) -> [Item] {
    element.children.compactMap { child in
      ovfName(child).flatMap(Item.Kind.init(rawValue:)).map { item(child, $0) }
    }
  }

  private func item(_ element: XMLTreeElement, _ kind: Item.Kind) -> Item {
    var fields: [ItemField] = []
    var settings: [Setting] = []
    var extensions: [Extension] = []
    fields.reserveCapacity(element.children.count)
    for child in element.children {
      if isField(child) {
        fields.append(field(child, known: KnownFields.item))
      } else if let setting = setting(child) {
        settings.append(setting)
      } else {
        extensions.append(foreign(child))
      }
    }
    let item = Item(
      kind: kind, required: truth(element, "required"),
      configurations: words(element, "configuration"),
      bound: value(element, "bound") { text in
        Item.Bound(rawValue: text.trimmingBlanks).map { .success($0) }
          ?? .failure(.notOneOf(Item.Bound.allCases.map(\.rawValue)))
      }, fields: fields, settings: settings, extensions: extensions, place: place(element))
    noteNumbers(of: item)
    return item
  }

  /// Notices the fields of an item that should be numbers or units and are not.
  private func noteNumbers(of item: Item) {
    let element = item.kind.rawValue
    noteFault(item.resourceType, element: element, name: "ResourceType")
    noteFault(item.virtualQuantity, element: element, name: "VirtualQuantity")
    noteFault(item.reservation, element: element, name: "Reservation")
    noteFault(item.limit, element: element, name: "Limit")
    noteFault(item.weight, element: element, name: "Weight")
    noteFault(item.automaticAllocation, element: element, name: "AutomaticAllocation")
    noteFault(item.coresPerSocket, element: element, name: "CoresPerSocket")
    // Units of other resources are counts of all sorts of things, and nothing hangs on them.
    if item.resourceType?.value == ResourceType.memory {
      noteFault(item.allocationUnits, element: element, name: "AllocationUnits")
      noteUnit(item.allocationUnits)
    }
  }

  /// Returns whether a child of an item or system is a CIM property and no vendor's addition.
  private func isField(_ element: XMLTreeElement) -> Bool {
    if family(element.name.namespace) == .cim { return true }
    if ovfName(element) != nil { return true }
    // Producers misspell the namespaces: a property's name in a namespace that no vendor is known
    // by is that property.
    return !Namespaces.isVMware(element.name) && !Namespaces.isVirtualBox(element.name)
      && KnownFields.item.contains(element.name.local)
      && !Namespaces.isVendorPrefix(element.name.prefix)
  }

  private func field(_ element: XMLTreeElement, known: Set<String>) -> ItemField {
    ItemField(
      name: element.name, text: element.trimmedText, messageID: attribute(element, "msgid"),
      isKnown: known.contains(element.name.local), required: truth(element, "required"),
      place: place(element))
  }

  private func setting(_ element: XMLTreeElement) -> Setting? {
    guard Namespaces.isVMware(element.name) else { return nil }
    let kind: Setting.Kind
    switch element.name.local {
    case "Config": kind = .config
    case "ExtraConfig": kind = .extraConfig
    default: return nil
    }
    return Setting(
      kind: kind, key: vendorAttribute(element, "key"), value: vendorAttribute(element, "value"),
      required: truth(element, "required"), place: place(element))
  }
}

/// The properties of CIM's classes that items and systems are made of.
private enum KnownFields {
  static let item: Set<String> = [
    "Address", "AddressOnParent", "AllocationUnits", "AutomaticAllocation",
    "AutomaticDeallocation", "BusNumber", "Caption", "ChangeableType", "ComponentSetting",
    "ConfigurationName", "Connection", "ConsumerVisibility", "Description", "ElementName",
    "Generation", "HostResource", "InstanceID", "InstanceId", "Limit", "MappingBehavior",
    "OtherResourceType", "Parent", "PoolID", "Reservation", "ResourceSubType", "ResourceType",
    "SoID", "SoOrgID", "VirtualQuantity", "VirtualQuantityUnits", "Weight",
    // StorageAllocationSettingData
    "Access", "HostExtentName", "HostExtentNameFormat", "HostExtentNameNamespace",
    "HostExtentStartingAddress", "HostResourceBlockSize", "OtherHostExtentNameFormat",
    "OtherHostExtentNameNamespace", "VirtualResourceBlockSize",
    // EthernetPortAllocationSettingData
    "DefaultPortVID", "DefaultPriority", "DesiredVLANEndpointMode", "GroupID", "ManagerID",
    "NetworkPortProfileID", "NetworkPortProfileIDType", "OtherEndpointMode",
    "OtherNetworkPortProfileIDTypeInfo", "PortCorrelationID", "PortVID", "Promiscuous",
    "ReceiveBandwidthLimit", "ReceiveBandwidthReservation", "SourceMACFilteringEnabled",
    "AllowedPriorities", "AllowedToReceiveMACAddresses", "AllowedToReceiveVLANs",
    "AllowedToTransmitMACAddresses", "AllowedToTransmitVLANs", "TrunkedVLANs",
  ]

  static let system: Set<String> = [
    "AutomaticRecoveryAction", "AutomaticShutdownAction", "AutomaticStartupAction",
    "AutomaticStartupActionDelay", "AutomaticStartupActionSequenceNumber", "Caption",
    "ChangeableType", "ConfigurationDataRoot", "ConfigurationFile", "ConfigurationID",
    "ConfigurationName", "CreationTime", "Description", "ElementName", "Generation",
    "InstanceID", "InstanceId", "LogDataRoot", "Notes", "RecoveryFile", "SnapshotDataRoot",
    "SoID", "SoOrgID", "SuspendDataRoot", "SwapFileDataRoot", "VirtualSystemIdentifier",
    "VirtualSystemType",
  ]
}

/// Resource types that are distinguished by number.
enum ResourceType {
  static let processor: UInt16 = 3
  static let memory: UInt16 = 4
}
