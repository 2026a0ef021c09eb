public import OVABasics
public import OVFXML

/// An element that the standard does not put where it stands: a vendor's, or a mistake.
public struct Extension: Hashable, Sendable {
  /// The element with all below it.
  public let element: XMLTreeElement
  /// `ovf:required`; without the attribute an unknown element is required (clause 7.3).
  public let required: SourceValue<Bool>?
  /// The place in the source.
  public let place: Place

  /// The element's name.
  public var name: XMLName { element.name }
  /// True if a reader that does not know the element has to refuse the package.
  public var isRequired: Bool { required?.value ?? true }
  /// True if it stands for an element that is there only encrypted.
  public var isEncrypted: Bool { Namespaces.isEncryptedPart(name) }
}

/// An element's name and place: enough to judge order, number and presence of children.
public struct Child: Hashable, Sendable {
  /// The name as written.
  public let name: XMLName
  /// The kind of section it stands for, also when `xsi:type` says so; nil if it is no section.
  public let section: SectionKind?
  /// The place in the source.
  public let place: Place
}
