import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// A member's name is not UTF-8.
  static let nameNotUTF8 = Rule(
    id: "name-not-utf8",
    group: .package,
    title: "A member's name is not UTF-8",
    severity: .warning,
    basis: .practice("importers take names for UTF-8, as the descriptor is"),
    why: "The name was written in an old encoding. No href in a descriptor of UTF-8 can equal it, "
      + "so that the file is not found.",
    fix: "Rename the file, also in the References, pack again, and recreate the manifest (`ova "
      + "manifest`).",
    triggering: [
      Example(
        .ova, .sealManifest, .add("uebung.iso", .text("x")),
        .header("uebung.iso", .name([0xFC] + Array("bung.iso".utf8))))
    ],
    passing: [.sound(.ova), Example(.ova, .add("übung.iso", .text("x")), documented: false)]
  ) { checked, findings in
    let files = checked.files { $0 == .nameNotUTF8 }
    guard let first = files.first else { return }
    findings.add("bytes that are not UTF-8 in \(files.map(\.writtenName).quoted)", at: first.place)
  }
}
