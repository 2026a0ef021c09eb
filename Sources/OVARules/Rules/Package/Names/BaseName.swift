import OVABasics
import OVAPackage

extension Rule {
  /// Manifest or certificate do not have the descriptor's name.
  static let baseName = Rule(
    id: "base-name",
    group: .package,
    title: "Manifest or certificate do not have the descriptor's name",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "A manifest belongs to the descriptor of its own base name: `a.mf` to `a.ovf`. Under "
      + "another name it is a file like any other, and the package imports without being "
      + "verified, or not at all.",
    fix: "Give manifest and certificate the descriptor's name. A new name of the manifest means a "
      + "new signature, which carries it.",
    triggering: [Example(.ova, .sealManifest, .rename("web.mf", to: "other.mf"))],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    let package = checked.package
    let base = package.descriptor.name.baseAndExtension.base
    if let manifest = package.manifest, !manifest.hasBaseName {
      findings.add(
        "the manifest '\(manifest.file.name)' does not belong to '\(package.descriptor.name)' by "
          + "its name",
        at: manifest.file.place, expected: "\(base).mf", found: manifest.file.name)
    }
    if let certificate = package.certificate, !certificate.hasBaseName {
      findings.add(
        "the certificate '\(certificate.file.name)' does not belong to "
          + "'\(package.descriptor.name)' by its name",
        at: certificate.file.place, expected: "\(base).cert", found: certificate.file.name)
    }
  }
}
