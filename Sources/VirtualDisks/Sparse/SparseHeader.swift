/// The 512 bytes that begin a hosted sparse extent, as they stand in the file.
public struct SparseHeader: Hashable, Sendable {
  /// The bits of `flags`.
  public struct Flags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// The four newline bytes are meant to be tested.
    public static let newlineTest = Flags(rawValue: 1)
    /// The redundant grain directory is to be used.
    public static let redundantDirectory = Flags(rawValue: 1 << 1)
    /// An entry of 1 in a grain table means a grain of zeros.
    public static let zeroGrains = Flags(rawValue: 1 << 2)
    /// The grains are compressed.
    public static let compressed = Flags(rawValue: 1 << 16)
    /// Grains and tables are preceded by markers.
    public static let markers = Flags(rawValue: 1 << 17)
    /// All that have a meaning.
    public static let known: Flags = [
      .newlineTest, .redundantDirectory, .zeroGrains, .compressed, .markers,
    ]
  }

  /// The bytes a header takes.
  public static let byteCount = 512
  /// The value of `directorySector` that means "the footer knows".
  public static let directoryInFooter = UInt64.max
  /// The largest grain read here, in sectors (2 MiB), which bounds every buffer.
  public static let largestGrain: UInt64 = 4096
  /// The most grains a disk may have here, so that a grain's number fits 32 bits.
  public static let mostGrains: UInt64 = 1 << 32

  /// The most grain tables a disk may have here, which bounds its directory to 16 MiB: with usual
  /// grains and tables 128 TiB.
  public static let mostTables = 1 << 22

  /// Format version, 1 to 3.
  public let version: UInt32
  /// The flags of the header.
  public let flags: Flags
  /// The disk's size in sectors.
  public let capacity: UInt64
  /// Sectors of one grain.
  public let grainSize: UInt64
  /// First sector of the embedded descriptor; 0 when there is none.
  public let descriptorSector: UInt64
  /// Sectors set aside for the embedded descriptor.
  public let descriptorSectors: UInt64
  /// Entries of one grain table.
  public let tableEntries: UInt32
  /// Sector of the redundant grain directory.
  public let redundantDirectorySector: UInt64
  /// Sector of the grain directory, or `directoryInFooter`.
  public let directorySector: UInt64
  /// Sectors before the first grain.
  public let overhead: UInt64
  /// True if the program that wrote the disk did not close it.
  public let isUnclean: Bool
  /// The four bytes that a transfer in text mode would change; `\n \r\n` when whole.
  public let newlines: [UInt8]
  /// 0 for none, 1 for deflate.
  public let compression: UInt16
  /// The offset in the header of the first byte that should be zero and is not.
  public let firstReservedByteSet: Int?

  /// Reads a header; nil when there are fewer than 512 bytes or the magic number is not there.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.byteCount, bytes.has("KDMV") else { return nil }
    version = bytes.number32(at: 4)
    flags = Flags(rawValue: bytes.number32(at: 8))
    capacity = bytes.number64(at: 12)
    grainSize = bytes.number64(at: 20)
    descriptorSector = bytes.number64(at: 28)
    descriptorSectors = bytes.number64(at: 36)
    tableEntries = bytes.number32(at: 44)
    redundantDirectorySector = bytes.number64(at: 48)
    directorySector = bytes.number64(at: 56)
    overhead = bytes.number64(at: 64)
    isUnclean = bytes[72] != 0
    newlines = Array(bytes[73..<77])
    compression = bytes.number16(at: 77)
    firstReservedByteSet = bytes[79..<512].firstIndex { $0 != 0 }
  }

  /// True if grains are zlib streams behind markers.
  public var isCompressed: Bool { flags.contains(.compressed) }

  /// Bytes of one grain; nil when the header's value is not a size that grains have.
  public var grainBytes: Int? {
    guard (1...Self.largestGrain).contains(grainSize), grainSize.nonzeroBitCount == 1 else {
      return nil
    }
    return Int(grainSize) * Int(sectorBytes)
  }

  /// The disk's size in bytes; nil when it is zero or does not fit 63 bits.
  public var capacityBytes: UInt64? {
    let (bytes, overflow) = capacity.multipliedReportingOverflow(by: sectorBytes)
    return overflow || bytes == 0 || bytes > UInt64(Int64.max) ? nil : bytes
  }

  /// The number of grains of the capacity; nil when the header's sizes make no sense.
  public var grainCount: Int? {
    guard grainBytes != nil, capacityBytes != nil else { return nil }
    let count = (capacity - 1) / grainSize + 1
    return count <= Self.mostGrains ? Int(count) : nil
  }

  /// The number of grain tables that the capacity needs; nil when the header's sizes make no sense.
  public var tableCount: Int? {
    guard let found = tablesClaimed, found <= Self.mostTables else { return nil }
    return found
  }

  /// The number of grain tables the header's sizes make, be they too many.
  var tablesClaimed: Int? {
    guard let grainCount, hasSaneTables else { return nil }
    return (grainCount - 1) / Int(tableEntries) + 1
  }

  /// True if the number of entries of a table is one that tables have.
  public var hasSaneTables: Bool {
    (1...65_536).contains(tableEntries) && tableEntries.nonzeroBitCount == 1
  }

  /// Sectors that one grain table takes.
  var tableSectors: UInt64 { (UInt64(tableEntries) * 4 + sectorBytes - 1) / sectorBytes }
}
