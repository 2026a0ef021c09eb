/// The layout of a VHDX disk; all numbers are little-endian.
enum VHDXLayout {
  /// The bytes in front that hold the identifier, the headers and the region tables.
  static let headerAreaBytes: UInt64 = 1 << 20
  static let headerOffsets: [UInt64] = [64 << 10, 128 << 10]
  static let regionOffsets: [UInt64] = [192 << 10, 256 << 10]
  static let regionTableBytes: UInt64 = 64 << 10

  /// 2DC27766-F623-4200-9D64-115E9BFD4A08, the block allocation table.
  static let blocks = identifier(0x2DC2_7766, 0xF623, 0x4200, 0x9D64_115E_9BFD_4A08)
  /// 8B7CA206-4790-4B9A-B8FE-575F050F886E, the metadata.
  static let metadata = identifier(0x8B7C_A206, 0x4790, 0x4B9A, 0xB8FE_575F_050F_886E)
  /// CAA16737-FA36-4D43-B3B6-33F0AA44E76B, the file parameters.
  static let parameters = identifier(0xCAA1_6737, 0xFA36, 0x4D43, 0xB3B6_33F0_AA44_E76B)
  /// 2FA54224-CD1B-4876-B211-5DBED83BF4B8, the virtual disk size.
  static let size = identifier(0x2FA5_4224, 0xCD1B, 0x4876, 0xB211_5DBE_D83B_F4B8)
  /// BECA12AB-B2E6-4523-93EF-C309E000C746, the virtual disk id.
  static let diskIdentifier = identifier(0xBECA_12AB, 0xB2E6, 0x4523, 0x93EF_C309_E000_C746)
  /// 8141BF1D-A96F-4709-BA47-F233A8FAAB5F, the logical sector size.
  static let logicalSector = identifier(0x8141_BF1D, 0xA96F, 0x4709, 0xBA47_F233_A8FA_AB5F)
  /// CDA348C7-445D-4471-9CC9-E9885251C556, the physical sector size.
  static let physicalSector = identifier(0xCDA3_48C7, 0x445D, 0x4471, 0x9CC9_E988_5251_C556)
  /// A8D35F2D-B30B-454D-ABF7-D3D84834AB0C, the parent locator.
  static let parentLocator = identifier(0xA8D3_5F2D, 0xB30B, 0x454D, 0xABF7_D3D8_4834_AB0C)

  /// A GUID as it is stored: three numbers little-endian, eight bytes as they are written.
  private static func identifier(
    _ a: UInt32, _ b: UInt16, _ c: UInt16, _ d: UInt64
  ) -> [UInt8] {
    func bytes(_ number: UInt64, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64($0 * 8)) }
    }
    return bytes(UInt64(a), 4) + bytes(UInt64(b), 2) + bytes(UInt64(c), 2)
      + bytes(d, 8).reversed()
  }
}

/// A header: the log and the versions.
struct VHDXHeader: Equatable {
  let offset: UInt64
  let sequence: UInt64
  let logIdentifier: [UInt8]
  let logVersion: UInt16
  let version: UInt16
  let logBytes: UInt32
  let logOffset: UInt64

  init(_ bytes: [UInt8], offset: UInt64) {
    self.offset = offset
    sequence = bytes.number64(at: 8)
    logIdentifier = Array(bytes[48..<64])
    logVersion = bytes.number16(at: 64)
    version = bytes.number16(at: 66)
    logBytes = bytes.number32(at: 68)
    logOffset = bytes.number64(at: 72)
  }

  /// Returns whether the fields are the same, wherever they stand.
  static func == (a: Self, b: Self) -> Bool {
    a.sequence == b.sequence && a.logIdentifier == b.logIdentifier && a.version == b.version
      && a.logVersion == b.logVersion && a.logBytes == b.logBytes && a.logOffset == b.logOffset
  }
}

/// A stretch of the file.
struct VHDXStretch {
  let start: UInt64
  let bytes: UInt64

  init(_ range: Range<UInt64>) {
    start = range.lowerBound
    bytes = range.upperBound - range.lowerBound
  }

  var end: UInt64 { start + bytes }
}

/// The regions that every VHDX disk has.
struct VHDXRegions {
  let blocks: Range<UInt64>
  let metadata: VHDXStretch
}
