import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The envelope holds neither a machine nor a collection.
  static let contentMissing = Rule(
    id: "content-missing",
    group: .descriptor,
    title: "The envelope has no machine",
    severity: .error,
    basis: .clause("DSP0243 7.2"),
    why: "An Envelope describes one VirtualSystem or one VirtualSystemCollection. Without it "
      + "there is nothing to deploy.",
    fix: "Export the machine again; the descriptor was cut or made for something else.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(old: #"<VirtualSystem ovf:id="web">"#, new: "<!--"),
          Example.Edit(old: "</VirtualSystem>", new: "-->"),
        ], [])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    if !checked.envelope.collections.isEmpty, checked.envelope.virtualSystems.isEmpty {
      findings.add(
        "the collections hold no machine",
        at: checked.envelope.contents.first?.place
          ?? checked.envelope.place, severity: .info)
    }
    // What is encrypted may be the machine; that is said.
    guard checked.envelope.contents.isEmpty, checked.encryptedParts.isEmpty else { return }
    if let untyped = checked.envelope.extensions.first(where: {
      $0.name.local.isExactly("Content")
    }) {
      findings.add(
        "the Content of the Envelope has no xsi:type that says what it is", at: untyped.place,
        expected: "xsi:type=\"ovf:VirtualSystem_Type\" or ovf:VirtualSystemCollection_Type",
        fix: "Add the `xsi:type`, with the prefix of XML Schema instances declared.")
      return
    }
    findings.add(
      "the Envelope holds neither a VirtualSystem nor a VirtualSystemCollection",
      at: checked.envelope.place)
  }
}
