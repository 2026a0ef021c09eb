public import OVABasics
public import OVFXML

/// A `Disk` of a disk section: the disk's meaning, not its place in a machine (clause 9.1).
public struct Disk: Hashable, Sendable {
  /// The name by which items mean it.
  public let id: Written<String>?
  /// The file with its content. Absent or empty means a blank disk.
  public let fileReference: Written<String>?
  /// Its size in `capacityUnits`, or the property that gives it.
  public let capacity: Written<Capacity>?
  /// The unit of `capacity`; bytes where absent.
  public let capacityUnits: Written<Unit>?
  /// Bytes in use, whatever the units say.
  public let populatedSize: Written<UInt64>?
  /// The URI of the disk format's specification.
  public let format: Written<String>?
  /// The disk that this one is the difference to.
  public let parentReference: Written<String>?
  /// oVirt's size in GiB, which stands where `capacity` is absent.
  public let oVirtSize: Written<UInt64>?
  /// Whether it stands in a shared disk section.
  public let isShared: Bool
  /// `readOnly` of a shared disk; false where absent.
  public let readOnly: Written<Bool>?
  /// Attributes of other namespaces, such as `vbox:uuid`.
  public let otherAttributes: [XMLAttribute]
  /// Child elements.
  public let extensions: [Extension]
  /// Where it stands.
  public let place: Place

  /// A capacity as written.
  public enum Capacity: Hashable, Sendable {
    /// A number of units.
    case number(UInt64)
    /// The name of the property that holds the number.
    case property(String)
  }
}
