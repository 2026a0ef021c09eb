import OVABasics
import OVFXML

/// The signs of who wrote a descriptor, in the order in which they were found.
private struct ProducerSigns {
  /// The strength of a sign: a tool's statement about itself is more than a namespace, which gets
  /// copied from one descriptor to the next.
  enum Strength: Int, Comparable {
    case ownFormat, signature, family, build, otherTool, namespace

    static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
  }

  private var found: [(kind: Producer.Kind, strength: Strength, evidence: Producer.Evidence)] = []
  private var tool: String?

  mutating func add(
    _ kind: Producer.Kind, _ strength: Strength, _ text: String, at place: Place
  ) {
    found.append((kind, strength, Producer.Evidence(text: text, place: place)))
  }

  /// Takes the name of the tool, unless one was found before.
  mutating func name(_ tool: @autoclosure () -> String?) { self.tool = self.tool ?? tool() }

  /// The kind of the strongest sign, with all signs of that kind.
  var producer: Producer {
    let kind = found.min { $0.strength < $1.strength }?.kind ?? .other
    let evidence = found.filter { $0.kind == kind }.sorted { $0.strength < $1.strength }
    return Producer(kind: kind, tool: tool, evidence: evidence.map(\.evidence))
  }
}

extension Reader {
  /// Finds out who wrote the descriptor.
  func producer(_ document: XMLTree, _ parts: Parts) -> Producer {
    var signs = ProducerSigns()
    let systems = parts.contents.flatMap(\.virtualSystems)
    addComments(of: document, to: &signs)
    Self.addCloudSections(parts.sections, to: &signs)
    for system in systems {
      addExtensions(of: system, to: &signs)
      Self.addFamilies(of: system, to: &signs)
    }
    addBuild(of: document.root, to: &signs)
    for product in systems.flatMap(\.products) { Self.addVendor(of: product, to: &signs) }
    addNamespaces(of: document.root, to: &signs)
    return signs.producer
  }

  private func addComments(of document: XMLTree, to signs: inout ProducerSigns) {
    for comment in document.leadingComments {
      // A comment may speak of a product that did not write it.
      let text = comment.text.trimmingBlanks
      guard let written = Self.tool(text) else { continue }
      signs.name(written)
      let sign = Self.signatures.first { written.containsBytes($0.sign) }
      signs.add(
        sign?.kind ?? .other, sign == nil ? .otherTool : .signature, text,
        at: Place(name, line: comment.line))
    }
  }

  private static func addCloudSections(_ sections: [Section], to signs: inout ProducerSigns) {
    for section in sections
    where section.kind == nil && section.name.namespace.containsBytes("/vcloud/") {
      signs.add(
        .vmwareCloudDirector, .ownFormat, "the section '\(section.name)'", at: section.place)
    }
  }

  private func addExtensions(of system: VirtualSystem, to signs: inout ProducerSigns) {
    if let machine = system.extensions.first(where: {
      Namespaces.isVirtualBox($0.name) && $0.name.local.isExactly("Machine")
    }) {
      signs.add(.virtualBox, .signature, "the element 'vbox:Machine'", at: machine.place)
      signs.name(
        machine.element.attributes.first { $0.name.local.isExactly("version") }
          .map { "VirtualBox settings \($0.value)" })
    }
    Self.addCloudSections(system.sections, to: &signs)
    if dialect == .oVirt,
      let description = system.extensions.first(where: { $0.name.local.isExactly("Description") })
    {
      signs.name(Self.tool(description.element.trimmedText))
    }
  }

  private static func addFamilies(of system: VirtualSystem, to signs: inout ProducerSigns) {
    for field in system.hardwareSections.compactMap({ $0.system?.field("VirtualSystemType") }) {
      if OVirt.isEngine(field.text) {
        signs.add(.oVirt, .ownFormat, "the hardware family '\(field.text)'", at: field.place)
        signs.name("oVirt \(field.text)")
        continue
      }
      let families = Reading.alternatives(field.text)
      // "vmx-04 xen-3" is a machine for both, written by VMware's tools.
      let isVMware = families.contains { $0.lowercased().hasPrefix("vmx-") }
      for family in families where !(isVMware && family.lowercased().hasPrefix("xen")) {
        if let kind = Self.kind(ofFamily: family) {
          signs.add(kind, .family, "the hardware family '\(family)'", at: field.place)
        }
      }
    }
  }

