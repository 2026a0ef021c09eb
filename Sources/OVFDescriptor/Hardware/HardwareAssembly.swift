import OVABasics
import OVFXML

/// Makes devices of items: chooses those of a configuration, merges, follows references.
struct HardwareAssembly {
  let envelope: Envelope
  let configuration: String?

  func hardware(of section: HardwareSection, system: VirtualSystem?) -> Hardware {
    var merged = merge(section.items)
    let ranges = ranges(section.items)
    let items = merged.devices.compactMap { Item.merging($0) }
    let controllers = controllers(items)
    let devices = zip(items, merged.devices).map { item, sources in
      let range = item.instanceID.flatMap { ranges[ExactName($0)] }
      return Device(
        item: item, places: sources.map(\.place), kind: kind(of: item), model: model(of: item),
        number: item.instanceID.flatMap { controllers[ExactName($0)]?.number },
        slot: slot(of: item, controllers), backing: backing(of: item),
        minimum: range?.minimum, maximum: range?.maximum)
    }
    merged.conflicts.sort { $0.second < $1.second }
    return Hardware(
      configuration: configuration, section: section, devices: devices,
      conflicts: merged.conflicts,
      processors: sum(devices, .processor, processors), memory: sum(devices, .memory, memory),
      machine: system?.extensions.first {
        Namespaces.isVirtualBox($0.name) && $0.name.local.isExactly("Machine")
      }?.element)
  }

  // MARK: Merging (clause 9.8)

  private struct Merged {
    /// The items of each device, in order; never empty.
    var devices: [[Item]] = []
    var conflicts: [Hardware.Conflict] = []
  }

  /// Items of one instance id and one resource type are one device; the later's fields replace the
  /// earlier's of the same name.
  private func merge(_ items: [Item]) -> Merged {
    var merged = Merged()
    var byKey: [ExactName: Int] = [:]
    var firstByID: [ExactName: Int] = [:]
    for item in items where item.isDevice && item.applies(to: configuration) {
      guard let id = item.instanceID else {
        merged.devices.append([item])
        continue
      }
      // "3" and " 03" are one type.
      let type = item.resourceType.map { $0.value.map(String.init) ?? $0.text } ?? ""
      let key = ExactName("\(type) \(id)")
      if let known = byKey[key] {
        if let earlier = merged.devices[known].last, earlier.isUnconditional, item.isUnconditional {
          merged.conflicts.append(
            Hardware.Conflict(
              kind: .bothUnconditional, instanceID: id, first: earlier.place, second: item.place))
        }
        merged.devices[known].append(item)
        continue
      }
      if let other = firstByID[ExactName(id)].flatMap({ merged.devices[$0].first }) {
        merged.conflicts.append(
          Hardware.Conflict(
            kind: .differentTypes, instanceID: id, first: other.place,
            second: item.place))
      } else {
        firstByID[ExactName(id)] = merged.devices.count
      }
      byKey[key] = merged.devices.count
      merged.devices.append([item])
    }
    return merged
  }

  private func ranges(_ items: [Item]) -> [ExactName: (minimum: Item?, maximum: Item?)] {
    var ranges: [ExactName: (minimum: Item?, maximum: Item?)] = [:]
    for item in items where item.applies(to: configuration) {
      guard let bound = item.bound?.value, bound != .normal, let id = item.instanceID
      else { continue }
      var range = ranges[ExactName(id)] ?? (nil, nil)
      if bound == .min { range.minimum = range.minimum ?? item }
      if bound == .max { range.maximum = range.maximum ?? item }
      ranges[ExactName(id)] = range
    }
    return ranges
  }

  // MARK: Slots

  private struct Controller {
    let bus: Device.Bus?
    let number: Int?
  }

  /// The items by instance id, with bus and number of those that are controllers: the number is
  /// the one written, else they are counted as they come.
  private func controllers(_ items: [Item]) -> [ExactName: Controller] {
    var controllers: [ExactName: Controller] = [:]
    var counts: [Device.Bus: Int] = [:]
    for item in items {
      guard let id = item.instanceID, controllers[ExactName(id)] == nil else { continue }
      guard case .controller(let bus) = kind(of: item) else {
        controllers[ExactName(id)] = Controller(bus: nil, number: nil)
        continue
      }
      let counted = counts[bus, default: 0]
      counts[bus] = counted + 1
      let written = (item.address ?? item.field("BusNumber")).flatMap {
        try? Reading.number($0.text, as: Int32.self).get()
      }
      controllers[ExactName(id)] = Controller(bus: bus, number: written.map(Int.init) ?? counted)
    }
    return controllers
  }

