public import OVABasics
import OVFXML

/// A device, or a range for one, as one element writes it (clause 8.3).
public final class Item: Hashable, Sendable {
  /// The element that an item may be.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Any resource.
    case item = "Item"
    /// Storage (2.x).
    case storage = "StorageItem"
    /// An Ethernet port (2.x).
    case ethernetPort = "EthernetPortItem"
  }

  /// The role of an item in a range of values (clause 8.4).
  public enum Bound: String, Hashable, Sendable, CaseIterable {
    /// The device itself.
    case normal
    /// The least that the device can do with.
    case min
    /// The most that it may get.
    case max
  }

  /// The element.
  public let kind: Kind
  /// `required`; true where absent.
  public let required: SourceValue<Bool>?
  /// The configurations it belongs to, split; nil means all.
  public let configurations: SourceValue<[String]>?
  /// `bound`; normal where absent.
  public let bound: SourceValue<Bound>?
  /// The CIM properties as written, in order.
  public let fields: [ItemField]
  /// VMware's settings inside the item.
  public let settings: [Setting]
  /// Children of other namespaces.
  public let extensions: [Extension]
  /// The place in the source.
  public let place: Place
  /// `InstanceID`, or `InstanceId` of older producers; nil where absent or empty. Kept, as the next
  /// three, since nearly all who look at an item ask for it.
  public let instanceID: String?
  /// `ResourceType`, a number of CIM_ResourceAllocationSettingData.
  public let resourceType: SourceValue<UInt16>?
  /// `AllocationUnits`; nil where absent or empty.
  public let allocationUnits: SourceValue<ProgrammaticUnit>?
  /// `VirtualQuantity`; a `${property}` is not followed.
  public let virtualQuantity: SourceValue<Quantity>?

  init(
    kind: Kind, required: SourceValue<Bool>?, configurations: SourceValue<[String]>?,
    bound: SourceValue<Bound>?, fields: [ItemField], settings: [Setting], extensions: [Extension],
    place: Place
  ) {
    self.kind = kind
    self.required = required
    self.configurations = configurations
    self.bound = bound
    self.fields = fields
    self.settings = settings
    self.extensions = extensions
    self.place = place
    let id = (fields.first(named: "InstanceID") ?? fields.first(named: "InstanceId"))?.text
    instanceID = id?.isEmpty == true ? nil : id
    resourceType = fields.written("ResourceType") { Reading.number($0) }
    let units = fields.written("AllocationUnits", ProgrammaticUnit.parse)
    allocationUnits = units?.fault == .empty ? nil : units
    virtualQuantity = fields.written("VirtualQuantity", Reading.capacity)
  }

  /// True if it is a device rather than the end of a range.
  public var isDevice: Bool { bound == nil || bound?.value == .normal || bound?.value == nil }

  /// Returns whether it counts in a configuration.
  public func applies(to configuration: String?) -> Bool {
    Configurations.include(configuration, configurations)
  }

  /// Equal when everything in them is.
  public static func == (a: Item, b: Item) -> Bool {
    a === b
      || a.kind == b.kind && a.required == b.required && a.configurations == b.configurations
        && a.bound == b.bound && a.fields == b.fields && a.settings == b.settings
        && a.extensions == b.extensions && a.place == b.place
  }

  /// Hashes the place, by which nearly all differ.
  public func hash(into hasher: inout Hasher) { hasher.combine(place) }
}

extension [ItemField] {
  /// The first field of that name; by index, for a copy of each field on the way would cost more
  /// than the comparison.
  func first(named name: String) -> ItemField? {
    indices.first { self[$0].name.local.isExactly(name) }.map { self[$0] }
  }

  /// The value of the first field of that name.
  func written<Value>(
    _ name: String, _ read: (String) -> Result<Value, ValueFault>
  ) -> SourceValue<Value>? {
    first(named: name).map { SourceValue($0.text, read($0.text), place: $0.place) }
  }
}
