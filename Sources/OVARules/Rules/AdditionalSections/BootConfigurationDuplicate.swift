import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A boot section has more than one configuration.
  static let bootConfigurationDuplicate = Rule(
    id: "boot-configuration-duplicate",
    group: .descriptor,
    title: "A boot section has several configurations",
    severity: .error,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), BootDeviceSection_Type"),
    why:
      "The schema lets a section have one `CIM_BootConfigSetting`. Of several nobody knows which "
      + "one counts.",
    fix: "Put all boot sources into one `CIM_BootConfigSetting`, in the order to be tried.",
    triggering: [
      Example(
        inMachine: "BootDeviceSection", "",
        Example.bootConfiguration("CIM:Hard-Disk:1") + Example.bootConfiguration("CIM:Network:1"))
    ],
    passing: [
      .sound(.folder),
      Example(
        inMachine: "BootDeviceSection", "",
        Example.bootConfiguration("CIM:Hard-Disk:1", "CIM:Network:1")),
    ]
  ) { checked, findings in
    for section in checked.envelope.allSections {
      guard case .bootDevice(let configurations) = section.body,
        let second = configurations.dropFirst().first
      else { continue }
      findings.add(
        "the BootDeviceSection has \(configurations.count) CIM_BootConfigSetting", at: second.place,
        expected: "1", found: "\(configurations.count)")
    }
  }
}
