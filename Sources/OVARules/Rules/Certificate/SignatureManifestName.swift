import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The signature names another manifest.
  static let signatureManifestName = Rule(
    id: "signature-manifest-name",
    group: .certificate,
    title: "The signature names another manifest",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "The signature's line carries the manifest's file name. After a renaming it no longer "
      + "does, and importers find no signature for the manifest that is there.",
    fix: "If it is the manifest that was signed, write its name into the first line; the signature "
      + "itself stays valid.",
    triggering: [
      Example(
        .ova, .sign(.trustedAuthority), .text("web.cert", replacing: "(web.mf)", with: "(old.mf)"))
    ],
    passing: [.sound(.ova), Example(.ova, .sign(.trustedAuthority))]
  ) { checked, findings in
    guard let name = checked.signature?.wrongManifestName,
      let manifest = checked.package.manifest, manifest.hasBaseName
    else { return }
    let right = manifest.file.path?.name ?? manifest.file.name
    findings.add(
      "the signature is said to be of '\(name)'", at: checked.signaturePlace, expected: right,
      found: name)
  }
}
