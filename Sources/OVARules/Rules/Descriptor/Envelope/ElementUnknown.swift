import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// An element that the standard does not know is required.
  static let elementUnknown = Rule(
    id: "element-unknown",
    group: .descriptor,
    title: "An element that the standard does not know is required",
    severity: .warning,
    version: 2,
    basis: .clause("DSP0243 7.3"),
    why: "Unless an element of somebody's own says `ovf:required=\"false\"`, a product that does "
      + "not know it has to refuse the package. One in a namespace of the standard is refused by "
      + "VMware's products; a vendor's own is read by that vendor at least.",
    fix: "Add `ovf:required=\"false\"` to the element if the machine runs without it, or delete "
      + "it.",
    triggering: [
      Example(
        adding: "      <vmw:StorageGroup ovf:id=\"fast\"/>\n", before: "  </DiskSection>",
        documented: false),
      Example(
        item: ["ElementName": "Card", "InstanceID": "9", "Shape": "round", "ResourceType": "1"],
        caption: "a child of an item that CIM does not know"),
      Example(
        adding: "<Cheese ovf:required=\"true\"/>", before: "</NetworkSection>"),
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "<vmw:Cheese ovf:required=\"false\"/>", before: "</NetworkSection>"),
    ]
  ) { checked, findings in
    for (element, count) in checked.unknownElements.counted(by: \.name.expanded) {
      let isOfCIM = element.name.namespace.containsBytes("/wbem/")
      let isOfTheStandard =
        isOfCIM || element.name.namespace.isEmpty
        || element.name.namespace.isExactly(checked.envelope.rootName.namespace)
      let isGrave = isOfCIM || element.saysRequired && isOfTheStandard
      findings.add(
        "the element '\(element.name)' is required and not of the standard\(times(count))",
        at: element.place, found: element.name.expanded, severity: isGrave ? .error : nil)
    }
  }
}

/// An element that the standard does not put where it stands, and that readers may not skip.
private struct UnknownElement {
  let name: XMLName
  let saysRequired: Bool
  let place: Place

  init?(_ found: Extension) {
    guard found.isRequired else { return nil }
    name = found.name
    saysRequired = found.required?.value == true
    place = found.place
  }

  init?(_ field: ItemField) {
    guard !field.isKnown, field.required?.value ?? true else { return nil }
    name = field.name
    saysRequired = field.required?.value == true
    place = field.place
  }
}

extension CheckedPackage {
  /// All of them. oVirt's variant has elements of its own everywhere.
  fileprivate var unknownElements: [UnknownElement] {
    guard envelope.dialect != .oVirt else { return [] }
    // What the standard knows and puts elsewhere is said to be misplaced.
    return unplaced.filter { !$0.isEncrypted && home(of: $0) == nil }.compactMap(
      UnknownElement.init)
      + unplacedFields.compactMap(UnknownElement.init)
  }

  /// The fields of items and systems.
  private var unplacedFields: [ItemField] {
    envelope.allSections.flatMap { section -> [ItemField] in
      switch section.body {
      case .hardware(let hardware):
        hardware.items.flatMap(\.fields) + (hardware.system?.fields ?? [])
      case .resourceAllocation(let items): items.flatMap(\.fields)
      default: []
      }
    }
  }
}
