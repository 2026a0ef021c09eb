import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A machine has no memory.
  static let memoryMissing = Rule(
    id: "memory-missing",
    group: .hardware,
    title: "A machine has no memory item",
    severity: .info,
    version: 2,
    basis: .practice("Importers give such a machine a size of their own or refuse it."),
    why: "How much memory the machine gets is left to the product.",
    fix: "Add an Item of ResourceType 4.",
    triggering: [
      Example(
        replacing: "<rasd:ResourceType>4</rasd:ResourceType>",
        with: "<rasd:ResourceType>21</rasd:ResourceType>")
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for gap in checked.configurations(without: .memory) {
      findings.add("\(gap.system.title) has no memory\(gap.remark)", at: gap.place)
    }
  }
}
