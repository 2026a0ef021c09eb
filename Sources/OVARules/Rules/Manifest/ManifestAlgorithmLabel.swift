import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The algorithm's name is not the standard's.
  static let manifestAlgorithmLabel = Rule(
    id: "manifest-algorithm-label",
    group: .manifest,
    title: "The manifest spells its algorithm otherwise",
    severity: .error,
    basis: .practice("vCenter refuses `SHA2-256` with \"Invalid OVF checksum algorithm\""),
    why: "OpenSSL 3 prints `SHA2-256(name)=` where OpenSSL 1 printed `SHA256(name)=`: a build "
      + "that made manifests with `openssl sha256` breaks when OpenSSL is updated.",
    fix: "Run `ova manifest PATH`, which writes it in the standard's form; a signed package is "
      + "signed again with `--sign`.",
    triggering: [
      Example(.ova, .text("web.mf", replacing: "SHA256(", with: "SHA2-256(")),
      Example(.ova, .text("web.mf", replacing: "SHA256(", with: "sha256("), documented: false),
    ],
    passing: [.sound(.ova), Example(.ova, .algorithm("SHA384"), documented: false)]
  ) { checked, findings in
    // Of an algorithm that is in no manifest the name is not worth a word.
    let entries = checked.entries(with: [.algorithmAlias, .algorithmCase]).filter { entry in
      entry.claim.algorithm.map(DigestAlgorithm.ofManifests.contains) ?? false
    }
    let labels = Dictionary(grouping: entries, by: \.algorithmText)
    for (label, entries) in labels {
      guard let first = entries.first else { continue }
      let name = first.claim.algorithm?.name
      findings.add(
        "the algorithm of '\(first.fileName)' is written '\(label)'" + entries.count.andOthers,
        at: first.place, expected: name, found: label,
        severity: first.deviations.contains(.algorithmAlias) ? .error : .warning)
    }
  }
}
