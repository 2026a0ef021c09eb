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
    version: 2,
    basis: .practice("ovftool takes one algorithm for a package, and refuses the other lines"),
    why: "Line by line it is legal. Importers that expect one algorithm refuse the manifest or "
      + "leave the other lines unverified, and its worth is that of the weakest.",
    fix: "Run `ova manifest PATH --algorithm sha256`.",
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
    let entries = checked.manifestLines.compactMap { line -> (name: String, place: Place)? in
      guard line.subject.kind != .companion else { return nil }
      let entry = line.entry
      let name = entry.claim.algorithm?.name ?? entry.algorithmText.uppercased()
      return name.isEmpty ? nil : (name, entry.place)
    }
    guard let first = entries.first, let other = entries.first(where: { $0.name != first.name })
    else { return }
    let names = Set(entries.map(\.name)).sorted()
    findings.add(
      "the manifest uses \(names.joined(separator: " and "))", at: other.place,
      expected: "one algorithm", found: names.joined(separator: ", "))
  }
}
