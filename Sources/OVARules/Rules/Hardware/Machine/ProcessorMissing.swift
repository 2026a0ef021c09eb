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
    version: 2,
    basis: .practice("Importers give such a machine one processor or ask."),
    why: "How many processors the machine gets is left to the product.",
    fix: "Add an Item of ResourceType 3.",
    triggering: [
      Example(
        replacing: "<rasd:ResourceType>3</rasd:ResourceType>",
        with: "<rasd:ResourceType>21</rasd:ResourceType>")
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for gap in checked.configurations(without: .processor) {
      findings.add("\(gap.system.title) has no processor\(gap.remark)", at: gap.place)
    }
  }
}

/// A machine that lacks a device in some configurations.
struct DeviceGap {
  let system: VirtualSystem
  let place: Place
  /// "" where it always lacks it, else " in the configuration 'small'".
  let remark: String
}

extension CheckedPackage {
  /// The machines without a device of a kind, with the configurations in which they lack it.
  func configurations(without kind: Device.Kind) -> [DeviceGap] {
    let all = hardware
    guard all.contains(where: { !$0.hardware.devices.contains { $0.kind == kind } }) else {
      return []
    }
    let sections = Dictionary(grouping: all) { $0.hardware.section.place }
    return sections.values.compactMap { alternatives in
      let lacking = alternatives.filter { entry in
        !entry.hardware.devices.contains { $0.kind == kind }
      }
      guard let first = lacking.first else { return nil }
      let names = lacking.compactMap { $0.hardware.configuration.map { "'\($0)'" } }
      let remark =
        lacking.count == alternatives.count
        ? "" : " in the configuration \(names.joined(separator: ", "))"
      return DeviceGap(
        system: first.system, place: first.hardware.section.place, remark: remark)
    }
  }
}
