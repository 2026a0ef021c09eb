/// The CRC-32C (Castagnoli) that VHDX puts over its headers and tables.
enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0x82F6_3B78 : sum >> 1 }
  }

  /// The checksum of `bytes`, the four bytes from `hole` on taken as zero.
  static func of(_ bytes: [UInt8], hole: Int) -> UInt32 {
    var sum = UInt32.max
    for (index, byte) in bytes.enumerated() {
      let byte = (hole..<hole + 4).contains(index) ? 0 : byte
      sum = sum >> 8 ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)]
    }
    return ~sum
  }
}
