/// A number of bytes, printed the way people read it.
public struct ByteCount: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The exact number.
  public let bytes: UInt64

  /// Wraps an exact number of bytes.
  public init(_ bytes: UInt64) { self.bytes = bytes }

  /// Compares the exact numbers.
  public static func < (a: ByteCount, b: ByteCount) -> Bool { a.bytes < b.bytes }

  /// `512 B`, `64 KiB`, `1.5 GiB`: binary units, at most one decimal, rounded to nearest.
  public var description: String {
    let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    guard bytes >= 1024 else { return "\(bytes) B" }
    var exponent = 0
    var tenths = Self.tenths(of: bytes, exponent: 0)
    while tenths >= 10240, exponent + 1 < units.count {
      exponent += 1
      tenths = Self.tenths(of: bytes, exponent: exponent)
    }
    let whole = tenths / 10
    let rest = tenths % 10
    return rest == 0 ? "\(whole) \(units[exponent])" : "\(whole).\(rest) \(units[exponent])"
  }

  /// Tenths of the unit 1024^(exponent+1), rounded; 128-bit so that no count overflows.
  private static func tenths(of bytes: UInt64, exponent: Int) -> UInt64 {
    let unit = UInt128(1) << UInt128(10 * (exponent + 1))
    return UInt64((UInt128(bytes) * 10 + unit / 2) / unit)
  }
}
