public import OVABasics

/// A device of a machine in one configuration: items merged, references followed.
public final class Device: Hashable, Sendable {
  /// The kinds of devices.
  public enum Kind: Hashable, Sendable {
    /// Processors (resource type 3).
    case processor
    /// Memory (4).
    case memory
    /// A controller of drives, or of USB devices.
    case controller(Bus)
    /// A disk (17, 19, 31).
    case disk
    /// A CD or DVD drive (15, 16).
    case opticalDrive
    /// A floppy drive (14).
    case floppyDrive
    /// A network adapter (10).
    case networkAdapter
    /// Any other device, by what is known of it.
    case other(Other)

    /// True if it is a controller, of whatever bus.
    public var isController: Bool {
      if case .controller = self { return true }
      return false
    }

    /// True if it is a disk or a drive of removable media.
    public var isDrive: Bool { [.disk, .opticalDrive, .floppyDrive].contains(self) }

    /// True if it is none of the kinds that have a list of their own.
    public var isOther: Bool {
      if case .other = self { return true }
      return false
    }
  }

  /// The buses of controllers.
  public enum Bus: String, Hashable, Sendable {
    /// IDE (5).
    case ide
    /// SCSI (6).
    case scsi
    /// Fibre Channel (7).
    case fibreChannel = "fc"
    /// iSCSI (8).
    case iscsi
    /// SATA (20, by subtype).
    case sata
    /// NVMe (20, by subtype).
    case nvme
    /// Non-volatile memory (20, by subtype).
    case nvdimm
    /// USB (23).
    case usb
    /// The machine's own bus, on which oVirt's VirtIO disks are.
    case virtio
    /// Storage of another kind (20).
    case otherStorage = "other-storage"
  }

  /// Devices that are neither controllers, drives nor adapters.
  public enum Other: String, Hashable, Sendable {
    /// Graphics (24).
    case graphics
    /// Sound (35, or 1 by subtype).
    case sound
    /// A serial port (21).
    case serialPort = "serial-port"
    /// A parallel port (22).
    case parallelPort = "parallel-port"
    /// A trusted platform module (1, by subtype).
    case tpm
    /// A device of the host passed through (1 or 12, by subtype).
    case pciPassthrough = "pci-passthrough"
    /// VMware's channel between machine and host (1, by subtype).
    case vmci
    /// A module of non-volatile memory (20, by subtype).
    case nvdimm
    /// A keyboard, mouse or tablet (13 or 1, by subtype).
    case input
    /// Non-volatile settings of the firmware (32768 and others, by subtype).
    case nvram
    /// A tape drive (18).
    case tape
    /// Any other.
    case unknown
  }

  /// The items merged into one, with every field as written.
  public let item: Item
  /// The places of all items that it was merged from, in order.
  public let places: [Place]
  /// The kinds of devices.
  public let kind: Kind
  /// The model within its kind, such as `VmxNet3 or E1000`; empty where nothing is written.
  public let model: String
  /// A controller's number among those of its kind; nil for what is no controller.
  public let number: Int?
  /// The slot, as far as it is stated.
  public let slot: Slot?
  /// The backing; nil if it names none.
  public let backing: Backing?
  /// The least that the device can do with, of an item with `bound="min"`.
  public let minimum: Item?
  /// The most that it may get, of an item with `bound="max"`.
  public let maximum: Item?

  init(
    item: Item, places: [Place], kind: Kind, model: String, number: Int?, slot: Slot?,
    backing: Backing?, minimum: Item?, maximum: Item?
  ) {
    self.item = item
    self.places = places
    self.kind = kind
    self.model = model
    self.number = number
    self.slot = slot
    self.backing = backing
    self.minimum = minimum
    self.maximum = maximum
  }

  /// A place on a controller.
  public struct Slot: Hashable, Sendable, CustomStringConvertible {
    /// The kind of the controller; nil for a parent that is none.
    public let bus: Bus?
    /// The number of the controller among those of its kind.
    public let controller: Int?
    /// The place on the controller, `AddressOnParent`, as written.
    public let address: String?

    /// `SCSI 0:1`; what is not written is a question mark, unless the bus is all that is written.
    public var description: String {
      let name = bus?.rawValue.uppercased() ?? "?"
      if controller == nil, bus != nil {
        return address.map { "\(name) \($0)" } ?? name
      }
      return "\(name) \(controller.map(String.init) ?? "?"):\(address ?? "?")"
    }
  }

  /// The backings of devices.
  public enum Backing: Hashable, Sendable {
    /// A disk of the package, with the file that holds its content, if it names one that is listed.
    case disk(Disk, file: FileReference?)
    /// A file of the package.
    case file(FileReference)
    /// A disk or file that the descriptor does not list, or something else.
    case unresolved(HostResource)
  }

  /// Equal when everything in them is.
  public static func == (a: Device, b: Device) -> Bool {
    a === b
      || a.item == b.item && a.places == b.places && a.kind == b.kind && a.model == b.model
        && a.number == b.number
        && a.slot == b.slot && a.backing == b.backing && a.minimum == b.minimum
        && a.maximum == b.maximum
  }

  /// Hashes the item, by which nearly all differ.
  public func hash(into hasher: inout Hasher) { hasher.combine(item) }
}
