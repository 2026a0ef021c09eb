import OVABasics
import OVFXML

/// The state that all parts of the reader share: the descriptor's name and namespace, and what was
/// noticed.
final class Reader {
  let name: String
  let rootName: XMLName
  let dialect: Envelope.Dialect
  private(set) var diagnostics: [DescriptorDiagnostic] = []
  /// The diagnostics that are made once only, however often they occur.
  private var mentioned: Set<DescriptorDiagnosticKind> = []
  /// The families of the namespaces met: there are few, and thousands of names in each.
  private var known: [(namespace: String, family: Family)] = []

  /// The namespace of the section of version 2 that is being read: its children are at home there,
  /// whatever the envelope's version.
  private var sectionNamespace: String?

  /// Reads what is inside a section of version 2.
  func inside<Value>(sectionOf namespace: String, _ read: () -> Value) -> Value {
    let outer = sectionNamespace
    sectionNamespace = namespace
    defer { sectionNamespace = outer }
    return read()
  }

  /// The owner of a namespace's names.
  enum Family {
    /// None at all.
    case none
    /// The document element's.
    case root
    /// Another version's of OVF.
    case ovf
    /// CIM's properties.
    case cim
    /// Any other namespace.
    case other
  }

  init(name: String, root: XMLTreeElement) {
    self.name = name
    rootName = root.name
    dialect = Namespaces.dialect(of: root)
  }

  func family(_ namespace: String) -> Family {
    if namespace.isEmpty { return .none }
    if let found = known.first(where: { $0.namespace.isExactly(namespace) }) {
      return found.family
    }
    let family: Family =
      if namespace.isExactly(rootName.namespace) {
        .root
      } else if Namespaces.isOVF(namespace) {
        .ovf
      } else if Namespaces.isCIM(namespace) { .cim } else { .other }
    if known.count < 32 { known.append((namespace, family)) }
    return family
  }

  func place(_ element: XMLTreeElement) -> Place { element.place(in: name) }

  func note(_ kind: DescriptorDiagnosticKind, at place: Place) {
    diagnostics.append(DescriptorDiagnostic(kind, at: place))
  }

  func noteOnce(_ kind: DescriptorDiagnosticKind, at place: Place) {
    if mentioned.insert(kind).inserted { note(kind, at: place) }
  }

  // MARK: Elements

  /// The local name of an element that the standard may mean; nil for a vendor's.
  ///
  /// The root's namespace counts, any other version's, and none at all: version 0.9 and oVirt do
  /// not qualify what is inside.
  func ovfName(_ element: XMLTreeElement) -> String? {
    let name = element.name
    switch family(name.namespace) {
    case .root: return name.local
    case .none: return Namespaces.isVendorPrefix(name.prefix) ? nil : name.local
    case .ovf:
      if sectionNamespace?.isExactly(name.namespace) != true {
        noteOnce(
          .foreignNamespace(element: name.local, namespace: name.namespace), at: place(element))
      }
      return name.local
    case .cim, .other: return nil
    }
  }

  /// Returns whether an element is of another standard that OVF's sections are made of: CIM, XML
  /// encryption.
  private func isStandardElsewhere(_ element: XMLTreeElement) -> Bool {
    family(element.name.namespace) == .cim || Namespaces.isEncryption(element.name.namespace)
  }

  func children(_ element: XMLTreeElement, _ local: String) -> [XMLTreeElement] {
    element.children.filter { ovfName($0)?.isExactly(local) == true }
  }

  func child(_ element: XMLTreeElement, _ local: String) -> XMLTreeElement? {
    element.children.first { ovfName($0)?.isExactly(local) == true }
  }

  // MARK: Attributes

  /// An attribute of the standard: in the root's namespace, another version's, or none.
  func attribute(_ element: XMLTreeElement, _ local: String) -> SourceValue<String>? {
    guard let found = ovfAttribute(element, local) else { return nil }
    return SourceValue(found.value, place: found.place(in: name))
  }

