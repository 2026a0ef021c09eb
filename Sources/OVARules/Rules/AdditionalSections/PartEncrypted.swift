import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A part of the descriptor is encrypted.
  static let partEncrypted = Rule(
    id: "part-encrypted",
    group: .descriptor,
    title: "A part of the descriptor is encrypted",
    severity: .info,
    version: 2,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), EncryptionSection_Type"),
    why: "What is in it is neither shown nor checked here, and few products can decrypt it.",
    fix: "Publish the descriptor in clear text unless its recipients have the key.",
    triggering: [
      Example(
        adding: "    " + Example.encryptedPart("products") + "\n",
        before: "    <OperatingSystemSection "),
      Example(
        inEnvelope: "EncryptionSection", "", Example.encryptedKey(of: nil),
        caption: "a key that does not say what it is for", documented: false),
    ],
    passing: [
      .sound(.folder)
    ]
  ) { checked, findings in
    for part in checked.encryptedParts {
      findings.add(
        "a part \(part.id.map { "('\($0)') " } ?? "")of the descriptor is encrypted and not checked",
        at: part.place, found: part.id)
    }
    // A key that names no part announces encryption all the same.
    guard checked.encryptedParts.isEmpty else { return }
    for section in checked.envelope.allSections {
      guard case .encryption(let encryption) = section.body, !encryption.keys.isEmpty,
        encryption.keys.allSatisfy(\.references.isEmpty)
      else { continue }
      let keys = encryption.keys.count == 1 ? "1 key" : "\(encryption.keys.count) keys"
      findings.add(
        "the descriptor has an EncryptionSection with \(keys) and tells no part that is encrypted",
        at: section.place, found: keys)
    }
  }
}

extension CheckedPackage {
  /// The parts of the descriptor that are there only encrypted.
  var encryptedParts: [(id: String?, place: Place)] {
    envelope.diagnostics.compactMap { diagnostic in
      guard case .encrypted(let id) = diagnostic.kind else { return nil }
      return (id, diagnostic.place)
    }
  }
}
