import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two machines side by side have one id.
  static let systemIDDuplicate = Rule(
    id: "system-id-duplicate",
    group: .descriptor,
    title: "Two machines have the same id",
    severity: .error,
    basis: .clause("DSP0243 7.2"),
    why: "Machines and collections of one parent are told apart by their id; of two with one id "
      + "the second cannot be meant, and some products overwrite the first.",
    fix: "Give each its own `ovf:id`, and correct what names it, such as a start-up order.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  <VirtualSystem ",
            new: "  <VirtualSystemCollection ovf:id=\"site\">\n    <Info>A site</Info>\n"
              + "  <VirtualSystemCollection ovf:id=\"web\">\n    <Info>Another</Info>\n"
              + "  </VirtualSystemCollection>\n"
              + "  <VirtualSystem "),
          Example.Edit(old: "</Envelope>", new: "</VirtualSystemCollection>\n</Envelope>"),
        ], [])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  <VirtualSystem ",
            new: "  <VirtualSystemCollection ovf:id=\"web\">\n    <Info>A site</Info>\n"
              + "  <VirtualSystem "),
          Example.Edit(old: "</Envelope>", new: "</VirtualSystemCollection>\n</Envelope>"),
        ], [], caption: "a collection and what is in it do not stand side by side"),
    ]
  ) { checked, findings in
    for contents in checked.siblings {
      for (first, again) in contents.repeated(by: { $0.id?.text }) {
        findings.add(
          "\(again.title) has the id of another, of \(first.place.position)",
          at: again.place, found: again.id?.text)
      }
    }
  }
}
