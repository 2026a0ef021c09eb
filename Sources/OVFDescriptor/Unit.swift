/// A unit of measure: a base, and a factor as an exact fraction.
public struct Unit: Hashable, Sendable {
  /// What is measured.
  public enum Base: String, Hashable, Sendable {
    /// Nothing: a bare number.
    case one = ""
    /// Eight bits.
    case byte
    /// One bit.
    case bit
    /// Cycles in a second.
    case hertz
    /// Anything else that is written in the units' grammar.
    case other
  }

  /// What is measured.
  public let base: Base
  /// What a number is to be multiplied by.
  public let numerator: UInt128
  /// What it is then to be divided by; never 0.
  public let denominator: UInt128
  /// Whether the text is in the grammar of DSP0004's programmatic units, to the letter.
  public let isStandard: Bool

  /// The unit that stands where none is written.
  public static let byte = Unit(base: .byte, numerator: 1, denominator: 1, isStandard: true)

  /// 2^30 bytes, in which oVirt measures disks.
  static let gibibyte = Unit(base: .byte, numerator: 1 << 30, denominator: 1, isStandard: true)
}
