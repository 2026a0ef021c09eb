public import OVABasics
import OVFXML

extension Envelope {
  /// The namespaces of envelopes, of OVF 0.9, 1.x and 2.x.
  public static let namespaces = [Namespaces.ovf09, Namespaces.ovf1, Namespaces.ovf2]

  /// Bytes that what is built of an element takes beyond what every element takes: sections and
  /// properties are kept with all their fields, and looked at by many rules.
  private static let costs = [
    "ProductSection": 8_192, "Property": 2_048, "ExtraConfig": 1_024, "Config": 1_024,
  ]

  /// Reads a descriptor.
  ///
  /// Everything that can be read is; what is wrong with it stands in the values and in
  /// `diagnostics`. Errors are for bytes of which nothing can be said.
  ///
  /// - Parameters:
  ///   - bytes: the descriptor, in any encoding that libxml2 knows.
  ///   - name: what to call the descriptor in places.
  ///   - limits: how much is accepted.
  ///   - bundle: the bytes of an external message bundle, by its file reference; nil if there are
  ///     none. Called only for bundles that the descriptor names.
  public static func read(
    _ bytes: [UInt8], name: String, limits: Limits = Limits(),
    bundle: (FileReference) -> [UInt8]? = { _ in nil }
  ) throws(DescriptorError) -> Envelope {
    let document = try document(bytes, name: name, limits: limits)
    return Reader(name: name, root: document.root).envelope(document, limits, bundle)
  }

  /// The document of a descriptor, of which something can be said.
  static func document(
    _ bytes: [UInt8], name: String, limits: Limits
  ) throws(DescriptorError) -> XMLTree {
    let document: XMLTree
    do throws(XMLError) {
      document = try XMLTree.read(bytes, name: name, limits: limits, costs: Self.costs)
    } catch {
      throw DescriptorError(error)
    }
    guard document.root.name.local.isExactly("Envelope") else {
      throw DescriptorError(notAnEnvelope: document.root, name: name)
    }
    return document
  }
}

extension DescriptorError {
  fileprivate init(_ error: XMLError) {
    let code: Code =
      switch error.code {
      case .limit: .limit
      case .library, .schema: .library
      case .empty, .notWellFormed, .encoding: .notXML
      }
    self.init(error, as: code, doing: "read the descriptor")
  }

  fileprivate init(notAnEnvelope root: XMLTreeElement, name: String) {
    let isPage = root.name.local.isExactlyIgnoringCase("html")
    self.init(
      code: .notAnEnvelope, doing: "read the descriptor",
      reason: isPage
        ? "this is a web page, not an OVF descriptor"
        : "the document element is '\(root.name.expanded.forDisplay)', not an OVF Envelope",
      place: root.place(in: name),
      fix: isPage ? "download the file itself instead of the page about it" : nil)
  }
}

extension Reader {
  func envelope(
    _ document: XMLTree, _ limits: Limits, _ bundle: (FileReference) -> [UInt8]?
  ) -> Envelope {
    for diagnostic in document.diagnostics { note(.xml(diagnostic.kind), at: diagnostic.place) }
    let root = document.root
    if !Namespaces.isOVF(root.name.namespace) {
      note(.unknownNamespace(root.name.namespace), at: place(root))
    }
    let parts = parts(root, Scope().entering(root), path: [])
    var files: [ExactName: FileReference] = [:]
    let lists = EnvelopeLists(
      references: parts.references, sections: parts.sections, contents: parts.contents)
    for file in lists.files {
      if let id = file.id?.text, files[ExactName(id)] == nil { files[ExactName(id)] = file }
    }
    let bundles = parts.bundles.map { self.bundle($0, files, limits, bundle) }
    let index = EnvelopeIndex(
      files: lists.files, disks: lists.disks,
      properties: lists.allSections.compactMap(\.product).flatMap(\.properties), bundles: bundles)
    return Envelope(
      name: name, dialect: dialect, rootName: root.name, version: attribute(root, "version"),
      language: language(root), declaredEncoding: document.declaredEncoding,
      references: parts.references, sections: parts.sections, contents: parts.contents,
      bundles: bundles, extensions: parts.extensions, children: parts.children,
      otherAttributes: otherAttributes(root).filter {
        !$0.name.namespace.isExactly(Namespaces.xml)
      },
      producer: producer(document, parts),
      diagnostics: diagnostics.sorted { $0.place < $1.place },
      place: place(root), index: index, lists: lists)
  }

  private func language(_ element: XMLTreeElement) -> SourceValue<String>? {
    element.attributes.first {
      $0.name.local.isExactly("lang")
        && ($0.name.namespace.isExactly(Namespaces.xml) || $0.name.namespace.isEmpty)
    }.map { SourceValue($0.value, place: $0.place(in: name)) }
  }

  private func bundle(
    _ element: XMLTreeElement, _ files: [ExactName: FileReference], _ limits: Limits,
    _ bundle: (FileReference) -> [UInt8]?
  ) -> MessageBundle {
    let fileReference = attribute(element, "fileRef")
    var messages = messages(element, name: name)
    var language = language(element)
    var isRead = false
    if let fileReference, let bytes = bytes(of: fileReference, files, bundle) {
      do throws(XMLError) {
        var bundleLimits = limits
        bundleLimits.descriptorBytes = limits.bundleBytes
        let document = try XMLTree.read(bytes, name: fileReference.text, limits: bundleLimits)
        messages += self.messages(document.root, name: fileReference.text)
        language = language ?? self.language(document.root)
        isRead = true
      } catch {
        note(
          .bundleUnread(file: fileReference.text, reason: error.description),
          at: fileReference.place)
      }
    }
    return MessageBundle(
      language: language, fileReference: fileReference, isRead: isRead, messages: messages,
      place: place(element))
  }

  private func bytes(
    of reference: SourceValue<String>, _ files: [ExactName: FileReference],
    _ bundle: (FileReference) -> [UInt8]?
  ) -> [UInt8]? {
    guard let file = files[ExactName(reference.text)] else {
      note(
        .bundleUnread(file: reference.text, reason: "the references list no such file"),
        at: reference.place)
      return nil
    }
    return bundle(file)
  }

  private func messages(_ element: XMLTreeElement, name: String) -> [MessageBundle.Entry] {
    children(element, "Msg").map { message in
      let id = attribute(message, "msgid")
      return MessageBundle.Entry(
        id: id.map { SourceValue($0.text, place: $0.place.renamed(name)) },
        text: message.trimmedText,
        fileReference: attribute(message, "fileRef").map {
          SourceValue($0.text, place: $0.place.renamed(name))
        },
        place: message.place(in: name))
    }
  }
}
