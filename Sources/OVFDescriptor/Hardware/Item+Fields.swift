import OVABasics
import OVFXML

extension Item {
  /// A number as it may be written: itself or a property that holds it.
  public typealias Quantity = Disk.Capacity

  /// The first field of that name.
  public func field(_ name: String) -> ItemField? { fields.first(named: name) }

  /// All fields of that name, in order.
  public func allFields(_ name: String) -> [ItemField] {
    fields.indices.filter { fields[$0].name.local.isExactly(name) }.map { fields[$0] }
  }

  /// `ElementName`, or `Caption` where that is missing or empty.
  public var displayName: ItemField? {
    [field("ElementName"), field("Caption")].compactMap(\.self).first { !$0.text.isEmpty }
  }
  /// `ResourceSubType`, as written.
  public var resourceSubType: ItemField? { field("ResourceSubType") }
  /// `ResourceSubType` split at blanks and commas: alternatives, the best first.
  public var subTypes: [String] { Reading.alternatives(resourceSubType?.text ?? "") }
  /// `Parent`: the instance id of the item that this one is plugged into.
  public var parent: ItemField? { field("Parent") }
  /// `AddressOnParent`: its place there.
  public var addressOnParent: ItemField? { field("AddressOnParent") }
  /// `Address`: a controller's number or an adapter's MAC address.
  public var address: ItemField? { field("Address") }
  /// An adapter's fixed MAC address: oVirt's `MACAddress`, where `Address` is its place, or
  /// `Address`.
  public var macAddress: ItemField? {
    [field("MACAddress"), field("Address")].compactMap(\.self).first {
      !$0.text.isEmpty && OVirt.address($0.text) == nil
    }
  }
  /// `HostResource`, each with what it means; empty ones left out.
  public var hostResources: [SourceValue<HostResource>] {
    allFields("HostResource").filter { !$0.text.isEmpty }.map {
      SourceValue($0.text, .success(HostResource($0.text)), place: $0.place)
    }
  }
  /// `Connection`: the networks that an adapter connects to.
  public var connections: [ItemField] { allFields("Connection").filter { !$0.text.isEmpty } }
  /// `Reservation`, in the allocation units.
  public var reservation: SourceValue<UInt64>? { written("Reservation") { Reading.number($0) } }
  /// `Limit`, in the allocation units.
  public var limit: SourceValue<UInt64>? { written("Limit") { Reading.number($0) } }
  /// `Weight`.
  public var weight: SourceValue<UInt64>? { written("Weight") { Reading.number($0) } }
  /// `AutomaticAllocation`.
  public var automaticAllocation: SourceValue<Bool>? {
    written("AutomaticAllocation", Reading.truth)
  }
  /// `vmw:CoresPerSocket`, or oVirt's `cpu_per_socket`.
  public var coresPerSocket: SourceValue<UInt64>? {
    let vmware = extensions.first {
      Namespaces.isVMware($0.name) && $0.name.local.isExactly("CoresPerSocket")
    }
    guard let vmware else { return written("cpu_per_socket") { Reading.number($0) } }
    let text = vmware.element.trimmedText
    return SourceValue(text, Reading.number(text), place: vmware.place)
  }

  private func written<Value>(
    _ name: String, _ read: (String) -> Result<Value, ValueFault>
  ) -> SourceValue<Value>? {
    fields.written(name, read)
  }
}
