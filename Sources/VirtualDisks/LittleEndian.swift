/// Reads of little-endian numbers; what lies outside the bytes reads as zero.
extension Array where Element == UInt8 {
  func number16(at offset: Int) -> UInt16 { UInt16(truncatingIfNeeded: number(at: offset, 2)) }
  func number32(at offset: Int) -> UInt32 { UInt32(truncatingIfNeeded: number(at: offset, 4)) }
  func number64(at offset: Int) -> UInt64 { number(at: offset, 8) }
  /// Big-endian numbers of `width` bytes.
  func bigNumber(at offset: Int, _ width: Int) -> UInt64 {
    guard offset >= 0, offset <= count - width else { return 0 }
    return self[offset..<offset + width].reduce(0) { $0 << 8 | UInt64($1) }
  }

  private func number(at offset: Int, _ width: Int) -> UInt64 {
    guard offset >= 0, offset <= count - width else { return 0 }
    return self[offset..<offset + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Returns whether the bytes at `offset` are those of `text`.
  func has(_ text: StaticString, at offset: Int = 0) -> Bool {
    has(Array("\(text)".utf8), at: offset)
  }

  /// Returns whether `part` lies at `offset`.
  func has(_ part: [UInt8], at offset: Int = 0) -> Bool {
    offset >= 0 && offset <= count - part.count
      && self[offset..<offset + part.count].elementsEqual(part)
  }

  /// Returns whether `part` lies anywhere in it.
  func containsBytes(_ part: [UInt8]) -> Bool {
    guard let first = part.first, count >= part.count else { return false }
    return indices.dropLast(part.count - 1).contains { self[$0] == first && has(part, at: $0) }
  }

  var isAllZero: Bool { allSatisfy { $0 == 0 } }
}

/// Bytes of a sector, the unit in which virtual disks count.
let sectorBytes: UInt64 = 512

/// Sectors as bytes; clamped, for numbers that are only shown or compared with a file's size.
func bytesClamped(sectors: UInt64) -> UInt64 {
  let (product, overflow) = sectors.multipliedReportingOverflow(by: sectorBytes)
  return overflow ? .max : product
}
