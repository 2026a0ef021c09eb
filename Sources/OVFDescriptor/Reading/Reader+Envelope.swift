import OVABasics
import OVFXML

/// The namespace declarations around an element, innermost last.
struct Scope {
  private var levels: [[String: String]] = []

  func entering(_ element: XMLTreeElement) -> Scope {
    guard !element.declarations.isEmpty else { return self }
    var scope = self
    scope.levels.append(element.declarations)
    return scope
  }

  /// The namespace of a prefix; nil for one that is not declared.
  func namespace(of prefix: String) -> String? {
    for level in levels.reversed() {
      if let namespace = level[prefix] { return namespace }
    }
    return nil
  }
}

extension Reader {
  /// Returns the name of an element: its own, or in version 0.9 the one of `xsi:type`.
  func sectionName(_ element: XMLTreeElement, _ scope: Scope) -> XMLName {
    let own = element.name.local
    guard own.isExactly("Section") || own.isExactly("Content"), ovfName(element) != nil,
      let type = element.attributes.first(where: {
        $0.name.local.isExactly("type")
          && ($0.name.namespace.isExactly(Namespaces.schemaInstance)
            || $0.name.namespace.isEmpty && $0.name.prefix.isExactly("xsi"))
      })
    else { return element.name }
    let text = type.value.trimmingBlanks
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1)
    guard let last = parts.last else { return element.name }
    let prefix = parts.count == 2 ? String(Substring(parts[0])) : ""
    var local = String(Substring(last))
    if local.utf8.count > 5, local.utf8.suffix(5).elementsEqual("_Type".utf8) {
      local = String(local.unicodeScalars.dropLast(5))
    }
    let namespace = scope.entering(element).namespace(of: prefix)
    // An undeclared prefix can only mean the standard's own types.
    return XMLName(
      local,
      namespace: namespace ?? (Namespaces.isVendorPrefix(prefix) ? "" : rootName.namespace),
      prefix: prefix)
  }

  /// Returns whether an element is version 0.9's `Section`, whatever its `xsi:type` says it is.
  private func isTypedSection(_ element: XMLTreeElement) -> Bool {
    element.name.local.isExactly("Section") && ovfName(element) != nil
  }

  /// The kind of section that a name means; nil for none of the standard's.
  func sectionKind(_ name: XMLName) -> SectionKind? {
    let isOVF =
      name.namespace.isExactly(rootName.namespace) || Namespaces.isOVF(name.namespace)
      || name.namespace.isEmpty && !Namespaces.isVendorPrefix(name.prefix)
    return isOVF ? SectionKind(rawValue: name.local) : nil
  }

  func isOVFName(_ name: XMLName, _ local: String) -> Bool {
    name.local.isExactly(local)
      && (name.namespace.isExactly(rootName.namespace) || Namespaces.isOVF(name.namespace)
        || name.namespace.isEmpty && !Namespaces.isVendorPrefix(name.prefix))
  }

  func content(_ element: XMLTreeElement, _ name: XMLName, _ scope: Scope, path: [String])
    -> Content?
  {
    if isOVFName(name, "VirtualSystem") { return .system(system(element, scope, path: path)) }
    if isOVFName(name, "VirtualSystemCollection") {
      return .collection(collection(element, scope, path: path))
    }
    return nil
  }

  private func system(_ element: XMLTreeElement, _ outer: Scope, path: [String]) -> VirtualSystem {
    let id = attribute(element, "id")
    let inner = parts(element, outer.entering(element), path: path + [id?.text ?? ""])
    return VirtualSystem(
      id: id, path: path + [id?.text ?? ""], info: inner.info, name: inner.name,
      sections: inner.sections,
      extensions: inner.extensions + inner.strayContents.map { foreign($0) },
      children: inner.children, place: place(element))
  }

  private func collection(
    _ element: XMLTreeElement, _ outer: Scope, path: [String]
  ) -> VirtualSystemCollection {
    let id = attribute(element, "id")
    let inner = parts(element, outer.entering(element), path: path + [id?.text ?? ""])
    return VirtualSystemCollection(
      id: id, path: path + [id?.text ?? ""], info: inner.info, name: inner.name,
      sections: inner.sections, contents: inner.contents, extensions: inner.extensions,
      children: inner.children, place: place(element))
  }

  /// The children of an envelope, a system or a collection.
  struct Parts {
    var info: Message?
    var name: Message?
    var references: [References] = []
    var sections: [Section] = []
    var contents: [Content] = []
    var strayContents: [XMLTreeElement] = []
    var bundles: [XMLTreeElement] = []
    var extensions: [Extension] = []
    var children: [Child] = []
  }

  func parts(_ element: XMLTreeElement, _ scope: Scope, path: [String]) -> Parts {
    var parts = Parts()
    let isEnvelope = path.isEmpty
    for child in element.children {
      let name = sectionName(child, scope)
      let kind = sectionKind(name)
      parts.children.append(Child(name: name, section: kind, place: place(child)))
      if kind != nil || name.local.utf8.suffix(7).elementsEqual("Section".utf8)
        || isTypedSection(child)
      {
        parts.sections.append(section(child, name, kind, scope))
      } else if let content = content(child, name, scope, path: path) {
        parts.contents.append(content)
        parts.strayContents.append(child)
      } else if isEnvelope, isOVFName(name, "References") {
        parts.references.append(references(child))
      } else if isEnvelope, isOVFName(name, "Strings") {
        parts.bundles.append(child)
      } else if !isEnvelope, isOVFName(name, "Info"), parts.info == nil {
        parts.info = message(child)
      } else if !isEnvelope, isOVFName(name, "Name"), parts.name == nil {
        parts.name = message(child)
      } else {
        parts.extensions.append(foreign(child))
      }
    }
    return parts
  }

  private func references(_ element: XMLTreeElement) -> References {
    References(
      files: children(element, "File").map { file in
        FileReference(
          id: attribute(file, "id"), href: attribute(file, "href"), size: number(file, "size"),
          compression: attribute(file, "compression"), chunkSize: number(file, "chunkSize"),
          otherAttributes: otherAttributes(file), extensions: file.children.map { foreign($0) },
          place: place(file))
      },
      extensions: others(element, than: ["File"]), place: place(element))
  }
}
