/// One header block of 512 bytes, read only to describe it.
///
/// libarchive decides what the members are; it does not tell how they were written.
struct TarHeader {
  /// The length of a block.
  static let length = 512

  private let block: [UInt8]

  /// Nil when `block` is not a whole one.
  init?(_ block: [UInt8]) {
    guard block.count == Self.length else { return nil }
    self.block = block
  }

  /// The way in which the header is written, by its magic number.
  enum Magic { case none, posix, gnu }

  var magic: Magic {
    if block[257..<263].elementsEqual("ustar\0".utf8) { return .posix }
    if block[257..<265].elementsEqual("ustar  \0".utf8) { return .gnu }
    return .none
  }

  var typeFlag: UInt8 { block[156] }

  /// True if libarchive takes the header as part of the member that follows instead of as one.
  var isExtension: Bool { "xgXLKVA".utf8.contains(typeFlag) }

  var isZero: Bool { block.allSatisfy { $0 == 0 } }

  /// The name, with the prefix where POSIX has one.
  var name: [UInt8] {
    let name = Self.text(block[0..<100])
    guard magic == .posix else { return name }
    let prefix = Self.text(block[345..<500])
    return prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
  }

  /// The size field: how it is written and what it says.
  enum Size: Equatable {
    case octal(UInt64)
    case base256(UInt64)
    case negative
    case unreadable
  }

  var size: Size { Self.number(block[124..<136]) }

  /// True if the checksum is right, with bytes taken as unsigned or, as old tools did, signed.
  var hasRightChecksum: Bool {
    guard case .octal(let stored) = Self.number(block[148..<156]) else { return false }
    var unsigned = 0
    var signed = 0
    for (index, byte) in block.enumerated() {
      let counted = (148..<156).contains(index) ? UInt8(ascii: " ") : byte
      unsigned += Int(counted)
      signed += Int(Int8(bitPattern: counted))
    }
    return stored == UInt64(unsigned) || Int64(clamping: stored) == Int64(signed)
  }

  private static func text(_ field: ArraySlice<UInt8>) -> [UInt8] {
    Array(field.prefix { $0 != 0 })
  }

  /// A numeric field: octal digits ended by a blank or zero, or GNU's base-256.
  private static func number(_ field: ArraySlice<UInt8>) -> Size {
    guard let first = field.first else { return .unreadable }
    if first & 0x80 != 0 {
      if first & 0x40 != 0 { return .negative }
      var value = UInt64(first & 0x3F)
      for byte in field.dropFirst() {
        guard value >> 56 == 0 else { return .unreadable }
        value = value << 8 | UInt64(byte)
      }
      return .base256(value)
    }
    var value: UInt64 = 0
    for byte in field.drop(while: { $0 == UInt8(ascii: " ") }) {
      if byte == 0 || byte == UInt8(ascii: " ") { break }
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) else { return .unreadable }
      value = value << 3 | UInt64(byte - UInt8(ascii: "0"))
    }
    return .octal(value)
  }
}
