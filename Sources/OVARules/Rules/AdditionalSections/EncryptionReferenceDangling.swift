import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A key is for an encrypted part that there is not.
  static let encryptionReferenceDangling = Rule(
    id: "encryption-reference-dangling",
    group: .descriptor,
    title: "A key is for a part that is not there",
    severity: .warning,
    basis: .clause("XML Encryption 1.1, 3.6 (ReferenceList)"),
    why: "Either the part was left out, or the key does not fit the part that is there.",
    fix: "Write the `Id` of an EncryptedData behind the `#`.",
    triggering: [
      Example(inEnvelope: "EncryptionSection", "", Example.encryptedKey(of: "products"))
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "    <OperatingSystemSection ",
            new: "    " + Example.encryptedPart("products") + "\n    <OperatingSystemSection "),
          Example.Edit(
            old: "  <VirtualSystem ",
            new: Example.section("EncryptionSection", "", Example.encryptedKey(of: "products"))
              + "  <VirtualSystem "),
        ], []),
    ]
  ) { checked, findings in
    let parts = checked.encryptedParts.compactMap(\.id)
    for section in checked.envelope.allSections {
      guard case .encryption(let encryption) = section.body else { continue }
      for reference in encryption.keys.flatMap(\.references) where reference.text.hasPrefix("#") {
        let id = String(reference.text.dropFirst())
        guard !parts.contains(where: { $0.isExactly(id) }) else { continue }
        findings.add(
          "a key is for the part '\(reference.text)', which there is not", at: reference.place,
          expected: "the Id of an EncryptedData", found: reference.text)
      }
    }
  }
}
