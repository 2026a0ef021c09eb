import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The manifest uses an algorithm that no tool verifies.
  static let manifestAlgorithmUnknown = Rule(
    id: "manifest-algorithm-unknown",
    group: .manifest,
    title: "The manifest uses an unknown algorithm",
    severity: .error,
    version: 2,
    basis: .clause("DSP0243 5.1"),
    why: "Manifests use SHA1 or SHA256, with some products SHA384 or SHA512. Importers refuse any "
      + "other with \"Invalid OVF checksum algorithm\". MD5 proves nothing.",
    fix: "If the files are right, run `ova manifest PATH --algorithm sha256 --accept-content`; "
      + "else fetch them again.",
    triggering: [
      Example(
        .ova,
        .content(
          "web.mf",
          .text(
            "MD5(web.ovf)= d41d8cd98f00b204e9800998ecf8427e\n"
              + "SHA256(web-disk1.vmdk)= {sha256:web-disk1.vmdk}\n"))),
      Example(.ova, .text("web.mf", replacing: "SHA256(", with: "BLAKE2b(")),
    ],
    passing: [.sound(.ova), Example(.ova, .algorithm("SHA512"))]
  ) { checked, findings in
    let lines = checked.manifestLines.compactMap { line in
      line.unusualAlgorithm.map { (name: $0, line: line) }
    }
    for (_, lines) in Dictionary(grouping: lines, by: { "\($0.name)|\($0.line.isCompared)" }) {
      guard let (algorithm, first) = lines.first else { continue }
      let rest = lines.count.andOthers
      findings.add(
        "the digest of '\(first.fileName)' is made by '\(algorithm)'" + first.comparisonWords
          + rest,
        at: first.entry.place, expected: "SHA256", found: algorithm)
    }
  }
}

extension ManifestFacts.Line {
  /// The algorithm of the line where it is none of a manifest's.
  fileprivate var unusualAlgorithm: String? {
    switch entry.claim.label {
    case .notComputed(let name), .unknown(let name): return name
    case .algorithm, .absent:
      guard let known = entry.claim.algorithm, !DigestAlgorithm.ofManifests.contains(known) else {
        return nil
      }
      return entry.algorithmText.isEmpty ? known.name : entry.algorithmText
    }
  }

  fileprivate var isCompared: Bool {
    if case .notComparable = comparison { false } else { true }
  }

  /// The words on a line that is not compared; empty for others.
  fileprivate var comparisonWords: String {
    switch comparison {
    case .notComparable(.algorithm): ", which is not computed here: the file is not verified"
    case .notComparable(.unknownAlgorithm):
      ", and no known algorithm gives it: the file is not verified"
    case .notComparable(.notRead): ", which was not computed: the file is not verified"
    default: ""
    }
  }
}
