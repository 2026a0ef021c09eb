import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The manifest lists a file that the package does not have.
  static let manifestEntryWithoutFile = Rule(
    id: "manifest-entry-without-file",
    group: .manifest,
    title: "The manifest lists a file that is not there",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "Importers verify every entry; one without a file fails the verification.",
    fix: "Run `ova manifest PATH --accept-content`, which lists the files that are there, if "
      + "none is missing.",
    triggering: [
      Example(
        .ova, .sealManifest, .text("web.mf", replacing: "(web.ovf)", with: "(old.ovf)"))
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova, .sealManifest, .remove("web-disk1.vmdk"),
        caption: "a referenced file that is missing is said once, by file-missing"),
    ]
  ) { checked, findings in
    // Where the archive could not be read to its end, the finding on that is the one to fix.
    guard checked.package.manifest != nil, !checked.archiveIsCut else { return }
    let known = checked.referencedNames.union(
      checked.package.files.map { Array($0.writtenName.utf8) })
    for line in checked.manifestLines where line.subject.kind == .nothing {
      let entry = line.entry
      guard !known.contains(entry.nameBytes), !entry.deviations.contains(.nameNotUTF8) else {
        continue
      }
      findings.add(
        "the manifest lists '\(entry.fileName)', which is no file of the package",
        at: entry.place, found: entry.fileName)
    }
  }
}
