/// Readers of the values that fields of the catalogue have.
enum FieldValue {
  /// `true`, `false`, `1` or `0`, in any case; nil for other text.
  static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "1": true
    case "false", "0": false
    default: nil
    }
  }
}
