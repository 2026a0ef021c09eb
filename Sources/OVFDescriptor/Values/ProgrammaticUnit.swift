/// A unit of measure: a base, and a factor as an exact fraction.
public struct ProgrammaticUnit: Hashable, Sendable {
  /// The measured quantity.
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

  /// The measured quantity.
  public let base: Base
  /// The factor's numerator.
  public let numerator: UInt128
  /// The factor's denominator; never 0.
  public let denominator: UInt128
  /// True if the text is in the grammar of DSP0004's programmatic units, to the letter.
  public let isStandard: Bool

  /// The unit as DSP0004 Annex C writes it: `byte * 2^20`, `hertz * 10^6`, `byte * 1000`; nil for
  /// fractions and for units of other things than bytes, bits and cycles.
  public var programmaticText: String? {
    guard denominator == 1, numerator > 0, [.byte, .bit, .hertz].contains(base) else { return nil }
    if numerator == 1 { return base.rawValue }
    if let exponent = exponent(of: base == .hertz ? 10 : 2) {
      return "\(base.rawValue) * \(base == .hertz ? 10 : 2)^\(exponent)"
    }
    if let exponent = exponent(of: 10) { return "\(base.rawValue) * 10^\(exponent)" }
    return "\(base.rawValue) * \(numerator)"
  }

  /// Returns the exponent for which the numerator is a power of a number; nil if it is none.
  private func exponent(of number: UInt128) -> Int? {
    var rest = numerator
    var exponent = 0
    while rest > 1 {
      guard rest.isMultiple(of: number) else { return nil }
      rest /= number
      exponent += 1
    }
    return exponent
  }

  /// The unit that stands where none is written.
  public static let byte = ProgrammaticUnit(
    base: .byte, numerator: 1, denominator: 1, isStandard: true)

  /// 2^30 bytes, in which oVirt measures disks.
  static let gibibyte = ProgrammaticUnit(
    base: .byte, numerator: 1 << 30, denominator: 1, isStandard: true)
}
