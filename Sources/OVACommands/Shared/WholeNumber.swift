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
