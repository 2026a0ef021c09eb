import ArgumentParser

/// Values of options that are whole numbers within bounds, so that the error on a wrong one names
/// the option, wherever it is set.
enum WholeNumber {
  /// Reads numbers of at least `least`.
  static func atLeast(_ least: Int) -> @Sendable (String) throws -> Int {
    { text in
      guard let number = Int(text), number >= least else {
        throw ValidationError("it is not a whole number of at least \(least)")
      }
      return number
    }
  }

  /// Reads numbers of a range.
  static func within(_ range: ClosedRange<Int>) -> @Sendable (String) throws -> Int {
    { text in
      guard let number = Int(text), range.contains(number) else {
        throw ValidationError(
          "it is not a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
  }
}

/// The bounds of a number that an option has by default.
protocol NumberBounds: Sendable {
  static var range: ClosedRange<Int> { get }
}

/// A whole number within bounds, for an option with a default, which help and `ova config` show.
struct BoundedNumber<Bounds: NumberBounds>: ExpressibleByArgument {
  let value: Int

  /// Takes a number that is within the bounds, as defaults are.
  init(_ value: Int) { self.value = value }

  init?(argument: String) {
    guard let number = Int(argument), Bounds.range.contains(number) else { return nil }
    value = number
  }

  var defaultValueDescription: String { String(value) }
}
