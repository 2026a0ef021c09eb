import OVFDescriptor

extension Observation.Kind {
  /// The kind in a word, for programs.
  var name: String {
    switch self {
    case .unknownNamespace: "unknown-namespace"
    case .unqualifiedAttribute: "unqualified-attribute"
    case .foreignNamespace: "foreign-namespace"
    case .doctype: "doctype"
    case .entityReference: "entity-reference"
    case .encodingNotKept, .encodingDoubtful: "encoding-not-kept"
    case .undeclaredPrefix: "undeclared-prefix"
    case .namespaceFault, .namespaceNotURI: "namespace-fault"
    case .trailingPadding: "trailing-padding"
    case .nonstandardUnit: "nonstandard-unit"
    case .badValue: "bad-value"
    case .encrypted: "encrypted"
    case .bundleUnread: "bundle-unread"
    }
  }

  /// The observation, and what was made of it, as a sentence.
  var sentence: String {
    switch self {
    case .unknownNamespace(let namespace): "the envelope's namespace '\(namespace)' is not known"
    case .unqualifiedAttribute(let name): "the attribute '\(name)' has no namespace"
    case .foreignNamespace(let element, let namespace):
      "the element '\(element)' is in the namespace '\(namespace)'"
    case .doctype: "there is a document type declaration"
    case .entityReference(let name): "there is a reference to the entity '\(name)'"
    case .encodingNotKept(let declared): "the text is not in the declared encoding \(declared)"
    case .encodingDoubtful(let declared):
      "the text looks like UTF-8 and was read in the declared encoding \(declared)"
    case .undeclaredPrefix(let prefix): "the prefix '\(prefix)' is not declared"
    case .namespaceNotURI(let uri): "the namespace '\(uri)' is not a URI"
    case .namespaceFault(let text): text
    case .trailingPadding(let count): "\(count) NUL bytes follow the document"
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
