import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A setting of VMware's is required.
  static let settingRequired = Rule(
    id: "setting-required",
    group: .hardware,
    title: "A setting of VMware's is required",
    severity: .warning,
    basis: .clause("DSP0243 7.3"),
    why: "A Config or ExtraConfig counts as required unless it says otherwise. A product, or an "
      + "older vSphere, that does not know its key refuses the package: \"unable to parse "
      + "'tools.syncTime' for attribute 'key'\".",
    fix: "Add `ovf:required=\"false\"` to the setting.",
    triggering: [
      Example(
        adding: "      <vmw:Config vmw:key=\"tools.syncTimeWithHost\" vmw:value=\"true\"/>\n",
        before: "    </VirtualHardwareSection>")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "      <vmw:Config ovf:required=\"false\" vmw:key=\"tools.syncTime\""
          + " vmw:value=\"true\"/>\n", before: "    </VirtualHardwareSection>"),
    ]
  ) { checked, findings in
    for (machine, section) in checked.hardwareSections {
      let settings = (section.settings + section.items.flatMap(\.settings)).filter {
        $0.isRequired && !$0.isUnknownToVSphere
      }
      guard let first = settings.first else { continue }
      let keys = settings.map { $0.key?.text ?? "" }
      findings.add(
        "\(machine.title) has \(keys.count) required "
          + "\(keys.count == 1 ? "setting" : "settings"): "
          + keys.prefix(6).map { "'\($0)'" }.joined(separator: ", ")
          + (keys.count > 6 ? " and others" : ""),
        at: first.place)
    }
  }
}
