import OVABasics
import OVAPackage

extension Rule {
  /// Two names differ in letter case alone.
  static let nameCaseClash = Rule(
    id: "name-case-clash",
    group: .package,
    title: "Two names differ in letter case alone",
    severity: .warning,
    basis: .practice("Windows and macOS keep one file for both names when they unpack"),
    why: "Where letter case does not count, unpacking writes one file over the other, and the "
      + "import takes the wrong one.",
    fix: "Rename one of them.",
    triggering: [Example(.ova, .add("Web-disk1.vmdk", .text("another")))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    var seen: [[UInt8]: PackageFile] = [:]
    for file in checked.package.files {
      let key = Array(file.name.lowercased().utf8)
      guard let first = seen[key] else {
        seen[key] = file
        continue
      }
      guard !first.name.utf8.elementsEqual(file.name.utf8) else { continue }
      findings.add(
        "'\(first.name)' and '\(file.name)' differ in letter case alone", at: file.place)
    }
  }
}
