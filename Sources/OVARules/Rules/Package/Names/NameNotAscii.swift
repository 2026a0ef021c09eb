import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// A name has characters outside ASCII.
  static let nameNotAscii = Rule(
    id: "name-not-ascii",
    group: .package,
    title: "A file name has characters outside ASCII",
    severity: .info,
    basis: .practice("ustar has no encoding for names; readers guess it from their locale"),
    why: "The same name is written in different bytes by different systems. A reader whose "
      + "encoding differs does not find the file, or does not match it with the manifest.",
    fix: "Rename the file with letters A to Z, digits, `-`, `_` and `.`, also in the References, "
      + "and recreate the manifest (`ova manifest`).",
    triggering: [Example(.ova, .add("übung.iso", .text("x")))],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    let files = checked.package.files.filter { file in
      file.writtenName.utf8.contains { $0 > 0x7F } && file.member?.nameIsUTF8 ?? true
    }
    guard let first = files.first else { return }
    findings.add("characters outside ASCII in \(files.map(\.name).quoted)", at: first.place)
  }
}
