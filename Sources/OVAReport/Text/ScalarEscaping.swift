extension String {
  /// The text with some scalars written otherwise.
  ///
  /// Scalar by scalar: what a reader takes for markup is so with a combining mark behind it too,
  /// which makes another character of it to Swift.
  func escapingScalars(_ escape: (Unicode.Scalar) -> String?) -> String {
    var result = String.UnicodeScalarView()
    result.reserveCapacity(unicodeScalars.count)
    for scalar in unicodeScalars {
      if let written = escape(scalar) {
        result.append(contentsOf: written.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
