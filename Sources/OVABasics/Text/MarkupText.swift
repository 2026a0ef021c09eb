extension String {
  /// The text with all that HTML takes for markup written as references, in text and in quoted
  /// attributes alike.
  ///
  /// Scalar by scalar: a quote with a combining mark behind it is one Swift character that is no
  /// quote, and still ends an attribute.
  public var markupEscaped: String {
    var result = String.UnicodeScalarView()
    result.reserveCapacity(unicodeScalars.count)
    for scalar in unicodeScalars {
      switch scalar {
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
