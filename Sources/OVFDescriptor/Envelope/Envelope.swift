public import OVABasics
public import OVFXML

/// An OVF descriptor, read whole: what is written, each value with its text and place.
public final class Envelope: Sendable {
  /// The name that the descriptor was handed in under; the file of all places.
  public let name: String
  /// The family of OVF that it is written in.
  public let dialect: Dialect
  /// The document element's name.
  public let rootName: XMLName
  /// `ovf:version`, which version 0.9 demands and others do not know.
  public let version: SourceValue<String>?
  /// `xml:lang`: the language of the texts in place.
  public let language: SourceValue<String>?
  /// The encoding that the XML declaration names.
  public let declaredEncoding: String?
  /// The lists of files; there should be one.
  public let references: [References]
  /// The sections directly in the envelope, in order, known and unknown.
  public let sections: [Section]
  /// The machines and collections directly in the envelope; there should be one.
  public let contents: [Content]
  /// The message bundles.
  public let bundles: [MessageBundle]
  /// Children of the envelope that belong nowhere.
  public let extensions: [Extension]
  /// All children in order, by name and place.
  public let children: [Child]
  /// Attributes of other namespaces, such as `vmw:buildId`.
  public let otherAttributes: [XMLAttribute]
  /// The product that wrote it.
  public let producer: Producer
  /// The irregularities that were noticed, by line.
  public let diagnostics: [DescriptorDiagnostic]
  /// The place of the document element.
  public let place: Place
  /// The elements by their ids, for following references in constant time.
  let index: EnvelopeIndex
  let lists: EnvelopeLists
  /// The hardware of machines in the default configuration, for which nearly everybody asks.
  let usualHardware = HardwareMemo()

  init(
    name: String, dialect: Dialect, rootName: XMLName, version: SourceValue<String>?,
    language: SourceValue<String>?, declaredEncoding: String?, references: [References],
    sections: [Section], contents: [Content], bundles: [MessageBundle], extensions: [Extension],
    children: [Child], otherAttributes: [XMLAttribute], producer: Producer,
    diagnostics: [DescriptorDiagnostic], place: Place, index: EnvelopeIndex, lists: EnvelopeLists
  ) {
    self.name = name
    self.dialect = dialect
    self.rootName = rootName
    self.version = version
    self.language = language
    self.declaredEncoding = declaredEncoding
    self.references = references
    self.sections = sections
    self.contents = contents
    self.bundles = bundles
    self.extensions = extensions
    self.children = children
    self.otherAttributes = otherAttributes
    self.producer = producer
    self.diagnostics = diagnostics
    self.place = place
    self.index = index
    self.lists = lists
  }

  /// The families of OVF.
  public enum Dialect: String, Hashable, Sendable {
    /// VMware's early version.
    case ovf09 = "ovf0.9"
    /// 1.0 and 1.1.
    case ovf1
    /// 2.0 and 2.1.
    case ovf2
    /// oVirt and Red Hat Virtualization.
    case oVirt = "ovirt"
    /// An envelope of a namespace that is not known, read by local names.
    case unknown
  }
}
