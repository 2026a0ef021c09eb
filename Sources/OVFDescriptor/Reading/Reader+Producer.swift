import OVABasics
import OVFXML

extension Reader {
  /// The strength of a sign: a tool's statement about itself is more than a namespace, which gets
  /// copied from one descriptor to the next.
  private enum Strength: Int, Comparable {
    case ownFormat, signature, family, build, otherTool, namespace

    static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
  }

  /// Finds out who wrote the descriptor.
  func producer(_ document: XMLTree, _ parts: Parts) -> Producer {
    var found: [(kind: Producer.Kind, strength: Strength, evidence: Producer.Evidence)] = []
    var tool: String?
    func add(_ kind: Producer.Kind, _ strength: Strength, _ text: String, at place: Place) {
      found.append((kind, strength, Producer.Evidence(text: text, place: place)))
    }
    let rootPlace = place(document.root)
    for comment in document.leadingComments {
      // A comment may speak of a product that did not write it.
      let text = comment.text.trimmingBlanks
      guard let written = Self.tool(text) else { continue }
      tool = tool ?? written
      let sign = Self.signatures.first { written.containsBytes($0.sign) }
      add(
        sign?.kind ?? .other, sign == nil ? .otherTool : .signature, text,
        at: Place(name, line: comment.line))
    }
    let systems = parts.contents.flatMap(\.virtualSystems)
    for section in parts.sections
    where section.kind == nil && section.name.namespace.containsBytes("/vcloud/") {
      add(.vmwareCloudDirector, .ownFormat, "the section '\(section.name)'", at: section.place)
    }
    for system in systems {
      if let machine = system.extensions.first(where: {
        Namespaces.isVirtualBox($0.name) && $0.name.local.isExactly("Machine")
      }) {
        add(.virtualBox, .signature, "the element 'vbox:Machine'", at: machine.place)
        tool =
          tool
          ?? machine.element.attributes.first { $0.name.local.isExactly("version") }
          .map { "VirtualBox settings \($0.value)" }
      }
      for section in system.sections
      where section.kind == nil && section.name.namespace.containsBytes("/vcloud/") {
        add(.vmwareCloudDirector, .ownFormat, "the section '\(section.name)'", at: section.place)
      }
      if let description = system.extensions.first(where: {
        $0.name.local.isExactly("Description")
      }), dialect == .oVirt {
        tool = tool ?? Self.tool(description.element.trimmedText)
      }
      for field in system.hardwareSections.compactMap({ $0.system?.field("VirtualSystemType") }) {
        if OVirt.isEngine(field.text) {
          add(.oVirt, .ownFormat, "the hardware family '\(field.text)'", at: field.place)
          tool = tool ?? "oVirt \(field.text)"
          continue
        }
        let families = Reading.alternatives(field.text)
        // "vmx-04 xen-3" is a machine for both, written by VMware's tools.
        let isVMware = families.contains { $0.lowercased().hasPrefix("vmx-") }
        for family in families where !(isVMware && family.lowercased().hasPrefix("xen")) {
          if let kind = Self.kind(ofFamily: family) {
            add(kind, .family, "the hardware family '\(family)'", at: field.place)
          }
        }
      }
    }
    for attribute in document.root.attributes
    where Namespaces.isVMware(attribute.name) && attribute.name.local.isExactly("buildId") {
      add(.vmware, .build, "vmw:buildId \(attribute.value)", at: attribute.place(in: name))
      let number =
        attribute.value.hasPrefix("build-")
        ? String(attribute.value.dropFirst("build-".count)) : attribute.value
      tool = tool ?? "VMware build \(number)"
    }
    for product in systems.flatMap(\.products) {
      // VMware's own appliances are built with tools of others, too; Cisco's are Cisco's format.
      if let vendor = product.vendor, vendor.text.lowercased().containsBytes("cisco") {
        add(.cisco, .family, "the vendor '\(vendor.text)'", at: vendor.place)
      } else if let id = product.productClass, id.text.lowercased().hasPrefix("com.cisco") {
        add(.cisco, .family, "the product class '\(id.text)'", at: id.place)
      }
    }
    if dialect == .oVirt {
      let isOwnNamespace = rootName.namespace.isExactly(Namespaces.oVirtEnvelope)
      add(
        .oVirt, .ownFormat,
        isOwnNamespace ? "the envelope's namespace" : "what only oVirt writes in a machine",
        at: rootPlace)
    }
    for (prefix, namespace) in document.root.declarations.sorted(by: { $0.key < $1.key }) {
      if let sign = Self.namespaces.first(where: { namespace.containsBytes($0.part) }) {
        add(
          sign.kind, .namespace, "the namespace \(prefix)='\(namespace)'", at: rootPlace)
      }
    }
    let kind = found.min { $0.strength < $1.strength }?.kind ?? .other
    let evidence = found.filter { $0.kind == kind }.sorted { $0.strength < $1.strength }
    return Producer(kind: kind, tool: tool, evidence: evidence.map(\.evidence))
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
