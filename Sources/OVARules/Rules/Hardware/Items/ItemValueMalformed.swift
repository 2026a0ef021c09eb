import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A field of an item is not of its type.
  static let itemValueMalformed = Rule(
    id: "item-value-malformed",
    group: .hardware,
    title: "A value of an item is not of its type",
    severity: .error,
    basis: .clause("DSP0243 8.3, 8.4"),
    why: "Quantities, reservations and limits are whole numbers, bound is min, max or normal, and "
      + "units are units. From anything else an importer makes nothing, or zero.",
    fix: "Write a whole number in decimal digits, or take the field out.",
    triggering: [
      Example(
        replacing: "<rasd:VirtualQuantity>2048<", with: "<rasd:VirtualQuantity>2 GB<"),
      Example(
        replacing: "<rasd:VirtualQuantity>2048<", with: "<rasd:VirtualQuantity>{memory}<",
        caption: "the template was not filled in"),
      Example(
        replacing: "<rasd:VirtualQuantity>2<", with: "<rasd:VirtualQuantity>1.5<"),
      Example(
        replacing: "<rasd:AutomaticAllocation>true<", with: "<rasd:AutomaticAllocation>maybe<"),
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "        <rasd:Limit></rasd:Limit>\n",
        before: "        <rasd:VirtualQuantity>2048<", caption: "empty is as good as absent"),
    ]
  ) { checked, findings in
    for diagnostic in checked.envelope.diagnostics {
      guard case .badValue(let element, let name, let text, let fault) = diagnostic.kind,
        ["Item", "StorageItem", "EthernetPortItem"].contains(element), fault != .empty
      else { continue }
      let isMinor = ["AutomaticAllocation", "Weight", "required"].contains(name)
      findings.add(
        "\(name) is '\(text)', which \(fault)", at: diagnostic.place, found: text,
        severity: isMinor ? .warning : nil, fix: Placeholder.fix(text))
    }
  }
}
