import OVABasics
import OVFXML

/// The restrictions of a property's value (DSP0243 9.5.1, table 7): `MinLen(1),MaxLen(8)`,
/// `ValueMap{"a","b"}`, and VMware's `MinValue(1)`, `MaxValue(9)` and others.
struct PropertyQualifiers {
  private(set) var minimumLength: UInt64?
  private(set) var maximumLength: UInt64?
  private(set) var minimumValue: Int128?
  private(set) var maximumValue: Int128?
  private(set) var values: [String]?
  /// The fault in them, as the end of a sentence.
  private(set) var fault: String?

  /// Reads the text of the attribute.
  init(_ text: String) {
    var rest = Substring(text)
    while fault == nil {
      rest = rest.drop { $0 == "," || $0.isWhitespace }
      guard let first = rest.first else { break }
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      guard !name.isEmpty else {
        fault = "have a '\(first)' where a name should be"
        break
      }
      rest = rest.dropFirst(name.count).drop { $0.isWhitespace }
      switch rest.first {
      case "(": rest = argument(of: String(name), rest.dropFirst())
      case "{": rest = list(of: String(name), rest.dropFirst())
      default: continue
      }
    }
    if let minimumLength, let maximumLength, minimumLength > maximumLength {
      fault = fault ?? "have a MinLen above the MaxLen"
    }
    if let minimumValue, let maximumValue, minimumValue > maximumValue {
      fault = fault ?? "have a MinValue above the MaxValue"
    }
  }

  private mutating func argument(of name: String, _ text: Substring) -> Substring {
    guard let end = text.firstIndex(of: ")") else {
      fault = "have no ')' after \(name)"
      return ""
    }
    let argument = String(text[..<end]).trimmingBlanks
    switch name {
    case "MinLen", "MaxLen":
      let number = UInt64(argument)
      if number == nil { fault = "have the \(name) '\(argument)', which is not a whole number" }
      if name == "MinLen" { minimumLength = number } else { maximumLength = number }
    case "MinValue", "MaxValue":
      let number = Int128(argument)
      if number == nil, Double(argument) == nil {
        fault = "have the \(name) '\(argument)', which is not a number"
      }
      if name == "MinValue" { minimumValue = number } else { maximumValue = number }
    default: break
    }
    return text[text.index(after: end)...]
  }

  /// Words in quotes, or bare, separated by commas, up to the brace.
  private mutating func list(of name: String, _ text: Substring) -> Substring {
    var rest = text
    var found: [String] = []
    while true {
      rest = rest.drop { $0 == "," || $0.isWhitespace }
      guard let first = rest.first else {
        fault = "have no '}' after \(name)"
        return ""
      }
      if first == "}" {
        rest = rest.dropFirst()
        break
      }
      if first == "\"" || first == "'" {
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: first) else {
          fault = "have a quote in \(name) that does not end"
          return ""
        }
        found.append(String(rest[..<end]))
        rest = rest[rest.index(after: end)...]
      } else {
        let word = rest.prefix { $0 != "," && $0 != "}" }
        found.append(String(word).trimmingBlanks)
        rest = rest.dropFirst(word.count)
      }
    }
    if name.isExactly("ValueMap") {
      if found.isEmpty { fault = "have an empty ValueMap" }
      values = found
    }
    return rest
  }

  /// Returns the reason why a text is not among the values, as the end of a sentence; nil if it is.
  func fault(of text: String) -> String? {
    let length = UInt64(text.unicodeScalars.count)
    if let minimumLength, length < minimumLength { return "is shorter than \(minimumLength)" }
    if let maximumLength, length > maximumLength { return "is longer than \(maximumLength)" }
    if let number = Int128(text) {
      if let minimumValue, number < minimumValue { return "is less than \(minimumValue)" }
      if let maximumValue, number > maximumValue { return "is more than \(maximumValue)" }
    }
    if let values, !values.isEmpty, !values.contains(where: { $0.isExactly(text) }) {
      return "is none of \(values.prefix(8).joined(separator: ", "))"
    }
    return nil
  }
}
