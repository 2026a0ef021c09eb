import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The manifest's algorithm is one that few products verify.
  static let manifestAlgorithmRare = Rule(
    id: "manifest-algorithm-rare",
    group: .manifest,
    title: "Few products verify the manifest's algorithm",
    severity: .info,
    basis: .practice(
      "ovftool makes SHA-1, SHA-256 and SHA-512; VirtualBox verifies MD5, SHA-1, SHA-256 and "
        + "SHA-512; virt-v2v skips lines of SHA-384 and SHA-512."),
    why: "SHA-384 is as good as the others, and is skipped or refused by most importers, so that a "
      + "damaged file passes unseen.",
    fix: "Run `ova manifest PATH --algorithm sha256`.",
    triggering: [Example(.ova, .algorithm("SHA384"))],
    passing: [.sound(.ova), Example(.ova, .algorithm("SHA512"))]
  ) { checked, findings in
    let rare = (checked.package.manifest?.manifest.entries ?? []).filter {
      $0.claim.algorithm == .sha384
    }
    guard let first = rare.first else { return }
    findings.add(
      "\(rare.count.of("entry").replacing("entrys", with: "entries")) of the manifest "
        + "\(rare.count == 1 ? "has" : "have") a SHA-384 digest",
      at: first.place, expected: "SHA256", found: "SHA384")
  }
}
