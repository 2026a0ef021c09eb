public import OVABasics

/// A device, or a range for one, as one element writes it (clause 8.3).
public struct Item: Hashable, Sendable {
  /// The element that an item may be.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Any resource.
    case item = "Item"
    /// Storage (2.x).
    case storage = "StorageItem"
    /// An Ethernet port (2.x).
    case ethernetPort = "EthernetPortItem"
  }

  /// What an item is to its device (clause 8.4).
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
  public let required: Written<Bool>?
  /// The configurations it belongs to, split; nil means all.
  public let configurations: Written<[String]>?
  /// `bound`; normal where absent.
  public let bound: Written<Bound>?
  /// The CIM properties as written, in order.
  public let fields: [Field]
  /// VMware's settings inside the item.
  public let settings: [Setting]
  /// Children of other namespaces.
  public let extensions: [Extension]
  /// Where it stands.
  public let place: Place

  /// Whether it is a device rather than the end of a range.
  public var isDevice: Bool { bound == nil || bound?.value == .normal || bound?.value == nil }

  /// Whether it counts in a configuration.
  public func applies(to configuration: String?) -> Bool {
    Configurations.include(configuration, configurations)
  }
}
