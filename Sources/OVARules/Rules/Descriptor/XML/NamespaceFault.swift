import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// Another breach of the rules of namespaces.
  static let namespaceFault = Rule(
    id: "namespace-fault",
    group: .descriptor,
    title: "The descriptor breaks the rules of XML namespaces",
    severity: .error,
    version: 2,
    basis: .clause("Namespaces in XML 1.0"),
    why: "Parsers differ in what they do then; many refuse the descriptor.",
    fix: "Correct the declaration or name at that line.",
    triggering: [
      Example(replacing: "xmlns:vmw=", with: "xmlns:empty=\"\"\n    xmlns:vmw="),
      Example(
        replacing: "xmlns:vmw=",
        with: "xmlns:own=\"http://example.com/my schema\"\n    xmlns:vmw=",
        caption: "a blank in a namespace, which every parser reads"),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for (text, place) in checked.descriptorDiagnostics({ kind in
      if case .xml(.namespaceFault(let text)) = kind { return text }
      return nil
    }) {
      findings.add("the rules of namespaces are broken: \(text)", at: place)
    }
    for (uri, place) in checked.descriptorDiagnostics({ kind in
      if case .xml(.namespaceNotURI(let uri)) = kind { return uri }
      return nil
    }) {
      // Parsers compare namespaces letter by letter and need no URI to do so.
      findings.add(
        "the namespace '\(uri)' is not a URI", at: place, found: uri, severity: .warning,
        fix: "Write a URI without blanks, in the declaration and wherever the namespace is named.")
    }
  }
}
