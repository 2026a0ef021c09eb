public import OVABasics

/// A value beside the text that it was read from, so that nothing unreadable becomes a zero.
public struct SourceValue<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The text as found, blanks at the ends included.
  public let text: String
  /// The value, or the fault of the text.
  public let reading: Result<Value, ValueFault>
  /// The place in the source.
  public let place: Place

  /// Makes a value out of its text and the reading of it.
  public init(_ text: String, _ reading: Result<Value, ValueFault>, place: Place) {
    self.text = text
    self.reading = reading
    self.place = place
  }

  /// The value, or nil where the text does not give one.
  public var value: Value? {
    guard case .success(let value) = reading else { return nil }
    return value
  }

  /// The fault of the text; nil for a valid one.
  public var fault: ValueFault? {
    guard case .failure(let fault) = reading else { return nil }
    return fault
  }
}

extension SourceValue where Value == String {
  /// A text that needs no reading.
  public init(_ text: String, place: Place) {
    self.init(text, .success(text), place: place)
  }
}

/// The faults of texts that are not the values they should be.
public enum ValueFault: Error, Hashable, Sendable {
  /// There is no text.
  case empty
  /// Not a number in decimal digits.
  case notANumber
  /// A number below zero where none may be.
  case negative
  /// A number with a fraction where a whole one is wanted.
  case fraction
  /// A number too large for its place; the text says its bound.
  case overflow(bound: String)
  /// None of the words that may stand here.
  case notOneOf([String])
  /// A unit that is not known, or known but of another kind than wanted.
  case unknownUnit(String)
  /// A unit with an exponent, or a number of factors, beyond the limits.
  case unreasonableUnit
  /// A unit that divides by zero.
  case divisionByZero
  /// `${name}` of a property that no product section has.
  case unknownProperty(String)
  /// `${name}` of a property without a value for the configuration.
  case propertyWithoutValue(String)
}

extension ValueFault: CustomStringConvertible {
  /// The fault as the end of a sentence: "is not a number".
  public var description: String {
    switch self {
    case .empty: "is empty"
    case .notANumber: "is not a number"
    case .negative: "is negative"
    case .fraction: "is not a whole number"
    case .overflow(let bound): "is larger than \(bound)"
    case .notOneOf(let words): "is none of \(words.joined(separator: ", "))"
    case .unknownUnit(let unit): "has the unknown unit '\(unit)'"
    case .unreasonableUnit: "has a unit beyond reason"
    case .divisionByZero: "has a unit that divides by zero"
    case .unknownProperty(let name): "names the property '\(name)', which there is not"
    case .propertyWithoutValue(let name): "names the property '\(name)', which has no value"
    }
  }
}
