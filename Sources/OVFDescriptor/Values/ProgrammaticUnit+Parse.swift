import OVABasics
import OVFXML

extension ProgrammaticUnit {
  /// The exponents and numbers of factors beyond which a unit is refused as an attack.
  private enum Bounds {
    static let exponent = 128
    static let factors = 32
    static let bytes = 256
  }

  /// Reads a unit: DSP0004's programmatic units ("byte * 2^20"), and the words in use besides them
  /// ("MegaBytes", "GB", "KiB", in any case).
  ///
  /// The words from before OVF 1.0 mean powers of 1024 to every implementation; DSP0004's own
  /// "megabyte", in small letters and singular, means 10^6.
  public static func parse(_ text: String) -> Result<ProgrammaticUnit, ValueFault> {
    let trimmed = text.trimmingBlanks
    guard !trimmed.isEmpty else { return .failure(.empty) }
    guard trimmed.utf8.count <= Bounds.bytes else { return .failure(.unreasonableUnit) }
    var scanner = Scanner(rest: trimmed.utf8[...])
    if scanner.take("-") { return .failure(.negative) }
    _ = scanner.take("+")
    var product = Product()
    var divides = false
    for _ in 0..<Bounds.factors {
      scanner.skipBlanks()
      guard let factor = scanner.factor(in: trimmed) else {
        return .failure(.unknownUnit(trimmed))
      }
      if let fault = product.take(factor, divides: divides) {
        return .failure(fault == .unknownUnit("") ? .unknownUnit(trimmed) : fault)
      }
      scanner.skipBlanks()
      guard !scanner.rest.isEmpty else {
        return .success(
          ProgrammaticUnit(
            base: product.base, numerator: product.numerator, denominator: product.denominator,
            isStandard: product.isStandard && scanner.isStandard))
      }
      if scanner.take("*") {
        divides = false
      } else if scanner.take("/") {
        divides = true
      } else {
        return .failure(.unknownUnit(trimmed))
      }
    }
    return .failure(.unreasonableUnit)
  }

  /// A number of units as a number of base units, in 63 bits.
  public func baseUnits(_ number: UInt64) -> Result<UInt64, ValueFault> {
    let (product, overflows) = UInt128(number).multipliedReportingOverflow(by: numerator)
    if overflows { return .failure(.overflow(bound: "2^63 - 1")) }
    let (quotient, remainder) = product.quotientAndRemainder(dividingBy: denominator)
    if remainder != 0 { return .failure(.fraction) }
    guard quotient <= UInt128(Int64.max) else { return .failure(.overflow(bound: "2^63 - 1")) }
    return .success(UInt64(quotient))
  }

  /// One element of a product.
  private enum Factor {
    case number(UInt128)
    case power(base: UInt128, exponent: Int)
    case word(Word)
  }

  /// A unit's word with its prefix.
  fileprivate struct Word {
    let base: Base
    let factor: UInt128
    let isStandard: Bool
  }

  private struct Product {
    var base = Base.one
    var numerator: UInt128 = 1
    var denominator: UInt128 = 1
    var isStandard = true

    /// Multiplies; returns what is wrong.
    mutating func take(_ factor: Factor, divides: Bool) -> ValueFault? {
      switch factor {
      case .number(let number): return multiply(number, divides: divides)
      case .power(let base, let exponent):
        guard abs(exponent) <= Bounds.exponent else { return .unreasonableUnit }
        if base == 0, exponent < 0 { return .divisionByZero }
        for _ in 0..<abs(exponent) {
          if let fault = multiply(base, divides: divides != (exponent < 0)) { return fault }
        }
        return nil
      case .word(let word):
        isStandard = isStandard && word.isStandard
        // A second base, or a base below the line, makes another quantity.
        base = base == .one && !divides ? word.base : .other
        return multiply(word.factor, divides: divides)
      }
    }

    private mutating func multiply(_ factor: UInt128, divides: Bool) -> ValueFault? {
      if divides, factor == 0 { return .divisionByZero }
      let (product, overflows) = (divides ? denominator : numerator)
        .multipliedReportingOverflow(by: factor)
      if overflows { return .unreasonableUnit }
      if divides { denominator = product } else { numerator = product }
      return nil
    }
  }

  private struct Scanner {
    var rest: Substring.UTF8View
    var isStandard = true

