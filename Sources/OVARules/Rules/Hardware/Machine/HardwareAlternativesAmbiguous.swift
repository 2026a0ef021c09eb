import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Several hardware sections of a machine are not distinguished.
  static let hardwareAlternativesAmbiguous = Rule(
    id: "hardware-alternatives-ambiguous",
    group: .hardware,
    title: "Alternative hardware sections are not told apart",
    severity: .warning,
    basis: .clause("DSP0243 8.1"),
    why: "A machine may have several hardware sections, of which a platform picks one by its "
      + "family. They have ids that differ; many products know only one section and refuse more.",
    fix: "Keep one section, or give each an `ovf:id` of its own.",
    triggering: [
      Example(
        adding: "    <VirtualHardwareSection>\n      <Info>Other hardware</Info>\n"
          + Example.item([
            "ElementName": "CPU", "InstanceID": "1", "ResourceType": "3",
            "VirtualQuantity": "1",
          ])
          + Example.item([
            "AllocationUnits": "byte * 2^20", "ElementName": "Memory",
            "InstanceID": "2", "ResourceType": "4", "VirtualQuantity": "512",
          ])
          + "    </VirtualHardwareSection>\n", before: "  </VirtualSystem>")
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for system in checked.envelope.virtualSystems {
      let sections = system.hardwareSections
      guard sections.count > 1 else { continue }
      let unnamed = sections.filter { $0.id?.text.isEmpty ?? true }
      let repeated = sections.repeated { section in section.id?.text }.map(\.again)
      for section in unnamed.dropFirst(unnamed.count == sections.count ? 1 : 0) + repeated {
        findings.add(
          "\(system.title) has \(sections.count) hardware sections, and this one has no id of its "
            + "own", at: section.place, found: section.id?.text)
      }
    }
  }
}
