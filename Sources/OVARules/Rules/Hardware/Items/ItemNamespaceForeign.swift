import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// Properties of an item or system stand in another namespace than CIM's.
  static let itemNamespaceForeign = Rule(
    id: "item-namespace-foreign",
    group: .hardware,
    title: "The children of an Item are in a wrong namespace",
    severity: .error,
    basis: .clause("DSP0243 8.3"),
    why: "A reader that goes by namespaces does not know the children: it calls them unsupported, "
      + "and misses InstanceID and the others that have to be there.",
    fix: "Write the children with the prefix of CIM's namespace, such as `rasd:` in an Item and "
      + "`vssd:` in System.",
    triggering: [
      Example(
        replacing: "/CIM_ResourceAllocationSettingData\"",
        with: "/CIM_VirtualSystemSettingData\"", caption: "rasd is bound to the namespace of vssd"),
      Example(
        replacing: "<rasd:VirtualQuantity>2048</rasd:VirtualQuantity>",
        with: "<VirtualQuantity>2048</VirtualQuantity>", caption: "without a prefix"),
      Example(
        replacing: "<vssd:VirtualSystemType>vmx-13</vssd:VirtualSystemType>",
        with: "<rasd:VirtualSystemType>vmx-13</rasd:VirtualSystemType>", documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: "<rasd:VirtualQuantity>2048</rasd:VirtualQuantity>",
        with: "<r:VirtualQuantity xmlns:r=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"
          + "CIM_ResourceAllocationSettingData\">2048</r:VirtualQuantity>",
        caption: "the prefix is free"),
    ]
  ) { checked, findings in
    // oVirt writes some of its own properties there, without a namespace.
    guard checked.envelope.dialect != .oVirt else { return }
    var uses: [Use] = []
    for (_, section) in checked.hardwareSections {
      func look(_ fields: [ItemField], in parent: String, expected: [String]) {
        for field in fields {
          let namespace = field.name.namespace
          guard !expected.contains(where: namespace.isExactly),
            // A prefix that is not declared, or another version's, is a finding of its own.
            !(namespace.isEmpty && !field.name.prefix.isEmpty),
            !namespace.utf8.starts(with: "http://schemas.dmtf.org/ovf/".utf8)
              || namespace.isExactly(checked.envelope.rootName.namespace)
          else { continue }
          let name = field.name.local
          if let known = uses.firstIndex(where: {
            $0.parent == parent && $0.namespace.isExactly(namespace)
          }) {
            uses[known].names.insert(name)
          } else {
            uses.append(
              Use(
                parent: parent, namespace: namespace, expected: expected[0], names: [name],
                place: field.place))
          }
        }
      }
      look(
        section.system?.fields ?? [], in: "System", expected: [cim + "VirtualSystemSettingData"])
      for item in section.items {
        look(item.fields, in: item.kind.rawValue, expected: item.kind.namespaces)
      }
    }
    for use in uses {
      let names = use.names.sorted().joined(separator: ", ")
      findings.add(
        "\(names) of \(use.parent) in "
          + (use.namespace.isEmpty ? "no namespace" : "the namespace '\(use.namespace)'"),
        at: use.place, expected: use.expected, found: use.namespace,
        // Some readers look for CIM's names alone, whatever comes before them.
        severity: use.namespace.containsBytes("/CIM_") ? .warning : nil)
    }
  }

  /// The children of one kind of parent that are in one namespace.
  private struct Use {
    let parent: String
    let namespace: String
    let expected: String
    var names: Set<String>
    let place: Place
  }

  fileprivate static let cim = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_"
}

extension Item.Kind {
  /// The namespaces of the children: the schemas' own, and what VirtualBox writes.
  fileprivate var namespaces: [String] {
    switch self {
    // VMware's exports write the size of a disk in the Item of version 1, too.
    case .item:
      [Rule.cim + "ResourceAllocationSettingData", Rule.cim + "StorageAllocationSettingData"]
    case .storage:
      [
        Rule.cim + "StorageAllocationSettingData", Rule.cim + "StorageAllocationSettingData.xsd",
      ]
    case .ethernetPort:
      [
        Rule.cim + "EthernetPortAllocationSettingData",
        Rule.cim + "EthernetPortAllocationSettingData.xsd",
      ]
    }
  }
}
