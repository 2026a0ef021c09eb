/// Names of files are bytes; most are UTF-8, some are not, and each must survive a round trip.
///
/// A byte that is no UTF-8 becomes one scalar of the last private-use plane (U+10FF80 to U+10FFFF
/// for 0x80 to 0xFF), and those scalars themselves, should a name hold them, are told byte by byte.
/// So every name has one text, and every such text one name.
extension String {
  private static let firstEscape: UInt32 = 0x10FF00

  /// The text of a name as the file system or an archive gives it.
  public init(fileSystemBytes bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    if let plain = String(validating: bytes, as: UTF8.self),
      !plain.unicodeScalars.contains(where: \.isEscapedByte)
    {
      self = plain
      return
    }
    var view = UnicodeScalarView()
    var index = 0
    while index < bytes.count {
      if let scalar = Self.scalar(in: bytes, at: index), !scalar.isEscapedByte {
        view.append(scalar)
        index += UTF8.width(scalar)
      } else {
        if let escape = Unicode.Scalar(Self.firstEscape + UInt32(bytes[index])) {
          view.append(escape)
        }
        index += 1
      }
    }
    self = String(view)
  }

  /// The bytes of the name, as the file system takes them.
  public var fileSystemBytes: [UInt8] {
    guard unicodeScalars.contains(where: \.isEscapedByte) else { return Array(utf8) }
    return unicodeScalars.flatMap { scalar in
      scalar.isEscapedByte
        ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(String(scalar).utf8)
    }
  }

  /// Whether the name holds bytes that are no UTF-8.
  public var holdsEscapedBytes: Bool { unicodeScalars.contains(where: \.isEscapedByte) }

  /// The scalar that well-formed UTF-8 encodes at `index`, or nil.
  private static func scalar(in bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
    let width: Int =
      switch bytes[index] {
      case 0..<0x80: 1
      case 0xC2..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF5: 4
      default: 0
      }
    guard width > 0, index + width <= bytes.count else { return nil }
    return String(validating: bytes[index..<index + width], as: UTF8.self)?.unicodeScalars.first
  }
}

extension Unicode.Scalar {
  /// Whether the scalar stands for one byte that is no UTF-8.
  package var isEscapedByte: Bool { (0x10FF80...0x10FFFF).contains(value) }
}
