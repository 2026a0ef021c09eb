import OVABasics
import OVFXML

/// Reading of numbers and words, checked.
enum Reading {
  /// A whole number of at least 0 in decimal digits, blanks around it and a sign allowed.
  static func number<Number: FixedWidthInteger>(
    _ text: String, as type: Number.Type = Number.self
  ) -> Result<Number, ValueFault> {
    var digits = text.trimmingBlanks.utf8[...]
    guard let first = digits.first else { return .failure(.empty) }
    let isNegative = first == UInt8(ascii: "-")
    if isNegative || first == UInt8(ascii: "+") { digits.removeFirst() }
    guard !digits.isEmpty else { return .failure(.notANumber) }
    var value: Number = 0
    var overflows = false
    var rest = digits
    while let byte = rest.first {
      guard byte.isASCIIDigit else {
        let fraction = rest.dropFirst()
        let isFraction =
          byte == UInt8(ascii: ".") && !fraction.isEmpty && fraction.allSatisfy(\.isASCIIDigit)
        return .failure(isFraction ? .fraction : .notANumber)
      }
      rest.removeFirst()
      let (tenfold, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = tenfold.addingReportingOverflow(
        Number(truncatingIfNeeded: byte - UInt8(ascii: "0")))
      overflows = overflows || first || second
      value = sum
    }
    if isNegative, overflows || value != 0 { return .failure(.negative) }
    return overflows ? .failure(.overflow(bound: "\(Number.max)")) : .success(value)
  }

  /// XML Schema's truth values; oVirt's and others' capitals count too.
  static func truth(_ text: String) -> Result<Bool, ValueFault> {
    let word = text.trimmingBlanks
    if word.isEmpty { return .failure(.empty) }
    if word.isExactly("1") || word.isExactlyIgnoringCase("true") { return .success(true) }
    if word.isExactly("0") || word.isExactlyIgnoringCase("false") { return .success(false) }
    return .failure(.notOneOf(["true", "false", "1", "0"]))
  }

  /// A number, or `${name}` of the property that holds one.
  static func capacity(_ text: String) -> Result<Disk.Capacity, ValueFault> {
    let trimmed = text.trimmingBlanks
    if trimmed.utf8.starts(with: "${".utf8), trimmed.utf8.last == UInt8(ascii: "}") {
      let name = String(trimmed.unicodeScalars.dropFirst(2).dropLast())
      return name.isEmpty ? .failure(.unknownProperty("")) : .success(.property(name))
    }
    // Capacities are signed in the schema, so that their largest is that of 63 bits.
    return number(trimmed, as: Int64.self).map { .number(UInt64($0)) }
  }

  /// Words separated by blanks.
  static func words(_ text: String) -> [String] {
    split(text) { $0.isBlank }
  }

  /// Words separated by blanks, commas or both.
  static func alternatives(_ text: String) -> [String] {
    split(text) { $0.isBlank || $0 == UInt8(ascii: ",") }
  }

  private static func split(_ text: String, at isSeparator: (UInt8) -> Bool) -> [String] {
    text.utf8.split(whereSeparator: isSeparator).map { String(Substring($0)) }
  }
}
