extension String {
  /// The text with control characters, bidirectional overrides and line breaks escaped.
  ///
  /// Names and values from packages go to terminals and reports; none may move the cursor, hide
  /// text or start a line of its own.
  public var inert: String {
    guard unicodeScalars.contains(where: \.isActive) else { return self }
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar.isActive {
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  /// Whether a terminal or browser would act on the scalar instead of showing it.
  fileprivate var isActive: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    default: false
    }
  }
}
