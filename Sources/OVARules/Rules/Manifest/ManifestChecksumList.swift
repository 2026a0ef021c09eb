import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The manifest is the output of `sha256sum`.
  static let manifestChecksumList = Rule(
    id: "manifest-checksum-list",
    group: .manifest,
    title: "The manifest is a checksum list",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "`sha256sum` writes `digest  name`, which is not the manifest's `SHA256(name)= digest`. "
      + "Importers stop at the first line. The digests are compared here all the same.",
    fix: "Make the manifest with `openssl sha256`, each label written `SHA256`, or with "
      + "`sha256sum --tag` and the blanks before `(` and `=` taken out.",
    triggering: [
      Example(
        .ova,
        .content(
          "web.mf", .text("{sha256:web.ovf}  web.ovf\n{sha256:web-disk1.vmdk}  web-disk1.vmdk\n")))
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let lists = (checked.package.manifest?.manifest.entries ?? []).filter { $0.form != .standard }
    guard let first = lists.first else { return }
    let name = first.fileName
    findings.add(
      "the line of '\(name)' is one of a checksum list, not of a manifest" + lists.count.andOthers,
      at: first.place, expected: "\(first.digest.algorithm.name)(\(name))= \(first.digest.hex)",
      found: "\(first.digestText)  \(name)")
  }
}
