import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A boot section has no configuration, or an empty one.
  static let bootConfigurationMissing = Rule(
    id: "boot-configuration-missing",
    group: .descriptor,
    title: "A boot section names nothing to boot from",
    severity: .error,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), BootDeviceSection_Type"),
    why: "The section is there to say what the machine boots from, and does not say it.",
    fix:
      "Add one `CIM_BootConfigSetting` with a `CIM_BootSourceSetting` for each device, or delete "
      + "the section.",
    triggering: [
      Example(inMachine: "BootDeviceSection"),
      Example(inMachine: "BootDeviceSection", "", Example.bootConfiguration()),
    ],
    passing: [
      .sound(.folder),
      Example(inMachine: "BootDeviceSection", "", Example.bootConfiguration("CIM:Hard-Disk:1")),
    ]
  ) { checked, findings in
    for section in checked.envelope.allSections {
      guard case .bootDevice(let configurations) = section.body else { continue }
      if configurations.isEmpty {
        findings.add("the BootDeviceSection has no CIM_BootConfigSetting", at: section.place)
      }
      for configuration in configurations where configuration.sources.isEmpty {
        findings.add(
          "the CIM_BootConfigSetting has no CIM_BootSourceSetting", at: configuration.place,
          severity: .warning)
      }
    }
  }
}

extension Example {
  /// The text of a boot configuration with these devices.
  static func bootConfiguration(_ devices: String...) -> String {
    let base = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Boot"
    let sources = devices.map {
      "<s:CIM_BootSourceSetting><s:StructuredBootString>\($0)</s:StructuredBootString>"
        + "</s:CIM_BootSourceSetting>"
    }
    return "<b:CIM_BootConfigSetting xmlns:b=\"\(base)ConfigSetting\""
      + " xmlns:s=\"\(base)SourceSetting\">\(sources.joined())</b:CIM_BootConfigSetting>"
  }
}
