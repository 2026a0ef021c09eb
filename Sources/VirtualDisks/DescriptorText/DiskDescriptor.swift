public import OVABasics

/// The text that describes a VMDK: embedded in a sparse extent or a file of its own.
public struct DiskDescriptor: Hashable, Sendable {
  /// One line of the extent description.
  public struct Extent: Hashable, Sendable {
    /// `RW`, `RDONLY` or `NOACCESS`, as written.
    public let access: String
    /// Its size in sectors.
    public let sectors: UInt64
    /// The type of the extent, in capitals: `FLAT`, `SPARSE`, `ZERO`, `VMFS`, …
    public let type: String
    /// The file that holds the data; nil for `ZERO`.
    public let name: String?
    /// The name that the file was found by where it is spelled in the descriptor's own encoding.
    public internal(set) var fileName: String?
    /// The name's bytes as they stand in the descriptor, where these are not its UTF-8.
    let otherSpelling: String?
    /// Sectors into that file at which the data begins.
    public let offset: UInt64
    /// The partition's UUID, which VMware writes for partitions of the host's disks.
    public let partitionUUID: String?
    /// The identifier of the host's device that the data lies on.
    public let deviceID: String?
    /// The place of the line.
    public let place: Place

    /// True if the data lies in the file as it is.
    public var isFlat: Bool { ["FLAT", "VMFS", "VMFSRAW", "VMFSRDM"].contains(type) }
    /// True if nothing is stored.
    public var isZero: Bool { type == "ZERO" }
    /// The danger in the name, if any.
    public var danger: ExtentDanger? { name.flatMap(ExtentDanger.init(name:)) }
  }

  /// A key and its value, quotes taken off.
  public struct Entry: Hashable, Sendable {
    /// The key as written.
    public let key: String
    /// The value without its quotes.
    public let value: String
    /// The place of the line.
    public let place: Place
  }

  /// All `key=value` lines in their order, the `ddb.*` ones among them.
  public let entries: [Entry]
  /// The extents in their order, no more than the limit.
  public internal(set) var extents: [Extent]

  /// The value of a key, compared without regard to case.
  public subscript(key: String) -> String? {
    let wanted = Self.folded(key)
    return entries.first { Self.folded($0.key) == wanted }?.value
  }

  /// The value of `createType`.
  public var createType: String? { self["createType"] }
  /// The content's id as written, up to eight hexadecimal digits.
  public var contentID: String? { self["CID"] }
  /// The parent's content id as written.
  public var parentContentID: String? { self["parentCID"] }
  /// The path of the parent.
  public var parentHint: String? { self["parentFileNameHint"] }
  /// The controller the disk was made for: `ide`, `lsilogic`, `buslogic`, `legacyESX`, `pvscsi`.
  public var adapterType: String? { self["ddb.adapterType"] }
  /// The virtual hardware's version.
  public var hardwareVersion: String? { self["ddb.virtualHWVersion"] }
  /// The version of the guest tools.
  public var toolsVersion: String? { self["ddb.toolsVersion"] }
  /// The key that says that the disk is encrypted; nil when none does.
  public var encryption: String? {
    entries.first { entry in
      let key = Self.folded(entry.key)
      return
        (key.starts(with: Array("encryption".utf8))
        || key.starts(with: Array("ddb.encryption".utf8)))
        && !["", "none", "0", "false"].contains(entry.value.lowercased())
    }?.key
  }
  /// The encoding that it says it is in; nil when it does not.
  public var encoding: String? { self["encoding"] }
  /// The disk's UUID, as written by VMware or VirtualBox.
  public var uuid: String? { self["ddb.uuid"] ?? self["ddb.uuid.image"] }
  /// True if another disk is needed to read this one.
  public var hasParent: Bool {
    guard let text = parentContentID else { return false }
    return UInt32(text, radix: 16).map { $0 != .max } ?? !text.isEmpty
  }
  /// The sum of the extents' sectors; nil when it passes 64 bits or there are none.
  public var sectors: UInt64? {
    guard !extents.isEmpty else { return nil }
    var total: UInt64 = 0
    for extent in extents {
      let (sum, overflow) = total.addingReportingOverflow(extent.sectors)
      if overflow { return nil }
      total = sum
    }
    return total
  }

