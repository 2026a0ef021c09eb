import OVABasics
import OVFXML

/// What templates of descriptors write where a value belongs, and some tools forget to replace.
enum Placeholder {
  /// How to mend a value that is still a placeholder, such as `{{SIZE}}`, `@@CPUS@@` or `${OS_ID}`;
  /// nil for any other text.
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
