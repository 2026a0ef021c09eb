import OVABasics
import OVAPackage

extension Rule {
  /// The archive has another extension than `.ova`.
  static let archiveNameNotOva = Rule(
    id: "archive-name-not-ova",
    group: .package,
    title: "The archive's name does not end in .ova",
    severity: .info,
    basis: .clause("DSP0243 5.3"),
    why: "Upload forms and importers choose by the extension. Under another one the same archive "
      + "is refused or taken for a plain tar, or, named .ovf, for a descriptor.",
    fix: "Name the archive with the ending .ova.",
    triggering: [
      Example(.ova, .archive(.named("web.tar"))),
      Example(
        .ova, .archive(.named("web.ovf")), caption: "an archive under the name of a descriptor"),
    ],
    passing: [
      .sound(.ova), .sound(.folder), Example(.ova, .archive(.named("WEB.OVA")), documented: false),
    ]
  ) { checked, findings in
    let package = checked.package
    guard package.isArchive, package.path != "-" else { return }
    let name = package.path.lastComponent
    guard name.baseAndExtension.suffix != "ova" else { return }
    findings.add(
      "'\(name)' is an archive and is not named .ova", at: Place(package.path), expected: ".ova",
      found: name)
  }
}
