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
    fix: "Run `ova manifest PATH`, which writes it in the standard's form; a signed package is "
      + "signed again with `--sign`.",
    triggering: [
      Example(.ova, .text("web.mf", replacing: "SHA256(", with: "SHA256 (")),
      Example(.ova, .text("web.mf", replacing: ")= ", with: ") = ")),
      Example(.ova, .text("web.mf", replacing: ")= ", with: ")="), documented: false),
      Example(.ova, .text("web.mf", replacing: "\n", with: "\n\n"), documented: false),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    guard let file = checked.package.manifest else { return }
    let blanks: Set<Manifest.Deviation> = [
      .leadingBlanks, .blankBeforeParenthesis, .blankBeforeEquals, .noBlankAfterEquals,
      .blanksAfterEquals, .trailingBlanks,
    ]
    let entries = checked.entries(with: blanks)
    if let first = entries.first {
      let places = first.deviations.filter(blanks.contains).map(\.words).joined(separator: ", ")
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
