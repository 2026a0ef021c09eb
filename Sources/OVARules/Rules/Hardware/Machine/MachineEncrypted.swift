import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The machine's settings say that it is encrypted.
  static let machineEncrypted = Rule(
    id: "machine-encrypted",
    group: .hardware,
    title: "A machine is encrypted",
    severity: .warning,
    basis: .practice("vSphere exports encrypted machines decrypted, and imports none that are."),
    why: "The keys of an encrypted machine stay with the key provider of its vCenter. Nobody else "
      + "can start the machine or read its disks.",
    fix: "Decrypt the machine (remove its encryption storage policy) and export it again.",
    triggering: [
      Example(
        adding: "      <vmw:ExtraConfig ovf:required=\"false\" vmw:key=\"encryption.keySafe\" "
          + "vmw:value=\"vmware:key/list\"/>\n", before: "    </VirtualHardwareSection>")
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for (machine, section) in checked.hardwareSections {
      guard let setting = section.settings.first(where: \.isOfEncryption) else { continue }
      findings.add(
        "\(machine.title) is encrypted, as its setting '\(setting.key?.text ?? "")' says",
        at: setting.place, found: setting.key?.text)
    }
  }
}
