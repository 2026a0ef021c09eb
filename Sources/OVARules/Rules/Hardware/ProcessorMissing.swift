import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A machine has no processor.
  static let processorMissing = Rule(
    id: "processor-missing",
    group: .hardware,
    title: "A machine has no processor item",
    severity: .info,
    basis: .practice("Importers give such a machine one processor or ask."),
    why: "How many processors the machine gets is left to the product.",
    fix: "Add an Item of ResourceType 3.",
    triggering: [
      Example(
        replacing: "<rasd:ResourceType>3</rasd:ResourceType>",
        with: "<rasd:ResourceType>24</rasd:ResourceType>")
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for (machine, section) in checked.hardwareSections
    where !section.items.contains(where: { $0.resourceType?.value == 3 }) {
      findings.add("\(machine.title) has no processor", at: section.place)
    }
  }
}
