import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// Properties that must have a value have none.
  static let propertyWithoutValue = Rule(
    id: "property-without-value",
    group: .properties,
    title: "A property needs a value before the machine starts",
    severity: .info,
    basis: .practice(
      "vSphere: \"property 'Password' must be configured for the VM to power on\"."),
    why: "The property has no default, and an empty text is no value of its type or breaks its "
      + "qualifiers. Whoever deploys has to give one; a deployment that nobody watches ends with a "
      + "machine that does not start.",
    fix: "Say in the product's documentation that it has to be set, allow an empty text, or give "
      + "it a default, unless it is a password.",
    triggering: [
      Example(
        replacing: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web""#,
        with: #"ovf:type="string" ovf:userConfigurable="true" ovf:qualifiers="MinLen(1)""#),
      Example(
        replacing: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web""#,
        with: #"ovf:type="uint16" ovf:userConfigurable="true" ovf:value="""#),
      Example(
        replacing: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web""#,
        with: #"ovf:type="string" ovf:userConfigurable="true" vmw:qualifiers="Ip""#),
      Example(
        .folder,
        edits: [
          .init(
            old: "  <VirtualSystem ", new: Example.options("small", "big") + "  <VirtualSystem "),
          .init(
            old: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web">"#,
            new: #"ovf:type="boolean" ovf:userConfigurable="true">"#
              + #"<Value ovf:value="true" ovf:configuration="small"/>"#),
        ], [], caption: "only one configuration gives a value"),
      Example(
        replacing: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web""#,
        with: #"ovf:type="uint16""#, caption: "nobody can give it one"),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #" ovf:value="web""#, with: "", caption: "a text may be empty"),
      Example(
        .folder,
        edits: [
          .init(
            old: "  <VirtualSystem ", new: Example.options("small", "big") + "  <VirtualSystem "),
          .init(
            old: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web">"#,
            new: #"ovf:type="boolean" ovf:userConfigurable="true">"#
              + #"<Value ovf:value="true" ovf:configuration="small big"/>"#),
        ], [], caption: "each configuration gives a value"),
      Example(
        replacing: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web""#,
        with: #"ovf:type="string" vmw:qualifiers="Ip""#,
        caption: "vCenter gives an address of its pool", documented: false),
    ]
  ) { checked, findings in
    for product in checked.envelope.products {
      let open = product.properties.filter { property in
        property.key != nil && property.needsValue
          && checked.envelope.configurations.contains { configuration in
            property.applies(to: configuration)
              && property.value(for: configuration)?.text.trimmingBlanks.isEmpty ?? true
          } && !checked.isQuantity(property.fullKey ?? "")
          && !checked.isQuantity(property.key?.text ?? "")
      }
      let asked = open.filter { $0.userConfigurable?.value == true }
      if let first = asked.first {
        findings.add(
          asked.count == 1
            ? "\(first.title) has no value and must have one before the machine starts"
            : "\(asked.title) have no value and must have one before the machine starts",
          at: first.place)
      }
      // Of the address pools of vCenter comes what VMware's qualifiers ask for.
      for property in open where property.userConfigurable?.value != true {
        guard property.vmwareQualifiers == nil else { continue }
        findings.add(
          "\(property.title) has no value, needs one, and is not user-configurable",
          at: property.place,
          fix: "Give the property a value, or write `ovf:userConfigurable=\"true\"`.")
      }
    }
  }
}

extension Property {
  /// True if an empty text is no value of it.
  fileprivate var needsValue: Bool {
    if let type = knownType, type != .string { return true }
    let written = type?.text.lowercased() ?? ""
    if written == "ip" || written.hasPrefix("ip:") || written.hasPrefix("int") { return true }
    for text in [qualifiers, vmwareQualifiers].compactMap({ $0?.text }) {
      let read = PropertyQualifiers(text)
      if read.fault == nil, read.fault(of: "") != nil { return true }
    }
    // A text that vSphere reads as an address; one of a network comes from its pool.
    return (vmwareQualifiers?.text ?? "").split(separator: ",").contains {
      String($0).trimmingBlanks.lowercased() == "ip"
    }
  }
}