    mutating func skipBlanks() { rest = rest.drop { $0.isBlank } }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    mutating func factor(in text: String) -> Factor? {
      guard let first = rest.first else { return nil }
      if first.isASCIIDigit {
        guard let number = digits() else { return nil }
        return power(of: number) ?? .number(number)
      }
      let letters = rest.prefix { $0.isASCIILetter }
      guard !letters.isEmpty, let word = Word(String(Substring(letters))) else { return nil }
      rest = rest.dropFirst(letters.count)
      return .word(word)
    }

    /// Reads the power after a base: `^` and an exponent. Blanks around the `^` are usual and
    /// wrong.
    private mutating func power(of base: UInt128) -> Factor? {
      var look = self
      look.skipBlanks()
      let hadBlanks = look.rest.count != rest.count
      guard look.take("^") else { return nil }
      let before = look.rest.count
      look.skipBlanks()
      if hadBlanks || look.rest.count != before { look.isStandard = false }
      let isNegative = look.take("-")
      if !isNegative { _ = look.take("+") }
      guard let exponent = look.digits() else { return nil }
      self = look
      let size = Int(exactly: exponent) ?? Int.max
      return .power(base: base, exponent: isNegative ? -size : size)
    }

    private mutating func digits() -> UInt128? {
      let digits = rest.prefix { $0.isASCIIDigit }
      guard !digits.isEmpty, digits.count <= 30, let number = UInt128(String(Substring(digits)))
      else { return nil }
      rest = rest.dropFirst(digits.count)
      return number
    }
  }
}

extension ProgrammaticUnit.Word {
  private static let decimal: [(String, UInt128)] = [
    ("kilo", 1000), ("mega", 1_000_000), ("giga", 1_000_000_000), ("tera", 1_000_000_000_000),
    ("peta", 1_000_000_000_000_000), ("exa", 1_000_000_000_000_000_000),
  ]
  private static let binary: [(String, Int)] = [
    ("kibi", 10), ("mebi", 20), ("gibi", 30), ("tebi", 40), ("pebi", 50), ("exbi", 60),
  ]
  private static let letters: [(String, Int)] = [
    ("k", 10), ("m", 20), ("g", 30), ("t", 40), ("p", 50), ("e", 60),
  ]

  init?(_ text: String) {
    let lower = text.lowercased()
    let isLower = lower.isExactly(text)
    if let (base, isSingular) = Self.base(lower) {
      self.init(base: base, factor: 1, isStandard: isLower && isSingular)
      return
    }
    for (prefix, power) in Self.binary where lower.hasPrefix(prefix) {
      guard let (base, isSingular) = Self.base(String(lower.dropFirst(prefix.count)))
      else { continue }
      self.init(base: base, factor: 1 << UInt128(power), isStandard: isLower && isSingular)
      return
    }
    for (order, (prefix, factor)) in Self.decimal.enumerated() where lower.hasPrefix(prefix) {
      guard let (base, isSingular) = Self.base(String(lower.dropFirst(prefix.count)))
      else { continue }
      let isStandard = isLower && isSingular
      // Before OVF 1.0 "MegaBytes" was written for 2^20, but "MegaHertz" for 10^6.
      let isBinary = !isStandard && base == .byte
      self.init(
        base: base, factor: isBinary ? 1 << UInt128(10 * (order + 1)) : factor,
        isStandard: isStandard)
      return
    }
    for (letter, power) in Self.letters
    where lower.isExactly(letter + "b") || lower.isExactly(letter + "ib") {
      self.init(base: .byte, factor: 1 << UInt128(power), isStandard: false)
      return
    }
    switch lower {
    case "b": self.init(base: .byte, factor: 1, isStandard: false)
    case "hz": self.init(base: .hertz, factor: 1, isStandard: false)
    case "khz": self.init(base: .hertz, factor: 1000, isStandard: false)
    case "mhz": self.init(base: .hertz, factor: 1_000_000, isStandard: false)
    case "ghz": self.init(base: .hertz, factor: 1_000_000_000, isStandard: false)
    case "count", "percent", "second", "minute", "hour":
      self.init(base: .other, factor: 1, isStandard: isLower)
    default: return nil
    }
  }

  /// A base unit, and whether it is in the singular.
  private static func base(_ word: String) -> (ProgrammaticUnit.Base, Bool)? {
    switch word {
    case "byte": (.byte, true)
    case "bytes": (.byte, false)
    case "bit": (.bit, true)
    case "bits": (.bit, false)
    case "hertz": (.hertz, true)
    default: nil
    }
  }
}
