import OVABasics
import OVFXML

extension Reader {
  func section(
    _ element: XMLTreeElement, _ name: XMLName, _ kind: SectionKind?, _ scope: Scope
  ) -> Section {
    guard let kind, kind.isOfVersion2 else { return read(section: element, name, kind) }
    return inside(sectionOf: name.namespace) { read(section: element, name, kind) }
  }

  private func read(section element: XMLTreeElement, _ name: XMLName, _ kind: SectionKind?)
    -> Section
  {
    let (body, expected) = body(element, kind)
    return Section(
      kind: kind, name: name, info: message(element, "Info"),
      infoIsFirst: element.children.first.flatMap { ovfName($0) }?.isExactly("Info") == true,
      required: truth(element, "required"), body: body,
      extensions: expected.map { others(element, than: $0.union(["Info"])) } ?? [],
      otherAttributes: otherAttributes(element), place: place(element))
  }

  /// Returns the content of a section, and the names of the children that were read; nil where none
  /// were.
  private func body(
    _ element: XMLTreeElement, _ kind: SectionKind?
  ) -> (Section.Body, Set<String>?) {
    switch kind {
    case .disk, .sharedDisk:
      let disks = children(element, kind == .disk ? "Disk" : "SharedDisk")
      return (
        .disks((disks.isEmpty ? children(element, "Disk") : disks).map { disk($0, kind) }),
        ["Disk", "SharedDisk"]
      )
    case .network: return (.networks(children(element, "Network").map(network)), ["Network"])
    case .deploymentOption:
      return (
        .deploymentOptions(children(element, "Configuration").map(option)), ["Configuration"]
      )
    case .virtualHardware:
      return (.hardware(hardware(element)), Set(Item.Kind.allCases.map(\.rawValue) + ["System"]))
    case .operatingSystem:
      return (.operatingSystem(operatingSystem(element)), ["Description"])
    case .product: return (.product(product(element)), Self.productChildren)
    case .eula: return (.eula(license: message(element, "License")), ["License"])
    case .annotation: return (.annotation(message(element, "Annotation")), ["Annotation"])
    case .startup: return (.startup(children(element, "Item").map(startup)), ["Item"])
    case .resourceAllocation:
      return (.resourceAllocation(items(element)), Set(Item.Kind.allCases.map(\.rawValue)))
    case .install:
      return (.install(stopDelay: number(element, "initialBootStopDelay")), [])
    case .environmentFiles:
      return (.environmentFiles(children(element, "File").map(environmentFile)), ["File"])
    case .bootDevice:
      return (.bootDevice(bootConfigurations(element)), Self.bootSettings)
    case .scaleOut: return (.scaleOut(scaleOut(element)), ["Description", "InstanceCount"])
    case .placementGroup: return (.placementGroup(placementGroup(element)), ["Description"])
    case .placement: return (.placement(group: attribute(element, "group")), [])
    case .encryption: return (.encryption(encryption(element)), Self.encryptionKeys)
    case nil: return (.unknown(element), nil)
    }
  }

  private func disk(_ element: XMLTreeElement, _ kind: SectionKind?) -> Disk {
    let units = value(element, "capacityAllocationUnits", ProgrammaticUnit.parse)
    noteUnit(units)
    return Disk(
      id: attribute(element, "diskId"), fileReference: attribute(element, "fileRef"),
      capacity: value(element, "capacity", Reading.capacity), capacityUnits: units,
      populatedSize: number(element, "populatedSize"), format: attribute(element, "format"),
      parentReference: attribute(element, "parentRef"),
      oVirtSize: dialect == .oVirt ? number(element, "size") : nil,
      interface: attribute(element, "disk-interface"),
      isBootable: attribute(element, "boot").map {
        SourceValue($0.text, Reading.truth($0.text), place: $0.place)
      }, directLUN: directLUN(element),
      isShared: kind == .sharedDisk,
      readOnly: kind == .sharedDisk ? truth(element, "readOnly") : nil,
      otherAttributes: otherAttributes(element),
      extensions: element.children.map { foreign($0) }, place: place(element))
  }

  /// The LUN of a disk that is storage of the host.
  private func directLUN(_ element: XMLTreeElement) -> SourceValue<String>? {
    let kind = attribute(element, "disk_storage_type")
    guard let lun = attribute(element, "lun_id") else {
      return kind?.text.isExactlyIgnoringCase("LUN") == true ? kind : nil
    }
    return kind.map { $0.text.isExactlyIgnoringCase("LUN") } ?? true ? lun : nil
  }

  private func network(_ element: XMLTreeElement) -> Network {
    Network(
      name: attribute(element, "name"), description: message(element, "Description"),
      extensions: others(element, than: ["Description"]), place: place(element))
  }

  private func option(_ element: XMLTreeElement) -> DeploymentOption {
    DeploymentOption(
      id: attribute(element, "id"), isMarkedDefault: truth(element, "default"),
      label: message(element, "Label"), description: message(element, "Description"),
      extensions: others(element, than: ["Label", "Description"]),
      place: place(element))
  }

  private func operatingSystem(_ element: XMLTreeElement) -> OperatingSystem {
    let virtualBoxType = element.children.first {
      Namespaces.isVirtualBox($0.name) && $0.name.local.isExactly("OSType")
    }
    let vmwareType = element.attributes.first {
      Namespaces.isVMware($0.name) && $0.name.local.isExactly("osType")
    }
    // In version 0.9 the element is called Section.
    let id = attribute(element, "id").map {
      SourceValue($0.text, Reading.number($0.text, as: UInt16.self), place: $0.place)
    }
    noteFault(id, element: SectionKind.operatingSystem.rawValue, name: "id")
    return OperatingSystem(
      id: id, version: attribute(element, "version"),
      description: message(element, "Description"),
      vmwareType: vmwareType.map { SourceValue($0.value, place: $0.place(in: name)) },
      virtualBoxType: virtualBoxType.map { SourceValue($0.trimmedText, place: place($0)) })
  }

  private func startup(_ element: XMLTreeElement) -> StartupItem {
    StartupItem(
      id: attribute(element, "id"), order: number(element, "order"),
      startDelay: number(element, "startDelay"), stopDelay: number(element, "stopDelay"),
      startAction: attribute(element, "startAction"),
      stopAction: attribute(element, "stopAction"),
      waitingForGuest: truth(element, "waitingForGuest"), place: place(element))
  }
}
