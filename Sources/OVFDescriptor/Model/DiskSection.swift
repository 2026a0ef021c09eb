public import OVABasics
public import OVFXML

/// A `Disk` of a disk section: the disk's meaning, not its place in a machine (clause 9.1).
public final class Disk: Hashable, Sendable {
  /// The name by which items mean it.
  public let id: SourceValue<String>?
  /// The file with its content. Absent or empty means a blank disk.
  public let fileReference: SourceValue<String>?
  /// Its size in `capacityUnits`, or the property that gives it.
  public let capacity: SourceValue<Capacity>?
  /// The unit of `capacity`; bytes where absent.
  public let capacityUnits: SourceValue<ProgrammaticUnit>?
  /// Bytes in use, whatever the units say.
  public let populatedSize: SourceValue<UInt64>?
  /// The URI of the disk format's specification.
  public let format: SourceValue<String>?
  /// The disk that this one is the difference to.
  public let parentReference: SourceValue<String>?
  /// oVirt's size in GiB, which stands where `capacity` is absent.
  public let oVirtSize: SourceValue<UInt64>?
  /// oVirt's bus of the disk, `disk-interface`, such as `VirtIO_SCSI`.
  public let interface: SourceValue<String>?
  /// oVirt's `boot`: whether the machine may start from it.
  public let isBootable: SourceValue<Bool>?
  /// The host's storage that is the disk itself, by its LUN; such a disk has neither capacity nor
  /// format nor file.
  public let directLUN: SourceValue<String>?
  /// True if it stands in a shared disk section.
  public let isShared: Bool
  /// `readOnly` of a shared disk; false where absent.
  public let readOnly: SourceValue<Bool>?
  /// Attributes of other namespaces, such as `vbox:uuid`.
  public let otherAttributes: [XMLAttribute]
  /// Child elements.
  public let extensions: [Extension]
  /// The place in the source.
  public let place: Place

  init(
    id: SourceValue<String>?, fileReference: SourceValue<String>?, capacity: SourceValue<Capacity>?,
    capacityUnits: SourceValue<ProgrammaticUnit>?, populatedSize: SourceValue<UInt64>?,
    format: SourceValue<String>?,
    parentReference: SourceValue<String>?, oVirtSize: SourceValue<UInt64>?,
    interface: SourceValue<String>?, isBootable: SourceValue<Bool>?,
    directLUN: SourceValue<String>?,
    isShared: Bool,
    readOnly: SourceValue<Bool>?, otherAttributes: [XMLAttribute], extensions: [Extension],
    place: Place
  ) {
    self.id = id
    self.fileReference = fileReference
    self.capacity = capacity
    self.capacityUnits = capacityUnits
    self.populatedSize = populatedSize
    self.format = format
    self.parentReference = parentReference
    self.oVirtSize = oVirtSize
    self.interface = interface
    self.isBootable = isBootable
    self.directLUN = directLUN
    self.isShared = isShared
    self.readOnly = readOnly
    self.otherAttributes = otherAttributes
    self.extensions = extensions
    self.place = place
  }

  /// A capacity as written.
  public enum Capacity: Hashable, Sendable {
    /// A number of units.
    case number(UInt64)
    /// The name of the property that holds the number.
    case property(String)
  }

  /// Equal when everything in them is.
  public static func == (a: Disk, b: Disk) -> Bool {
    a === b
      || a.id == b.id && a.fileReference == b.fileReference && a.capacity == b.capacity
        && a.capacityUnits == b.capacityUnits && a.populatedSize == b.populatedSize
        && a.format == b.format && a.parentReference == b.parentReference
        && a.oVirtSize == b.oVirtSize && a.isShared == b.isShared && a.readOnly == b.readOnly
        && a.otherAttributes == b.otherAttributes && a.extensions == b.extensions
        && a.place == b.place
  }

  /// Hashes the place, by which nearly all differ.
  public func hash(into hasher: inout Hasher) { hasher.combine(place) }
}
