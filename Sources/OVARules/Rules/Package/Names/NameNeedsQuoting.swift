import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// A name has spaces or characters that shells treat specially.
  static let nameNeedsQuoting = Rule(
    id: "name-needs-quoting",
    group: .package,
    title: "A file name needs quoting in scripts",
    severity: .info,
    basis: .practice("upload scripts and importers that call tar split such names"),
    why: "Spaces, quotes and signs like `$` or `*` are legal, and scripts around an import break "
      + "on them: \"tar: The: Not found in archive\". In an href a space is to be written `%20`.",
    fix: "Rename the file with letters, digits, `-`, `_` and `.`, also in the References, and "
      + "recreate the manifest (`ova manifest`).",
    triggering: [
      Example(.ova, .add("My VM.iso", .text("x"))),
      Example(.ova, .add("-rf.iso", .text("x")), documented: false),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    let files = checked.package.files.filter { file in
      // Said by rules of their own: parentheses, and bytes that are shown with a backslash.
      guard file.member?.nameIsUTF8 ?? true, !file.name.hasParentheses else { return false }
      return file.name.utf8.first == UInt8(ascii: "-")
        || file.name.utf8.contains { special.contains($0) }
    }
    guard let first = files.first else { return }
    findings.add("spaces or signs of the shell in \(files.map(\.name).quoted)", at: first.place)
  }
}

/// Blanks and the signs that shells treat specially.
private let special = Array(" \"'`$*?;&|<>!#\\".utf8)
