import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The start-up order names a machine that is not there.
  static let startupItemDangling = Rule(
    id: "startup-item-dangling",
    group: .descriptor,
    title: "The start-up order names a machine that is not there",
    severity: .error,
    basis: .clause("DSP0243 9.7"),
    why: "Each entry names a machine or collection directly in the same collection. One that is "
      + "not there makes importers refuse, and the machine that was meant starts in no order.",
    fix: "Correct the entry's `ovf:id`, or delete it.",
    triggering: [
      Example(
        .folder,
        edits: Example.collection(startup: "<Item ovf:id=\"database\" ovf:order=\"1\"/>"), [])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder, edits: Example.collection(startup: "<Item ovf:id=\"web\" ovf:order=\"1\"/>"), []),
    ]
  ) { checked, findings in
    for collection in checked.envelope.collections {
      let ids = Set(collection.contents.compactMap { $0.id.map { ExactName($0.text) } })
      lazy var listed = ids.map(\.name).sorted().listed
      for section in collection.sections {
        guard case .startup(let items) = section.body else { continue }
        for item in items where !(item.id.map { ids.contains(ExactName($0.text)) } ?? false) {
          findings.add(
            item.id.map { "the start-up order names '\($0.text)', which is not in the collection" }
              ?? "an entry of the start-up order has no id",
            at: item.place, expected: listed, found: item.id?.text)
        }
      }
    }
  }
}

extension Example {
  /// Edits that put the machine into a collection with this entry in its start-up order.
  static func collection(startup item: String) -> [Edit] {
    [
      Edit(
        old: "  <VirtualSystem ",
        new: "  <VirtualSystemCollection ovf:id=\"site\">\n    <Info>A site</Info>\n"
          + "  <StartupSection>\n      <Info>Order</Info>\n      \(item)\n    </StartupSection>\n"
          + "  <VirtualSystem "),
      Edit(old: "</Envelope>", new: "</VirtualSystemCollection>\n</Envelope>"),
    ]
  }
}
