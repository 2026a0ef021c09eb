import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// Blanks stand where the grammar has none, or lack.
  static let manifestSpacing = Rule(
    id: "manifest-spacing",
    group: .manifest,
    title: "The manifest has blanks at the wrong places",
    severity: .warning,
    basis: .practice(
      "ovftool and vCenter refuse `SHA256 (name) = digest`; VirtualBox and older ovftools write it"
    ),
    why: "An entry is `SHA256(name)= digest` with its one space behind the equals sign. `sha256sum "
      + "--tag` puts blanks before the parenthesis and around the sign, and strict readers report "
      + "\"manifest file entry is invalid\".",
    fix: "Write `SHA256(name)= digest`; sign again.",
    triggering: [
      Example(.ova, .text("web.mf", replacing: "SHA256(", with: "SHA256 (")),
      Example(.ova, .text("web.mf", replacing: ")= ", with: ") = ")),
      Example(.ova, .text("web.mf", replacing: ")= ", with: ")="), documented: false),
      Example(.ova, .text("web.mf", replacing: "\n", with: "\n\n"), documented: false),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    guard let file = checked.package.manifest else { return }
    let entries = checked.entries(with: [
      .leadingBlanks, .blankBeforeParenthesis, .blankBeforeEquals, .noBlankAfterEquals,
      .blanksAfterEquals, .trailingBlanks,
    ])
    if let first = entries.first {
      let places = first.deviations.compactMap(\.spacing).joined(separator: ", ")
      findings.add(
        "the line of '\(first.fileName)' has \(places)" + entries.count.andOthers,
        at: first.place,
        expected: "\(first.algorithmText)(\(first.fileName))= \(first.digestText)")
    } else if file.manifest.blankLines > 0 {
      findings.add(
        "the manifest has \(file.manifest.blankLines.of("blank line"))", at: file.file.place)
    }
  }
}

extension Manifest.Deviation {
  /// The deviation in words when it is one of blanks.
  fileprivate var spacing: String? {
    switch self {
    case .leadingBlanks: "blanks before the algorithm"
    case .blankBeforeParenthesis: "a blank before '('"
    case .blankBeforeEquals: "a blank before '='"
    case .noBlankAfterEquals: "no space behind '='"
    case .blanksAfterEquals: "more than one space behind '='"
    case .trailingBlanks: "blanks at its end"
    default: nil
    }
  }
}
