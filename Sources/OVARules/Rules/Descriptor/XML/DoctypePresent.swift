import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The descriptor has a document type declaration.
  static let doctypePresent = Rule(
    id: "doctype-present",
    group: .descriptor,
    title: "The descriptor has a document type declaration",
    severity: .error,
    basis: .practice("Readers that are safe against entity attacks refuse any DOCTYPE."),
    why: "A document type may declare entities that grow without bound or read files of the "
      + "machine that parses. Nothing in OVF needs one, and careful importers refuse it.",
    fix: "Delete the `<!DOCTYPE …>` and write out what its entities stood for.",
    triggering: [
      Example(adding: "<!DOCTYPE Envelope>\n", before: "<Envelope xmlns="),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "<Envelope xmlns=",
            new: "<!DOCTYPE Envelope [<!ENTITY name \"web\">]>\n<Envelope xmlns="),
          Example.Edit(old: "<Name>web</Name>", new: "<Name>&name;</Name>"),
        ], [], caption: "the entity's text is not used"),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    let used = checked.descriptorDiagnostics { kind in
      if case .xml(.entityReference(let name)) = kind { return "&\(name);" }
      return nil
    }.counted { $0.value }
    let entities =
      used.isEmpty
      ? "" : "; \(used.map(\.first.value).joined(separator: ", ")) is not replaced by its text"
    for (_, place) in checked.descriptorDiagnostics({ $0 == .xml(.doctype) ? true : nil }) {
      findings.add("the descriptor has a document type declaration\(entities)", at: place)
    }
  }
}
