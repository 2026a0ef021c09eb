import OVABasics
import OVFDescriptor
import OVFXML

typealias Hit = TargetCondition.Hit

extension Item {
  /// A hit at the item.
  var hit: Hit { Hit(place) }

  /// A hit at one of the item's fields, or at the item where it lacks the field.
  func hit(_ name: String, reads: String? = nil) -> Hit {
    let field = self.field(name)
    return Hit(field?.place ?? place, found: field?.text ?? "no \(name)", reads: reads)
  }

  /// Returns whether it has one of these resource types.
  func isOf(_ types: [UInt16]) -> Bool { resourceType?.value.map(types.contains) ?? false }

  /// True if a reader that does not make the device has to refuse the package.
  var isRequired: Bool { required.map { $0.text != "false" } ?? true }

  /// `AddressOnParent` as a number.
  var slot: Int? { addressOnParent.flatMap { Int($0.text) } }
}

extension TargetView {
  /// The items of these resource types, ends of ranges left out.
  func items(_ types: UInt16...) -> [Item] { items.filter { $0.isDevice && $0.isOf(types) } }

  /// The items of a hardware section that a reader without deployment options takes for several of
  /// one type, a group for each section.
  func several(_ type: UInt16) -> [[Item]] {
    sections.map { $0.items.filter { $0.isDevice && $0.isOf([type]) } }.filter { $0.count > 1 }
  }

  /// Several processor or memory items in a section, each group with the value that is read.
  func several(
    _ types: [UInt16], differing: Bool = true, reads: (_ quantities: [String]) -> String?
  ) -> [Hit] {
    types.flatMap { type in
      several(type).compactMap { group -> Hit? in
        let quantities = group.map { $0.field("VirtualQuantity")?.text ?? "" }
        if differing, Set(quantities).count < 2 { return nil }
        let unit = type == 3 ? "CPUs" : group[1].unitText + " of memory"
        return Hit(
          group[1].place, found: quantities.joined(separator: ", "),
          reads: reads(quantities).map { "\($0) \(unit)" })
      }
    }
  }

  /// The items of these types that belong to some options only.
  func ofOptions(_ types: UInt16...) -> [Hit] {
    items.filter { $0.isOf(types) && $0.configurations != nil }
      .map { Hit($0.place, found: $0.configurations?.text) }
  }

  /// The hardware section of an item.
  func section(of item: Item) -> HardwareSection? {
    sections.first { section in section.items.contains { $0 === item } }
  }

  /// The item that an item is plugged into.
  func parent(of item: Item) -> Item? {
    guard let id = item.parent?.text, !id.isEmpty else { return nil }
    return section(of: item)?.items.first { $0.instanceID.map { $0.isExactly(id) } ?? false }
  }

  /// The disks as items, in order.
  var diskItems: [Item] { items(17) }

  /// The disk items whose place an earlier one of the same machine has, on controllers that `bus`
  /// gives the same name; nil for a controller that does not count.
  func diskItems(withTakenPlaces bus: (Item) -> String?) -> [Item] {
    sections.flatMap { section -> [Item] in
      var seen: Set<String> = []
      return section.items.filter { item in
        guard item.isDevice, item.isOf([17]), let parent = parent(of: item), let slot = item.slot,
          let bus = bus(parent)
        else { return false }
        return !seen.insert("\(bus):\(slot)").inserted
      }
    }
  }

  /// The `Disk` that a disk item names.
  func disk(of item: Item) -> Disk? {
    item.hostResources.lazy.compactMap { resource -> Disk? in
      guard case .disk(let id) = resource.value else { return nil }
      return disks.first { $0.id.map { $0.text.isExactly(id) } ?? false }
    }.first
  }

  /// The disk from which each machine starts in the default configuration: that in the lowest place
  /// of the controller. Machines with disks on several controllers, or with a disk without a place,
  /// are left out.
  var bootDisks: [(item: Item, disk: Disk)] {
    sections.compactMap { section in
      let drives = section.items.filter {
        $0.isDevice && $0.isOf([17]) && $0.applies(to: envelope.defaultConfiguration)
      }
      let placed = drives.compactMap { item in item.slot.map { (slot: $0, item: item) } }
      guard placed.count == drives.count, Set(drives.map { $0.parent?.text }).count == 1,
        let item = placed.min(by: { $0.slot < $1.slot })?.item, let disk = disk(of: item)
      else { return nil }
      return (item, disk)
    }
  }

  /// The disk items on controllers of this kind.
  func diskItems(on isMeant: (Item) -> Bool) -> [Hit] {
    diskItems.filter { parent(of: $0).map(isMeant) ?? false }.map(\.hit)
  }

  /// The memory items in another unit than 2^20 bytes. Without a unit the number means bytes; where
  /// it is below 1 MiB, it was meant in the unit that such readers take.
  var oddMemory: [Item] {
    items(4).filter { item in
      guard let unit = item.allocationUnits else {
        guard case .number(let bytes)? = item.virtualQuantity?.value else { return false }
        return bytes >= 1 << 20
      }
      return unit.value.map { $0.base != .byte || $0.numerator != 1 << 20 || $0.denominator != 1 }
        ?? true
    }
  }

  /// Memory in odd units as a reader takes it that counts in MiB.
  var memoryTakenForMebibytes: [Hit] {
    oddMemory.map { item in
      let number = item.field("VirtualQuantity")?.text ?? "?"
      return Hit(
        item.allocationUnits?.place ?? item.place,
        found: "\(number) × \(item.allocationUnits?.text ?? "byte (no unit)")",
        reads: "\(number) MiB of memory")
    }
  }
}

extension Item {
  /// The unit of its quantity behind a number: `MiB`, or the unit as written.
  var unitText: String {
    guard let unit = allocationUnits else { return "bytes" }
    let isMebibyte = unit.value.map { $0.base == .byte && $0.numerator == 1 << 20 } ?? false
    return isMebibyte ? "MiB" : "× \(unit.text)"
  }

  /// True if it is an NVMe controller.
  var isNVMe: Bool { isOf([20]) && subTypes.contains { $0.lowercased().contains("nvme") } }

  /// Returns whether its subtype says that it is one of these, in any letter case.
  func isSubType(_ names: String...) -> Bool {
    subTypes.contains { names.contains($0.lowercased()) }
  }
}
