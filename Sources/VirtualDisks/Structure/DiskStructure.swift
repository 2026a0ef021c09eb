/// The structure of a disk of a format other than hosted sparse VMDK.
public struct DiskStructure: Hashable, Sendable {
  /// The variant of the format: `version 3`, `dynamic`, `fixed`; nil where there is one.
  public internal(set) var variant: String?
  /// The virtual size in bytes; nil when the file does not say, or says nonsense.
  public internal(set) var capacity: UInt64?
  /// Bytes of the unit in which contents are stored (cluster, block); nil where there is none.
  public internal(set) var blockBytes: UInt64?
  /// The compression of the contents: `zlib`, `zstd`; nil for disks without compressed clusters.
  public internal(set) var compression: String?
  /// The encryption of the contents; nil when they are not encrypted.
  public internal(set) var encryption: String?
  /// The disk to which this one holds only the changes.
  public internal(set) var base: DiskBase?
  /// The file beside it that holds the contents, where they are not in the file itself.
  public internal(set) var dataFile: String?
  /// Bytes of the capacity that are stored; nil where the tables were not read to their end.
  public internal(set) var allocatedBytes: UInt64?
  /// Units that are stored, where they were counted.
  public internal(set) var blocks: UInt64?
}

/// The disk to which another holds only the changes.
public struct DiskBase: Hashable, Sendable {
  /// Its file, as the disk that needs it writes it; nil when it is not given.
  public let name: String?
  /// Its content's id (VMDK) or identifier (VHD, VHDX, VDI), where one is given.
  public let contentID: String?
  /// Its format, where it is given.
  public let format: String?
}

/// The parts that a check has verified, and those that it could not verify.
public struct DiskVerification: Hashable, Sendable {
  /// The parts that were verified, one short phrase each.
  public var checked: [String]
  /// The parts that were not, with the reason; empty when every byte was verified.
  public var unchecked: [String]

  /// True if nothing was left out.
  public var isComplete: Bool { unchecked.isEmpty }

  /// Makes one from its parts.
  public init(checked: [String] = [], unchecked: [String] = []) {
    self.checked = checked
    self.unchecked = unchecked
  }
}
