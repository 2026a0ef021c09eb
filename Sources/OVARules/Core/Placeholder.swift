import OVABasics
import OVFXML

/// Placeholders that templates of descriptors have where a value belongs, and that some tools
/// forget to replace.
enum Placeholder {
  /// Returns the fix for a value that is still a placeholder, such as `{{SIZE}}`, `@@CPUS@@` or
  /// `${OS_ID}`; nil for any other text.
  static func fix(_ text: String) -> String? {
    isOne(text)
      ? "'\(text)' is a template's placeholder: run the template through the tool that fills it in."
      : nil
  }

  private static func isOne(_ text: String) -> Bool {
    let bytes = Array(text.trimmingBlanks.utf8)
    return marks.contains { mark in
      bytes.count > mark.start.count + mark.end.count && bytes.starts(with: mark.start)
        && bytes.reversed().starts(with: mark.end.reversed())
    }
  }

  private static let marks: [(start: [UInt8], end: [UInt8])] = [
    ("{", "}"), ("${", "}"), ("@", "@"), ("#", "#"), ("%", "%"), ("<", ">"),
  ].map { (Array($0.utf8), Array($1.utf8)) }
}