  private func ovfAttribute(_ element: XMLTreeElement, _ local: String) -> XMLAttribute? {
    var bare: XMLAttribute?
    var family: XMLAttribute?
    for attribute in element.attributes where attribute.name.local.isExactly(local) {
      switch self.family(attribute.name.namespace) {
      case .none:
        if !Namespaces.isVendorPrefix(attribute.name.prefix) { bare = bare ?? attribute }
      case .root: return attribute
      case .ovf: family = family ?? attribute
      case .cim, .other: break
      }
    }
    if let family { return family }
    if let bare, bare.name.prefix.isEmpty {
      noteOnce(.unqualifiedAttribute(local), at: bare.place(in: name))
    }
    return bare
  }

  /// An attribute of a vendor's element: in the element's namespace, the standard's, or none.
  func vendorAttribute(_ element: XMLTreeElement, _ local: String) -> SourceValue<String>? {
    element.attributes.first { $0.name.local.isExactly(local) }
      .map { SourceValue($0.value, place: $0.place(in: name)) }
  }

  func otherAttributes(_ element: XMLTreeElement) -> [XMLAttribute] {
    element.attributes.filter {
      switch family($0.name.namespace) {
      case .none: Namespaces.isVendorPrefix($0.name.prefix)
      case .root, .ovf: false
      case .cim, .other: !$0.name.namespace.isExactly(Namespaces.schemaInstance)
      }
    }
  }

  // MARK: Values

  /// A value read out of an attribute; what is wrong with it is noticed.
  func value<Value>(
    _ element: XMLTreeElement, _ local: String, _ read: (String) -> Result<Value, ValueFault>
  ) -> SourceValue<Value>? {
    guard let text = attribute(element, local) else { return nil }
    let written = SourceValue(text.text, read(text.text), place: text.place)
    noteFault(written, element: element.name.local, name: local)
    return written
  }

  func number<Number: FixedWidthInteger & Sendable>(
    _ element: XMLTreeElement, _ local: String, as type: Number.Type = Number.self
  ) -> SourceValue<Number>? {
    value(element, local) { Reading.number($0) }
  }

  func truth(_ element: XMLTreeElement, _ local: String) -> SourceValue<Bool>? {
    value(element, local, Reading.truth)
  }

  func words(_ element: XMLTreeElement, _ local: String) -> SourceValue<[String]>? {
    value(element, local) { .success(Reading.words($0)) }
  }

  func noteFault<Value>(_ written: SourceValue<Value>?, element: String, name: String) {
    guard let written, let fault = written.fault else { return }
    note(
      .badValue(element: element, name: name, text: written.text, fault: fault),
      at: written.place)
  }

  func noteUnit(_ unit: SourceValue<ProgrammaticUnit>?) {
    guard let unit, unit.value?.isStandard == false else { return }
    note(.nonstandardUnit(unit.text), at: unit.place)
  }

  /// A text for people.
  func message(_ element: XMLTreeElement) -> Message {
    Message(
      text: element.trimmedText, id: attribute(element, "msgid"), place: place(element))
  }

  func message(_ element: XMLTreeElement, _ local: String) -> Message? {
    child(element, local).map { message($0) }
  }

  func foreign(_ element: XMLTreeElement) -> Extension {
    if Namespaces.isEncryptedPart(element.name) {
      note(.encrypted(id: vendorAttribute(element, "Id")?.text), at: place(element))
    }
    return Extension(
      element: element, required: truth(element, "required"), place: place(element))
  }

  /// The children that are none of the expected ones.
  func others(_ element: XMLTreeElement, than expected: Set<String>) -> [Extension] {
    element.children.compactMap { child in
      let name = ovfName(child) ?? (isStandardElsewhere(child) ? child.name.local : nil)
      if let name, expected.contains(name) { return nil }
      return foreign(child)
    }
  }
}
