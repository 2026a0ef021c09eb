import OVABasics
import OVFDescriptor
import OVFXML

extension DescriptorDiagnosticKind {
  /// The kind in a word, for programs.
  var name: String {
    switch self {
    case .unknownNamespace: "unknown-namespace"
    case .unqualifiedAttribute: "unqualified-attribute"
    case .foreignNamespace: "foreign-namespace"
    case .xml(.doctype): "doctype"
    case .xml(.entityReference): "entity-reference"
    case .xml(.encodingNotKept), .xml(.encodingDoubtful): "encoding-not-kept"
    case .xml(.undeclaredPrefix): "undeclared-prefix"
    case .xml(.namespaceFault), .xml(.namespaceNotURI): "namespace-fault"
    case .xml(.trailingPadding): "trailing-padding"
    case .nonstandardUnit: "nonstandard-unit"
    case .badValue: "bad-value"
    case .encrypted: "encrypted"
    case .bundleUnread: "bundle-unread"
    }
  }

  /// The diagnostic, and how the reader went on, as a sentence.
  var sentence: String {
    switch self {
    case .unknownNamespace(let namespace): "the envelope's namespace '\(namespace)' is not known"
    case .unqualifiedAttribute(let name): "the attribute '\(name)' has no namespace"
    case .foreignNamespace(let element, let namespace):
      "the element '\(element)' is in the namespace '\(namespace)'"
    case .xml(.doctype): "there is a document type declaration"
    case .xml(.entityReference(let name)): "there is a reference to the entity '\(name)'"
    case .xml(.encodingNotKept(let declared)):
      "the text is not in the declared encoding \(declared)"
    case .xml(.encodingDoubtful(let declared)):
      "the text looks like UTF-8 and was read in the declared encoding \(declared)"
    case .xml(.undeclaredPrefix(let prefix)): "the prefix '\(prefix)' is not declared"
    case .xml(.namespaceNotURI(let uri)): "the namespace '\(uri)' is not a URI"
    case .xml(.namespaceFault(let text)): text
    case .xml(.trailingPadding(let count)): "\(count) NUL bytes follow the document"
    case .nonstandardUnit(let unit): "the unit '\(unit)' is not written as the standard does"
    case .badValue(let element, let name, let text, let fault):
      "\(name) of \(element) is '\(text)', which \(fault)"
    case .encrypted(let id):
      "a part \(id.map { "('\($0)') " } ?? "")is there only encrypted"
    case .bundleUnread(let file, let reason):
      "the message bundle '\(file)' was not read: \(reason)"
    }
  }
}
