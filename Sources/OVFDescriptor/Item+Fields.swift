import OVABasics
import OVFXML

extension Item {
  /// The first field of that name.
  public func field(_ name: String) -> Field? { fields.first { $0.name.local.isExactly(name) } }

  /// All fields of that name, in order.
  public func allFields(_ name: String) -> [Field] {
    fields.filter { $0.name.local.isExactly(name) }
  }

  /// `InstanceID`, or `InstanceId` of older producers.
  public var instanceID: String? { (field("InstanceID") ?? field("InstanceId"))?.text }
  /// `ResourceType`, a number of CIM_ResourceAllocationSettingData.
  public var resourceType: Written<UInt16>? { nil }
  /// `ElementName`, or `Caption` where that is missing.
  public var displayName: Field? { field("ElementName") ?? field("Caption") }
  /// `ResourceSubType`, as written.
  public var resourceSubType: Field? { field("ResourceSubType") }
  /// `ResourceSubType` split at blanks and commas: alternatives, the best first.
  public var subTypes: [String] { [] }
  /// `Parent`: the instance id of the item that this one is plugged into.
  public var parent: Field? { field("Parent") }
  /// `AddressOnParent`: its place there.
  public var addressOnParent: Field? { field("AddressOnParent") }
  /// `Address`: a controller's number or an adapter's MAC address.
  public var address: Field? { field("Address") }
  /// `HostResource`, each with what it means; empty ones left out.
  public var hostResources: [Written<HostResource>] { [] }
  /// `Connection`: the networks that an adapter connects to.
  public var connections: [Field] { allFields("Connection") }
  /// `AllocationUnits`; nil where absent.
  public var allocationUnits: Written<Unit>? { nil }
  /// `VirtualQuantity`, a bare number; a `${property}` is not followed.
  public var virtualQuantity: Written<Quantity>? { nil }
  /// `Reservation`, in the allocation units.
  public var reservation: Written<UInt64>? { nil }
  /// `Limit`, in the allocation units.
  public var limit: Written<UInt64>? { nil }
  /// `Weight`.
  public var weight: Written<UInt64>? { nil }
  /// `AutomaticAllocation`.
  public var automaticAllocation: Written<Bool>? { nil }

  /// A number as it may be written: itself or a property that holds it.
  public typealias Quantity = Disk.Capacity
}
