import OVAPackage

extension Rule {
  /// The descriptor breaks the rules of XML.
  static let descriptorMalformed = Rule(
    id: "descriptor-malformed",
    group: .descriptor,
    title: "The descriptor is not well-formed XML",
    severity: .error,
    basis: .clause("DSP0243 6"),
    why:
      "Every importer stops at the first place at which the descriptor breaks the rules of XML. What "
      + "stands behind it is not judged here either.",
    fix: "Correct the XML there, or fetch the package again.",
    failures: [.descriptorMalformed],
    triggering: [
      Example(replacing: "</References>", with: "</Reference>"),
      Example(replacing: "<Product>Web</Product>", with: "<Product>Web & more</Product>"),
      Example(.ova, .content("web.ovf", .shortened(by: 100)), caption: "its end is missing"),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { _, _ in }
}
