import OVABasics
import OVAPackage

extension Rule {
  /// A name has line ends or other control characters.
  static let nameWithControlCharacters = Rule(
    id: "name-with-control-characters",
    group: .package,
    title: "A file name has control characters",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "A manifest has one line for each file, so a name with a line end cannot be listed, and "
      + "control characters in a name can deceive whoever reads a listing.",
    fix: "Rename the file, also in the References, and recreate the manifest (`ova manifest`).",
    triggering: [Example(.ova, .sealManifest, .add("a\nb.iso", .text("x")))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let files = checked.package.files.filter { file in
      file.writtenName.utf8.contains { $0 < 0x20 || $0 == 0x7F }
    }
    guard let first = files.first else { return }
    findings.add("control characters in \(files.map(\.writtenName).quoted)", at: first.place)
  }
}
