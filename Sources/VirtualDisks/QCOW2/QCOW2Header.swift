/// The header of a QCOW2 disk (qemu's docs/interop/qcow2.txt); all numbers are big-endian.
struct QCOW2Header {
  /// The bits of `incompatible` that have a meaning.
  enum Feature {
    static let dirty: UInt64 = 1
    static let corrupt: UInt64 = 1 << 1
    static let externalData: UInt64 = 1 << 2
    static let compressionType: UInt64 = 1 << 3
    static let extendedEntries: UInt64 = 1 << 4
    static let known: UInt64 = 0x1F
  }

  /// The name of the part in messages.
  static let part = "QCOW2 header"
  /// The bytes of a version 2 header, and of the fixed part of a version 3 header.
  static let shortBytes: UInt64 = 72
  static let longBytes: UInt64 = 104
  /// The most bytes of an L1 table that qemu opens.
  static let mostL1Bytes: UInt64 = 32 << 20
  /// The most bytes of a refcount table that qemu opens.
  static let mostRefcountTableBytes: UInt64 = 8 << 20

  let version: UInt32
  let backingOffset: UInt64
  let backingSize: UInt32
  let clusterBits: UInt32
  let size: UInt64
  let encryption: UInt32
  let l1Entries: UInt32
  let l1Offset: UInt64
  let refcountTableOffset: UInt64
  let refcountTableClusters: UInt32
  let snapshotCount: UInt32
  let snapshotsOffset: UInt64
  let incompatible: UInt64
  let autoclear: UInt64
  let refcountOrder: UInt32
  let headerBytes: UInt32
  let compressionType: UInt8

  init(_ bytes: [UInt8]) {
    func number(_ offset: Int) -> UInt64 { bytes.bigNumber(at: offset, 8) }
    func short(_ offset: Int) -> UInt32 {
      UInt32(truncatingIfNeeded: bytes.bigNumber(at: offset, 4))
    }
    version = short(4)
    backingOffset = number(8)
    backingSize = short(16)
    clusterBits = short(20)
    size = number(24)
    encryption = short(32)
    l1Entries = short(36)
    l1Offset = number(40)
    refcountTableOffset = number(48)
    refcountTableClusters = short(56)
    snapshotCount = short(60)
    snapshotsOffset = number(64)
    let isLong = version >= 3
    incompatible = isLong ? number(72) : 0
    autoclear = isLong ? number(88) : 0
    refcountOrder = isLong ? short(96) : 4
    headerBytes = isLong ? short(100) : UInt32(Self.shortBytes)
    let hasType = isLong && headerBytes > 104 && bytes.count > 104
    compressionType = hasType ? bytes[104] : 0
  }

  /// Bytes of a cluster; nil when the header's value is none that qemu opens.
  var clusterBytes: UInt64? { (9...21).contains(clusterBits) ? 1 << UInt64(clusterBits) : nil }
  /// Bytes of one entry of an L2 table.
  var entryBytes: UInt64 { incompatible & Feature.extendedEntries == 0 ? 8 : 16 }
  /// True if contents lie in a file of their own.
  var hasExternalData: Bool { incompatible & Feature.externalData != 0 }
  /// True if compressed clusters are Zstandard frames.
  var isZstandard: Bool { compressionType == 1 }
  /// Bits of one count of references.
  var refcountBits: UInt64? { refcountOrder <= 6 ? 1 << UInt64(refcountOrder) : nil }
}

/// The entries of L1 and L2 tables, and of refcount tables.
enum QCOW2Entry {
  static let copied: UInt64 = 1 << 63
  static let compressed: UInt64 = 1 << 62
  static let zero: UInt64 = 1
  static let offset: UInt64 = 0x00FF_FFFF_FFFF_FE00
  /// Bits of an L1 entry that have no meaning.
  static let l1Reserved: UInt64 = 0x7F00_0000_0000_01FF
  /// Bits of the L2 entry of a cluster that is not compressed that have no meaning, but for bit 0.
  static let l2Reserved: UInt64 = 0x3F00_0000_0000_01FE
  /// Bits of an entry of a refcount table that have no meaning.
  static let refcountReserved: UInt64 = 0x1FF

  /// Returns the offset of a compressed cluster and the number of bytes of its sectors.
  static func compressedRange(
    _ entry: UInt64, clusterBits: UInt32
  ) -> (offset: UInt64, count: UInt64) {
    let shift = UInt64(62 - (clusterBits - 8))
    let offset = entry & (1 << shift - 1)
    let sectors = (entry & ~(copied | compressed)) >> shift + 1
    return (offset, sectors * 512 - offset % 512)
  }
}
