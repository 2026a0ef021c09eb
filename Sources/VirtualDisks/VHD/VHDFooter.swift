/// The 512 bytes that end a VHD disk, and of which a dynamic one has a copy in front (Microsoft's
/// Virtual Hard Disk Image Format Specification); all numbers are big-endian.
struct VHDFooter: Equatable {
  static let bytes: UInt64 = 512

  /// The kinds of images.
  enum Kind: UInt32 {
    case fixed = 2
    case dynamic = 3
    case differencing = 4

    var name: String {
      switch self {
      case .fixed: "fixed"
      case .dynamic: "dynamic"
      case .differencing: "differencing"
      }
    }
  }

  let raw: [UInt8]

  /// Nil where the bytes are not a footer's.
  init?(_ raw: [UInt8]) {
    guard raw.count >= 511, raw.has("conectix") else { return nil }
    // Virtual PC up to 2003 wrote 511 bytes.
    self.raw = raw.count == 511 ? raw + [0] : Array(raw.prefix(512))
  }

  private func number(_ offset: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: raw.bigNumber(at: offset, 4))
  }

  var features: UInt32 { number(8) }
  var version: UInt32 { number(12) }
  var dataOffset: UInt64 { raw.bigNumber(at: 16, 8) }
  var originalSize: UInt64 { raw.bigNumber(at: 40, 8) }
  var currentSize: UInt64 { raw.bigNumber(at: 48, 8) }
  var kindNumber: UInt32 { number(60) }
  var kind: Kind? { Kind(rawValue: kindNumber) }
  var checksum: UInt32 { number(64) }
  var isSaved: Bool { raw[84] != 0 }

  /// Sectors by the geometry, which ends at 127 GiB.
  var geometrySectors: UInt64 {
    raw.bigNumber(at: 56, 2) * UInt64(raw[58]) * UInt64(raw[59])
  }

  /// The checksum that the bytes have.
  var expectedChecksum: UInt32 { Self.checksum(of: raw, hole: 64) }

  /// The one's complement of the sum of all bytes, the four from `hole` on taken as zero.
  static func checksum(of bytes: [UInt8], hole: Int) -> UInt32 {
    var sum: UInt32 = 0
    for (index, byte) in bytes.enumerated() where !(hole..<hole + 4).contains(index) {
      sum &+= UInt32(byte)
    }
    return ~sum
  }
}
