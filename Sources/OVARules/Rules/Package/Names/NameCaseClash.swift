import OVABasics
import OVAPackage

extension Rule {
  /// Two names differ in letter case or in Unicode normalization alone.
  static let nameCaseClash = Rule(
    id: "name-case-clash",
    group: .package,
    title: "Two names differ in letter case or Unicode normalization alone",
    severity: .warning,
    version: 2,
    basis: .practice("Windows and macOS keep one file for both names when they unpack"),
    why: "Where letter case does not count, or the way in which accents are encoded, unpacking "
      + "writes one file over the other, and the import takes the wrong one.",
    fix: "Rename one of them.",
    triggering: [
      Example(.ova, .add("Web-disk1.vmdk", .text("another"))),
      Example(
        .ova, .add("B\u{FC}ro.iso", .text("one")), .add("Bu\u{308}ro.iso", .text("another")),
        caption: "the same letters of other code points"),
      Example(
        .ova, .add("B\u{FC}ro.iso", .text("one")), .add("BU\u{308}RO.iso", .text("another")),
        documented: false),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    // Strings are equal here whatever their normalization is.
    var seen: [String: PackageFile] = [:]
    for file in checked.package.files {
      let key = file.name.lowercased()
      guard let first = seen[key] else {
        seen[key] = file
        continue
      }
      guard !first.name.utf8.elementsEqual(file.name.utf8) else { continue }
      findings.add(
        "'\(first.name)' and '\(file.name)' differ in \(file.difference(from: first)) alone",
        at: file.place, expected: "names that differ on every system",
        found: "\(first.name.differing(from: file.name)), \(file.name.differing(from: first.name))")
    }
  }
}

extension PackageFile {
  /// In what two names differ that some systems take for one.
  fileprivate func difference(from other: PackageFile) -> String {
    if name == other.name { return "Unicode normalization" }
    return name.lowercased().utf8.elementsEqual(other.name.lowercased().utf8)
      ? "letter case" : "letter case and Unicode normalization"
  }
}
