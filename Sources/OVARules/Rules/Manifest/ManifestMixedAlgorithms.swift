import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The manifest uses more than one algorithm.
  static let manifestMixedAlgorithms = Rule(
    id: "manifest-mixed-algorithms",
    group: .manifest,
    title: "The manifest uses more than one algorithm",
    severity: .warning,
    basis: .practice("ovftool takes one algorithm for a package, and refuses the other lines"),
    why: "Line by line it is legal. Importers that expect one algorithm refuse the manifest or "
      + "leave the other lines unverified, and its worth is that of the weakest.",
    fix: "Make the manifest anew with SHA256 throughout.",
    triggering: [
      Example(
        .ova,
        .content(
          "web.mf",
          .text(
            "SHA1(web.ovf)= {sha1:web.ovf}\nSHA256(web-disk1.vmdk)= {sha256:web-disk1.vmdk}\n")))
    ],
    passing: [.sound(.ova), Example(.ova, .algorithm("SHA1"), documented: false)]
  ) { checked, findings in
    let entries = (checked.package.manifest?.manifest.entries ?? []).filter {
      !checked.isAboutItself($0)
    }
    guard let first = entries.first,
      let other = entries.first(where: { $0.digest.algorithm != first.digest.algorithm })
    else { return }
    let names = Set(entries.map(\.digest.algorithm)).map(\.name).sorted()
    findings.add(
      "the manifest uses \(names.joined(separator: " and "))", at: other.place,
      expected: "one algorithm", found: names.joined(separator: ", "))
  }
}
