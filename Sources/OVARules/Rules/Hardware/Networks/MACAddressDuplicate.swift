import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// Two adapters have one fixed address.
  static let macAddressDuplicate = Rule(
    id: "mac-address-duplicate",
    group: .hardware,
    title: "Two adapters have the same address",
    severity: .warning,
    version: 2,
    basis: .clause("DSP0243 8.3"),
    why: "Two adapters of one address on one network get each other's frames; vSphere refuses to "
      + "start the second machine, or warns.",
    fix: "Give each adapter an address of its own, or delete the addresses so that the platform "
      + "chooses.",
    triggering: [
      Example(
        .folder,
        edits: [
          .address("00:50:56:01:02:03"),
          Example.Edit(
            old: "    </VirtualHardwareSection>",
            new: Example.item([
              "Address": "00-50-56-01-02-03", "Connection": "VM Network",
              "ElementName": "Network adapter 2", "InstanceID": "9",
              "ResourceSubType": "VmxNet3", "ResourceType": "10",
            ]) + "    </VirtualHardwareSection>"),
        ], [])
    ],
    passing: [.sound(.folder), Example(.folder, edits: [.address("00:50:56:01:02:03")], [])]
  ) { checked, findings in
    // Alternatives of one machine may have one address; adapters of one choice may not.
    for configuration in checked.envelope.configurations.prefix(64) {
      let adapters = checked.envelope.virtualSystems.flatMap { system in
        checked.envelope.hardware(of: system, in: configuration)?.networkAdapters ?? []
      }
      for (first, again) in adapters.repeated(by: { $0.item.macAddress?.text.macDigits }) {
        findings.add(
          "\(again.item.title) has the address of \(first.item.title), of "
            + "\(first.item.place.position)",
          at: again.item.macAddress?.place ?? again.item.place,
          found: again.item.macAddress?.text)
      }
    }
  }
}
