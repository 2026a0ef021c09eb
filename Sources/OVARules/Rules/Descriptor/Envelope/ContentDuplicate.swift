import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The envelope holds several machines directly.
  static let contentDuplicate = Rule(
    id: "content-duplicate",
    group: .descriptor,
    title: "Several machines stand directly in the envelope",
    severity: .error,
    basis: .clause("DSP0243 7.2"),
    why: "The Envelope holds one VirtualSystem or one VirtualSystemCollection. Products deploy the "
      + "first machine only, or refuse.",
    fix: "Put the machines into a VirtualSystemCollection.",
    triggering: [
      Example(
        adding: "  <VirtualSystemCollection ovf:id=\"site\">\n    <Info>A site</Info>\n"
          + "  </VirtualSystemCollection>\n", before: "</Envelope>")
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for content in checked.envelope.contents.dropFirst() {
      findings.add("\(content.title) stands beside another in the Envelope", at: content.place)
    }
  }
}
