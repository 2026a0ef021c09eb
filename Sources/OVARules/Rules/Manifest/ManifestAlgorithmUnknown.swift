import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The manifest uses an algorithm that nobody verifies.
  static let manifestAlgorithmUnknown = Rule(
    id: "manifest-algorithm-unknown",
    group: .manifest,
    title: "The manifest uses an unknown algorithm",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "Manifests use SHA1 or SHA256, with some products SHA384 or SHA512. Importers refuse any "
      + "other with \"Invalid OVF checksum algorithm\". MD5 proves nothing.",
    fix: "Make the manifest anew with SHA256.",
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
    let faults = checked.manifestFaults { kind -> String? in
      if case .unknownAlgorithm(let name) = kind { name } else { nil }
    }
    for (name, faults) in Dictionary(grouping: faults, by: \.value) {
      guard let first = faults.first?.fault else { continue }
      findings.add(
        "the digest of '\(first.fileName ?? "")' is made by '\(name)'" + faults.count.andOthers,
        at: first.place, expected: "SHA256", found: name)
    }
  }
}
