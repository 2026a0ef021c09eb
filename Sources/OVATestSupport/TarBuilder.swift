/// Builds tar archives byte by byte, right ones and wrong ones.
///
/// Nothing is done unasked: the end blocks are written by `end()`, a content of any length may
/// follow a header of any size.
public struct TarBuilder {
  /// The form of the header's magic number.
  public enum Magic: Sendable { case v7, ustar, gnu }

  /// The fields of one header, all open to be wrong.
  public struct Header {
    /// The name field, at most 100 bytes of it.
    public var name: [UInt8]
    /// The size field; `encodeSize` writes it.
    public var size: UInt64 = 0
    /// The twelve bytes of the size field when they are to be special.
    public var sizeField: [UInt8]?
    /// The type flag.
    public var typeFlag: UInt8 = UInt8(ascii: "0")
    /// The link's target.
    public var link = ""
    /// The magic number.
    public var magic = Magic.ustar
    /// The prefix field of POSIX.
    public var prefix = ""
    /// Permission bits.
    public var mode = 0o644
    /// Seconds since 1970.
    public var modified: UInt64 = 1_500_000_000
    /// The size of a sparse file of GNU tar that is stored as one piece without holes; nil for what
    /// is no such file.
    public var sparseSize: UInt64?
    /// True if the checksum is to be wrong.
    public var spoilsChecksum = false

    /// A header of an ordinary file.
    public init(_ name: String, size: Int = 0) {
      self.name = Array(name.utf8)
      self.size = UInt64(size)
    }

    /// The block of 512 bytes.
    public var block: [UInt8] {
      var block = [UInt8](repeating: 0, count: 512)
      func put(_ bytes: [UInt8], _ offset: Int, _ length: Int) {
        block.replaceSubrange(
          offset..<offset + min(length, bytes.count), with: bytes.prefix(length))
      }
      put(name, 0, 100)
      put(octal(UInt64(mode), 8), 100, 8)
      put(octal(0, 8), 108, 8)
      put(octal(0, 8), 116, 8)
      put(sizeField ?? octal(size, 12), 124, 12)
      put(octal(modified, 12), 136, 12)
      put(Array(repeating: 0x20, count: 8), 148, 8)
      block[156] = typeFlag
      put(Array(link.utf8), 157, 100)
      switch magic {
      case .v7: break
      case .ustar: put(Array("ustar\u{0}00".utf8), 257, 8)
      case .gnu: put(Array("ustar  \u{0}".utf8), 257, 8)
      }
      put(Array(prefix.utf8), 345, 155)
      if let sparseSize {
        // The map's first entry, a place and a size, and the size of all.
        put(octal(0, 12), 386, 12)
        put(octal(sparseSize, 12), 398, 12)
        put(octal(sparseSize, 12), 483, 12)
      }
      let sum = block.reduce(0) { $0 + Int($1) } + (spoilsChecksum ? 1 : 0)
      put(octal(UInt64(sum), 7) + [0x20], 148, 8)
      return block
    }
  }

  /// The bytes so far.
  public private(set) var bytes: [UInt8] = []

  /// An archive with nothing in it, not even its end.
  public init() {}

  /// Adds an ordinary file, its content filled up to whole blocks.
  public mutating func file(_ name: String, _ content: [UInt8] = [], magic: Magic = .ustar) {
    var header = Header(name, size: content.count)
    header.magic = magic
    add(header, content)
  }

  /// Adds a header and a content, filled up to whole blocks; the two need not agree.
  public mutating func add(_ header: Header, _ content: [UInt8] = []) {
    bytes += header.block
    bytes += content
    bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  /// Adds an extended header (pax): of the next member (`x`) or of all that follow (`g`).
  public mutating func pax(_ records: [(String, [UInt8])], flag: String = "x") {
    let content = records.flatMap { Self.paxRecord($0.0, $0.1) }
    var header = Header("PaxHeaders/x", size: content.count)
    header.typeFlag = flag.utf8.first ?? 0
    add(header, content)
  }

  /// Adds an extended header (pax) of the next member with this content, whatever it is.
  public mutating func pax(content: [UInt8]) {
    var header = Header("PaxHeaders/x", size: content.count)
    header.typeFlag = UInt8(ascii: "x")
    add(header, content)
  }

  /// Adds a GNU long name (`L`) or long link (`K`).
  public mutating func gnuLong(
    _ name: String, flag: String = "L", header headerName: String = "././@LongLink"
  ) {
    let content = Array(name.utf8) + [0]
    var header = Header(headerName, size: content.count)
    header.typeFlag = flag.utf8.first ?? 0
    header.magic = .gnu
    add(header, content)
  }

  /// Adds bytes as they are.
  public mutating func raw(_ more: [UInt8]) { bytes += more }

  /// Adds zero blocks: two end an archive.
  public mutating func end(blocks: Int = 2) {
    bytes += [UInt8](repeating: 0, count: 512 * blocks)
  }

  /// The twelve bytes of a size in GNU's base-256 form.
  public static func base256(_ size: UInt64) -> [UInt8] {
    [0x80, 0, 0, 0] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
  }

  /// One record of an extended header, its length counted in.
  public static func paxRecord(_ keyword: String, _ value: [UInt8]) -> [UInt8] {
    let rest = Array(" \(keyword)=".utf8) + value + [0x0A]
    var length = rest.count
    while "\(length)".utf8.count + rest.count != length {
      length = "\(length)".utf8.count + rest.count
    }
    return Array("\(length)".utf8) + rest
  }
}

/// Octal digits that fill a field but for its closing zero byte.
private func octal(_ value: UInt64, _ length: Int) -> [UInt8] {
  let digits = Array(String(value, radix: 8).utf8).suffix(length - 1)
  return [UInt8](repeating: 0x30, count: length - 1 - digits.count) + digits + [0]
}