  private func addBuild(of root: XMLTreeElement, to signs: inout ProducerSigns) {
    for attribute in root.attributes
    where Namespaces.isVMware(attribute.name) && attribute.name.local.isExactly("buildId") {
      signs.add(.vmware, .build, "vmw:buildId \(attribute.value)", at: attribute.place(in: name))
      let number =
        attribute.value.hasPrefix("build-")
        ? String(attribute.value.dropFirst("build-".count)) : attribute.value
      signs.name("VMware build \(number)")
    }
  }

  /// VMware's own appliances are built with tools of others, too; Cisco's are Cisco's format.
  private static func addVendor(of product: Product, to signs: inout ProducerSigns) {
    if let vendor = product.vendor, vendor.text.lowercased().containsBytes("cisco") {
      signs.add(.cisco, .family, "the vendor '\(vendor.text)'", at: vendor.place)
    } else if let id = product.productClass, id.text.lowercased().hasPrefix("com.cisco") {
      signs.add(.cisco, .family, "the product class '\(id.text)'", at: id.place)
    }
  }

  private func addNamespaces(of root: XMLTreeElement, to signs: inout ProducerSigns) {
    if dialect == .oVirt {
      let isOwnNamespace = rootName.namespace.isExactly(Namespaces.oVirtEnvelope)
      signs.add(
        .oVirt, .ownFormat,
        isOwnNamespace ? "the envelope's namespace" : "what only oVirt writes in a machine",
        at: place(root))
    }
    for (prefix, namespace) in root.declarations.sorted(by: { $0.key < $1.key }) {
      if let sign = Self.namespaces.first(where: { namespace.containsBytes($0.part) }) {
        signs.add(
          sign.kind, .namespace, "the namespace \(prefix)='\(namespace)'", at: place(root))
      }
    }
  }

  private static let signatures: [(sign: String, kind: Producer.Kind)] = [
    ("VMware vCloud", .vmwareCloudDirector), ("VMware Cloud Director", .vmwareCloudDirector),
    ("VMware", .vmware), ("VirtualBox", .virtualBox), ("virt-v2v", .oVirt), ("oVirt", .oVirt),
    ("Packer", .packer), ("XenCenter", .xen), ("Xen", .xen), ("Cisco", .cisco),
  ]

  private static let namespaces: [(part: String, kind: Producer.Kind)] = [
    ("virtualbox.org", .virtualBox), ("citrix.com", .xen), ("xensource", .xen),
    ("ovirt.org", .oVirt), ("/vcloud/", .vmwareCloudDirector),
    // Everybody declares VMware's later namespace; this one is the early format's own.
    ("www.vmware.com/schema/ovf/1/envelope", .vmware),
  ]

  private static func kind(ofFamily family: String) -> Producer.Kind? {
    let lower = family.lowercased()
    if lower.hasPrefix("virtualbox") { return .virtualBox }
    if lower.hasPrefix("xen") { return .xen }
    if lower.hasPrefix("cisco:") { return .cisco }
    return nil
  }

  /// The tool in "Generated by VMware ovftool 4.6.2 (build-22220919), UTC time: …"; nil for a text
  /// that names none.
  private static func tool(_ text: String) -> String? {
    let lower = text.lowercased()
    let marks = [
      "generated by ", "generated with ", "exported by ", "exported with ", "imported by ",
    ]
    guard let start = marks.compactMap({ lower.firstRange(of: $0)?.upperBound }).min() else {
      return nil
    }
    let offset = lower.utf8.distance(from: lower.startIndex, to: start)
    // Letters whose small form has another length would shift the place.
    guard lower.utf8.count == text.utf8.count else { return nil }
    let rest = text[text.utf8.index(text.startIndex, offsetBy: offset)...]
    let end = rest.firstIndex { $0 == "," || $0.isNewline } ?? rest.endIndex
    let tool = String(rest[..<end]).trimmingBlanks
    return tool.isEmpty ? nil : tool
  }
}
