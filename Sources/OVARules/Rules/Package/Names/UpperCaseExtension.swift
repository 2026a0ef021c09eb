import OVABasics
import OVAPackage

extension Rule {
  /// The extension of descriptor, manifest or certificate is not in lower case.
  static let upperCaseExtension = Rule(
    id: "upper-case-extension",
    group: .package,
    title: "An extension is not in lower case",
    severity: .warning,
    basis: .clause("DSP0243 5.1"),
    why: "The standard names the extensions `.ovf`, `.mf` and `.cert`. Readers that compare letter "
      + "by letter find no descriptor, or take the package for one without a manifest.",
    fix: "Write the extension in lower case, and recreate the manifest (`ova manifest`), which "
      + "names the file; a new name of the manifest means a new signature, which carries it.",
    triggering: [
      Example(.ova, .rename("web.ovf", to: "web.OVF")),
      Example(.ova, .sealManifest, .rename("web.mf", to: "web.MF"), documented: false),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    let package = checked.package
    let files = [package.descriptor, package.manifest?.file, package.certificate?.file]
    for file in files.compactMap({ $0 }) {
      let suffix = file.name.utf8.split(separator: UInt8(ascii: ".")).last.map(Array.init) ?? []
      guard suffix.contains(where: { (0x41...0x5A).contains($0) }) else { continue }
      let written = String(decoding: suffix, as: UTF8.self)
      findings.add(
        "the extension of '\(file.name)' is written '.\(written)'", at: file.place,
        expected: ".\(written.lowercased())", found: ".\(written)")
    }
  }
}
