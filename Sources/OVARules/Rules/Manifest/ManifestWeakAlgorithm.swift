import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The manifest's digests are SHA-1.
  static let manifestWeakAlgorithm = Rule(
    id: "manifest-weak-algorithm",
    group: .manifest,
    title: "The manifest's digests are SHA-1",
    severity: .warning,
    basis: .practice("vCenter 6.5 and later have refused SHA1; ovftool writes SHA256 since 4.2"),
    why: "Two files with one SHA-1 can be made on purpose, so that it shows damage but not "
      + "tampering. OVF 1.x knows nothing else; some current importers refuse it.",
    fix: "Run `ova manifest PATH --algorithm sha256`; a signed package is signed again with "
      + "`--sign`.",
    triggering: [Example(.ova, .algorithm("SHA1"))],
    passing: [
      .sound(.ova), Example(.ova, .algorithm("SHA384")), Example(.ova, .algorithm("SHA512")),
      Example(
        .ova,
        .content(
          "web.mf",
          .text(
            "SHA1(web.ovf)= {sha1:web.ovf}\nSHA256(web-disk1.vmdk)= {sha256:web-disk1.vmdk}\n")),
        caption: "SHA-1 beside another is said by manifest-mixed-algorithms", documented: false),
    ]
  ) { checked, findings in
    guard let manifest = checked.package.manifest, let first = manifest.manifest.entries.first,
      manifest.manifest.algorithms == [.sha1]
    else { return }
    findings.add(
      "all digests are SHA1", at: first.place, expected: "SHA256", found: "SHA1")
  }
}
