/// The types that a property may have (DSP0243 9.5.1, table 6).
enum PropertyType: String, CaseIterable {
  case uint8, sint8, uint16, sint16, uint32, sint32, uint64, sint64
  case string, boolean, real32, real64

  /// The numbers that an integer of the type may be; nil for other types.
  var range: ClosedRange<Int128>? {
    switch self {
    case .uint8: 0...Int128(UInt8.max)
    case .sint8: Int128(Int8.min)...Int128(Int8.max)
    case .uint16: 0...Int128(UInt16.max)
    case .sint16: Int128(Int16.min)...Int128(Int16.max)
    case .uint32: 0...Int128(UInt32.max)
    case .sint32: Int128(Int32.min)...Int128(Int32.max)
    case .uint64: 0...Int128(UInt64.max)
    case .sint64: Int128(Int64.min)...Int128(Int64.max)
    case .string, .boolean, .real32, .real64: nil
    }
  }

  /// Returns the reason why a text is no value of the type, as the end of a sentence; nil if it is
  /// one.
  func fault(of text: String) -> String? {
    switch self {
    case .string: return nil
    case .boolean:
      return ["true", "false", "1", "0"].contains(text.lowercased())
        ? nil : "is neither true nor false"
    case .real32, .real64:
      return Double(text) == nil ? "is not a number" : nil
    default:
      guard let number = Int128(text) else { return "is not a whole number" }
      guard let range, !range.contains(number) else { return nil }
      return "is not between \(range.lowerBound) and \(range.upperBound)"
    }
  }
}
