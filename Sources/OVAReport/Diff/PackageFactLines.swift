import OVABasics
import OVAIntegrity
import OVAPackage
import OVFDescriptor
import OVFXML

/// Lists the facts about a package that are compared.
struct PackageFactLines {
  var facts = FactLines()
  let package: Package
  let envelope: Envelope
  let option: String?

  /// The facts and their names.
  var lines: [FactLines.Line] { facts.lines }

  /// Facts of a package that is compared with another: where both hold one machine these are
  /// compared, whatever they are called.
  init(_ package: Package, beside other: Package) {
    self.package = package
    envelope = package.envelope
    option = package.envelope.defaultConfiguration
    addEnvelope()
    addProducts()
    let systems = envelope.virtualSystems
    if systems.count == 1, other.envelope.virtualSystems.count == 1, let system = systems.first {
      facts.add("machine", "id", system.id?.text)
      add(system, named: nil)
    } else {
      for system in systems {
        add(system, named: system.id?.text ?? text(system.name) ?? "machine")
      }
    }
    addSections(envelope.sections, of: "")
    for collection in envelope.collections { add(collection) }
    addDisks()
    for network in envelope.networks {
      facts.add("network", network.name?.text ?? "?", text(network.description) ?? "")
    }
    addReferences()
    addFiles()
    addProperties()
    addBundles()
  }

  func text(_ message: Message?) -> String? { message.map { envelope.text(of: $0) } }

  private mutating func addEnvelope() {
    facts.add("envelope", "namespace", envelope.rootName.namespace)
    facts.add("envelope", "version", envelope.version?.text)
    facts.add("envelope", "language", envelope.language?.text)
    facts.add("envelope", "encoding", envelope.declaredEncoding?.lowercased())
    facts.add("envelope", "producer", envelope.producer.title)
    facts.add("envelope", "default option", option)
  }

  private mutating func addProducts() {
    for (index, product) in envelope.products.enumerated() {
      let name = index == 0 ? "" : "\(index + 1) "
      facts.add("product", name + "name", text(product.product))
      facts.add("product", name + "vendor", text(product.vendor))
      facts.add("product", name + "version", text(product.version))
      facts.add("product", name + "full version", text(product.fullVersion))
      facts.add("product", name + "class", product.productClass?.text)
      facts.add("product", name + "instance", product.instance?.text)
      facts.add("product", name + "URL", text(product.productURL))
      facts.add("product", name + "vendor URL", text(product.vendorURL))
      facts.add("product", name + "application URL", text(product.applicationURL))
      for icon in product.icons {
        let file = icon.fileReference.flatMap { envelope.file(id: $0.text)?.href?.text ?? $0.text }
        let size = [icon.width?.text, icon.height?.text].compactMap(\.self).joined(separator: "x")
        facts.add(
          "product", name + "icon",
          [file, size, icon.mimeType?.text].compactMap(\.self).joined(separator: " "))
      }
    }
  }

  private mutating func addDisks() {
    for disk in envelope.disks {
      let name = disk.id?.text ?? "?"
      let kind =
        disk.directLUN.map { "the host's LUN \($0.text)" }
        ?? (envelope.file(of: disk) == nil ? "blank" : "with content")
      let parent = facts.add("disk", name, disk.isShared ? "shared, \(kind)" : kind)
      switch envelope.capacity(of: disk, in: option) {
      case .success(let bytes):
        facts.add("disk", "\(name) capacity", ByteCount(bytes).precise, of: parent)
      case .failure(let fault): facts.add("disk", "\(name) capacity", "\(fault)", of: parent)
      case nil: break
      }
      let content = package.content(of: disk)
      facts.add(
        "disk", "\(name) format", content?.content?.title ?? disk.format?.text, of: parent)
      facts.add("disk", "\(name) declared format", disk.format?.text, of: parent)
      facts.add("disk", "\(name) file", envelope.file(of: disk)?.href?.text, of: parent)
      facts.add("disk", "\(name) populated size", disk.populatedSize?.text, of: parent)
      facts.add("disk", "\(name) parent", disk.parentReference?.text, of: parent)
      facts.add("disk", "\(name) read-only", disk.readOnly?.text, of: parent)
      facts.add("disk", "\(name) interface", disk.interface?.text, of: parent)
      facts.add("disk", "\(name) boot", disk.isBootable?.text, of: parent)
      add(disk.otherAttributes, disk.extensions, to: "disk", name, of: parent)
    }
  }

