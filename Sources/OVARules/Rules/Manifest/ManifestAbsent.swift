import OVABasics
import OVAPackage

extension Rule {
  /// The package has no manifest.
  static let manifestAbsent = Rule(
    id: "manifest-absent",
    group: .manifest,
    title: "The package has no manifest",
    severity: .info,
    basis: .clause("DSP0243 5.1"),
    why: "A manifest is not demanded. Without one nobody can tell a damaged or changed file from "
      + "a whole one, and the package cannot be signed.",
    fix: "Run `ova manifest PATH`, which makes one.",
    triggering: [Example(.ova, .remove("web.mf"))],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    let package = checked.package
    guard package.manifest == nil, package.certificate == nil, !checked.archiveIsCut else { return }
    findings.add("there is no manifest beside the descriptor", at: package.descriptor.place)
  }
}
