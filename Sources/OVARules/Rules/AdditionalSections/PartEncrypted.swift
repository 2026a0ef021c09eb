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
    basis: .clause("DSP8023 2.0.1 (the OVF schema), EncryptionSection_Type"),
    why: "What is in it is neither shown nor checked here, and few products can decrypt it.",
    fix: "Publish the descriptor in clear text unless its recipients have the key.",
    triggering: [
      Example(
        adding: "    " + Example.encryptedPart("products") + "\n",
        before: "    <OperatingSystemSection ")
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
  }
}

extension CheckedPackage {
  /// The parts of the descriptor that are there only encrypted.
  var encryptedParts: [(id: String?, place: Place)] {
    envelope.observations.compactMap { observation in
      guard case .encrypted(let id) = observation.kind else { return nil }
      return (id, observation.place)
    }
  }
}