  private mutating func addReferences() {
    for resolved in package.references {
      let file = resolved.reference
      let name = file.href?.text ?? file.id?.text ?? "?"
      facts.add("reference", "\(name) compression", file.compression?.text)
      facts.add("reference", "\(name) chunk size", file.chunkSize?.text)
      facts.add("reference", "\(name) size", file.size?.text)
      add(file.otherAttributes, file.extensions, to: "reference", name, of: nil)
    }
  }

  private mutating func addFiles() {
    for file in package.files where file.kind == .file {
      let digest = package.manifest?.manifest.entries(for: file.name).entries.first?.digest
      let size = "\(file.size) bytes"
      facts.add("file", file.name, digest.map { "\(size), \($0.description)" } ?? size)
    }
  }

  private mutating func addProperties() {
    for product in envelope.products {
      for property in product.properties {
        guard let key = property.fullKey else { continue }
        let parent = facts.add("property", key, property.type?.text ?? "string")
        let isPassword = property.password?.value == true
        func shown(_ value: String?) -> String? { value.map { isPassword ? "(hidden)" : $0 } }
        facts.add("property", "\(key) value", shown(property.defaultValue?.text), of: parent)
        for value in property.values {
          let option = value.configurations?.text ?? "all"
          facts.add(
            "property", "\(key) value in \(option)", shown(value.value?.text), of: parent)
        }
        facts.add("property", "\(key) label", text(property.label), of: parent)
        facts.add("property", "\(key) description", text(property.description), of: parent)
        facts.add("property", "\(key) category", text(property.category), of: parent)
        facts.add("property", "\(key) qualifiers", property.qualifiers?.text, of: parent)
        facts.add(
          "property", "\(key) VMware qualifiers", property.vmwareQualifiers?.text, of: parent)
        facts.add("property", "\(key) options", property.configurations?.text, of: parent)
        facts.add(
          "property", "\(key) user configurable", property.userConfigurable?.text, of: parent)
        facts.add("property", "\(key) password", property.password?.text, of: parent)
        add([], property.extensions, to: "property", key, of: parent)
      }
    }
  }

  private mutating func addBundles() {
    for bundle in envelope.bundles {
      let language = bundle.language?.text ?? "no language"
      let parent = facts.add("texts", language, bundle.messages.counted("text"))
      for message in bundle.messages {
        facts.add("texts", "\(language) \(message.id?.text ?? "?")", message.text, of: parent)
      }
    }
  }

  /// Adds elements that the standard does not know, each as it is written.
  mutating func add(
    _ attributes: [XMLAttribute], _ extensions: [Extension], to section: String, _ name: String,
    of parent: FactLines.Key?
  ) {
    for attribute in attributes {
      facts.add(section, "\(name) \(attribute.name)", attribute.value, of: parent)
    }
    for element in extensions {
      facts.add(section, "\(name) \(element.name)", element.element.flatText, of: parent)
    }
  }
}

extension ByteCount {
  /// `1.5 GiB`, with the exact number where that is rounded.
  var precise: String {
    let text = description
    let other = [UInt64(1), 512, 1 << 10, 1 << 20].contains {
      ByteCount(bytes &+ $0).description == text
    }
    return other ? "\(text) (\(bytes) bytes)" : text
  }
}

extension XMLTreeElement {
  /// Everything in an element on one line, in the order of the document: attributes as
  /// `name=value`, children in braces.
  var flatText: String {
    var parts = attributes.map { "\($0.name)=\($0.value)" }
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if !words.isEmpty { parts.append(words) }
    parts += children.map { "\($0.name) {\($0.flatText)}" }
    return parts.joined(separator: " ")
  }
}