  static func folded(_ key: String) -> [UInt8] {
    key.utf8.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
  }

  /// The create types that VMware, its documents and peers write.
  public static let knownCreateTypes: Set<String> = [
    "monolithicSparse", "monolithicFlat", "twoGbMaxExtentSparse", "twoGbMaxExtentFlat",
    "streamOptimized", "vmfs", "vmfsSparse", "vmfsThin", "vmfsRaw", "vmfsRDM", "vmfsRDMP",
    "vmfsRawDeviceMap", "vmfsPassthroughRawDeviceMap", "vmfsEagerZeroedThick",
    "vmfsPreallocated", "seSparse", "fullDevice", "partitionedDevice", "custom",
  ]
  /// The create types of disks that are the host's own, or data of snapshots: nothing of it can be
  /// deployed elsewhere.
  static let refusedCreateTypes: Set<String> = [
    "partitionedDevice", "fullDevice", "vmfsRaw", "vmfsRDM", "vmfsRDMP", "vmfsRawDeviceMap",
    "vmfsPassthroughRawDeviceMap",
  ]
  /// Returns whether a key is one that VMware, VirtualBox, qemu-img or open-vmdk write.
  static func isKnown(key: String) -> Bool {
    let folded = String(decoding: folded(key), as: UTF8.self)
    // First-class disks and encrypted ones have families of keys.
    return knownKeys.contains(folded) || folded.hasPrefix("ddb.fcd.")
      || folded.hasPrefix("encryption") || folded.hasPrefix("ddb.encryption")
  }

  private static let knownKeys: Set<String> = [
    "version", "encoding", "cid", "parentcid", "isnativesnapshot", "createtype",
    "parentfilenamehint", "changetrackpath", "ddb.adaptertype", "ddb.comment", "ddb.deletable",
    "ddb.encoding", "ddb.geometry.bioscylinders", "ddb.geometry.biosheads",
    "ddb.geometry.biossectors", "ddb.geometry.cylinders", "ddb.geometry.heads",
    "ddb.geometry.sectors", "ddb.grain", "ddb.iofilters", "ddb.longcontentid",
    "ddb.nativedeltabytes", "ddb.nativeparentcid", "ddb.nativeparenthint", "ddb.objectparenturi",
    "ddb.sidecars", "ddb.thinprovisioned", "ddb.toolsinstalltype", "ddb.toolsversion", "ddb.uuid",
    "ddb.uuid.image", "ddb.uuid.modification", "ddb.uuid.parent", "ddb.uuid.parentmodification",
    "ddb.virtualhwversion",
  ]

  /// The adapter types met in descriptors.
  public static let knownAdapterTypes: Set<String> = [
    "ide", "buslogic", "lsilogic", "legacyesx", "pvscsi", "lsisas1068", "sata", "ahci", "nvme",
  ]
}

/// The reasons why an extent's file must not be opened.
public enum ExtentDanger: Hashable, Sendable {
  /// It begins at a root, a drive or a share.
  case absolute
  /// It has `..` as a component.
  case escapes
  /// It is a device of the host.
  case device

  /// The danger in a name; nil for one that stays beside the descriptor.
  public init?(name: String) {
    // The bytes that the file system is asked for, whatever way they are spelled.
    let bytes = name.fileSystemBytes.map { byte -> UInt8 in
      byte == 0x5C ? 0x2F : (0x41...0x5A).contains(byte) ? byte + 32 : byte
    }
    let parts = bytes.split(separator: 0x2F, omittingEmptySubsequences: true).map(Array.init)
    if bytes.has("/dev/") || bytes.has("//./") || bytes.has("//?/") || bytes.has("/proc/")
      || bytes.has("/vmfs/devices/")
    {
      self = .device
    } else if parts.contains([0x2E, 0x2E]) {
      self = .escapes
    } else if bytes.first == 0x2F || bytes.count >= 2 && bytes[1] == 0x3A || bytes.has("file:")
      || bytes.contains(0)
    {
      self = .absolute
    } else {
      return nil
    }
  }
}
