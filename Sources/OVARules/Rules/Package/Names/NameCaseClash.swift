import OVABasics
import OVAPackage

extension Rule {
  /// Two names differ in letter case or in Unicode normalization alone.
  static let nameCaseClash = Rule(
    id: "name-case-clash",
    group: .package,
    title: "Two names differ in letter case or Unicode normalization alone",
    severity: .warning,
    version: 3,
    basis: .practice("Windows and macOS keep one file for both names when they unpack"),
    why: "Where letter case does not count, or the way in which accents are encoded, unpacking "
      + "writes one file over the other, and the import takes the wrong one.",
    fix: "Leave out the one that nothing refers to, or give one of them another name, which the "
      + "References and the manifest have to have, too.",
    triggering: [
      Example(.ova, .add("Web-disk1.vmdk", .text("another"))),
      Example(
        .ova, .add("B\u{FC}ro.iso", .text("one")), .add("Bu\u{308}ro.iso", .text("another")),
        caption: "the same letters of other code points"),
      Example(
        .ova, .add("B\u{FC}ro.iso", .text("one")), .add("BU\u{308}RO.iso", .text("another")),
        documented: false),
      Example(
        .folder, .sealManifest, .add("Web-disk1.vmdk", .text("another")),
        caption: "a file of the folder that is not of the package"),
      Example(
        .folder,
        edits: [.init(old: #"href="web-disk1.vmdk""#, new: #"href="b%C3%BCro.vmdk""#)],
        [
          .rename("web-disk1.vmdk", to: "b\u{FC}ro.vmdk"), .sealManifest,
          .add("bu\u{308}ro.vmdk", .text("another")),
        ], documented: false),
    ],
    passing: [
      .sound(.ova), .sound(.folder),
      Example(.folder, .sealManifest, .add("web-disk10.vmdk", .text("another"))),
    ]
  ) { checked, findings in
    // Strings are equal here whatever their normalization is.
    var seen: [String: PackageFile] = [:]
    for file in checked.package.files {
      let key = file.name.foldedName
      guard let first = seen[key] else {
        seen[key] = file
        continue
      }
      guard !first.name.utf8.elementsEqual(file.name.utf8) else { continue }
      findings.add(
        "'\(first.name)' and '\(file.name)' differ in "
          + "\(file.name.difference(from: first.name)) alone",
        at: file.place, expected: "names that differ on every system",
        found: file.name.beside(first.name))
    }
    for lookalike in checked.package.lookalikes {
      let (name, other) = (lookalike.file.name, lookalike.name)
      findings.add(
        "'\(name)' and '\(other)', which lies beside it and is no file of the package, differ in "
          + "\(other.difference(from: name)) alone",
        at: lookalike.file.place, expected: "names that differ on every system",
        found: other.beside(name),
        fix:
          "If '\(name)' is the right file, move '\(other)' to another folder; nothing in the package "
          + "refers to it.")
    }
  }
}

extension String {
  /// The differences of two names that some systems take for one.
  fileprivate func difference(from other: String) -> String {
    if self == other { return "Unicode normalization" }
    return lowercased().utf8.elementsEqual(other.lowercased().utf8)
      ? "letter case" : "letter case and Unicode normalization"
  }

  /// Two names, the other first, each in a form in which the difference can be seen.
  fileprivate func beside(_ other: String) -> String {
    "\(other.differing(from: self)), \(differing(from: other))"
  }
}