  private func slot(of item: Item, _ controllers: [ExactName: Controller]) -> Device.Slot? {
    guard let parent = item.parentID else { return slotWithoutParent(item) }
    let controller = controllers[ExactName(parent)]
    let address = item.addressOnParent?.text
    return Device.Slot(
      bus: controller?.bus, controller: controller?.number,
      address: address?.isEmpty == true ? nil : address)
  }

  /// The slot that oVirt writes as an address; it has no items for controllers.
  private func slotWithoutParent(_ item: Item) -> Device.Slot? {
    guard envelope.dialect == .oVirt, kind(of: item).isDrive else { return nil }
    var interface: String?
    if case .disk(let disk, _) = backing(of: item) { interface = disk.interface?.text }
    return OVirt.slot(address: item.address?.text, interface: interface)
  }

  // MARK: Models

  private func model(of item: Item) -> String {
    let written = item.subTypes.joined(separator: " or ")
    guard envelope.dialect == .oVirt else { return written }
    if kind(of: item) == .networkAdapter { return OVirt.adapter(written) ?? written }
    return written.isEmpty ? item.field("Device")?.text ?? "" : written
  }

  // MARK: Backing

  private func backing(of item: Item) -> Device.Backing? {
    guard let resource = item.hostResources.first?.value else { return nil }
    return envelope.backing(of: resource)
  }

  // MARK: Sums

  private func sum(
    _ devices: [Device], _ kind: Device.Kind,
    _ count: (Item) -> Result<UInt64, ValueFault>
  ) -> Result<UInt64, ValueFault>? {
    let counts = devices.filter { $0.kind == kind }.map { count($0.item) }
    guard let first = counts.first else { return nil }
    return counts.dropFirst().reduce(first) { sum, next in
      sum.flatMap { sum in
        next.flatMap { next in
          let (total, overflows) = sum.addingReportingOverflow(next)
          return overflows ? .failure(.overflow(bound: "\(UInt64.max)")) : .success(total)
        }
      }
    }
  }

  /// The quantity, whatever units are written; oVirt multiplies sockets, cores and threads.
  private func processors(_ item: Item) -> Result<UInt64, ValueFault> {
    if let quantity = item.virtualQuantity {
      return envelope.number(quantity.reading, in: configuration)
    }
    guard item.field("num_of_sockets") != nil else { return .failure(.empty) }
    var product: UInt64 = 1
    for name in ["num_of_sockets", "cpu_per_socket", "threads_per_cpu"] {
      guard let field = item.field(name) else { continue }
      switch Reading.number(field.text, as: UInt64.self) {
      case .failure(let fault): return .failure(fault)
      case .success(let number):
        let (next, overflows) = product.multipliedReportingOverflow(by: number)
        if overflows { return .failure(.overflow(bound: "\(UInt64.max)")) }
        product = next
      }
    }
    return .success(product)
  }

  private func memory(_ item: Item) -> Result<UInt64, ValueFault> {
    guard let quantity = item.virtualQuantity else { return .failure(.empty) }
    return envelope.bytes(
      quantity.reading, item.allocationUnits?.reading ?? .success(.byte), in: configuration)
  }
}

extension Item {
  /// True if it counts in every configuration and names no bound.
  fileprivate var isUnconditional: Bool { configurations == nil && bound == nil }

  /// One item of several: the later's fields stand in place of the earlier's of the same name. Nil
  /// of none.
  fileprivate static func merging(_ items: [Item]) -> Item? {
    guard let first = items.first, let last = items.last else { return nil }
    guard items.count > 1 else { return first }
    // Backwards, so that the work grows with the number of fields and not with its square.
    var fields: [[ItemField]] = []
    var settings: [[Setting]] = []
    var extensions: [[Extension]] = []
    var fieldNames: Set<ExactName> = []
    var settingKinds: Set<Setting.Kind> = []
    var extensionNames: Set<XMLName> = []
    for item in items.reversed() {
      fields.append(item.fields.filter { !fieldNames.contains(ExactName($0.name.local)) })
      settings.append(item.settings.filter { !settingKinds.contains($0.kind) })
      extensions.append(item.extensions.filter { !extensionNames.contains($0.name) })
      fieldNames.formUnion(item.fields.map { ExactName($0.name.local) })
      settingKinds.formUnion(item.settings.map(\.kind))
      extensionNames.formUnion(item.extensions.map(\.name))
    }
    return Item(
      kind: first.kind, required: items.reversed().lazy.compactMap(\.required).first,
      configurations: last.configurations, bound: last.bound,
      fields: Array(fields.reversed().joined()), settings: Array(settings.reversed().joined()),
      extensions: Array(extensions.reversed().joined()), place: first.place)
  }
}
