import OVABasics
import OVAPackage

extension Rule {
  /// A name has parentheses.
  static let nameWithParentheses = Rule(
    id: "name-with-parentheses",
    group: .package,
    title: "A file name has parentheses",
    severity: .warning,
    basis: .practice("VirtualBox ends with VERR_INVALID_NAME at such a manifest entry"),
    why: "A manifest writes names between parentheses. VirtualBox and simpler readers end the "
      + "name at the first closing one and refuse the manifest.",
    fix: "Rename the file, write the new name into the descriptor and run `ova manifest PATH`.",
    triggering: [Example(.ova, .add("web (copy).iso", .text("x")))],
    passing: [
      .sound(.ova), Example(.ova, .add("{1f2e}.iso", .text("x")), documented: false),
    ]
  ) { checked, findings in
    let files = checked.package.files.filter(\.name.hasParentheses)
    guard let first = files.first else { return }
    findings.add("parentheses in \(files.map(\.name).quoted)", at: first.place)
  }
}

extension String {
  /// True if there is a parenthesis in it.
  var hasParentheses: Bool {
    utf8.contains { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") }
  }
}
