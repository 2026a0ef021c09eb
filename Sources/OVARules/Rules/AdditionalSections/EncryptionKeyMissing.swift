import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// An encryption section has no key.
  static let encryptionKeyMissing = Rule(
    id: "encryption-key-missing",
    group: .descriptor,
    title: "An encryption section has no key",
    severity: .error,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), EncryptionSection_Type"),
    why: "The section tells with which keys parts of the descriptor are encrypted. Without any, "
      + "they cannot be decrypted.",
    fix: "Add the `xenc:EncryptedKey` or `xenc11:DerivedKey`, or delete the section.",
    triggering: [
      Example(inEnvelope: "EncryptionSection")
    ],
    passing: [
      .sound(.folder),
      Example(inEnvelope: "EncryptionSection", "", Example.encryptedKey(of: nil)),
    ]
  ) { checked, findings in
    for section in checked.envelope.allSections {
      guard case .encryption(let encryption) = section.body, encryption.keys.isEmpty else {
        continue
      }
      findings.add("the EncryptionSection has no key", at: section.place)
    }
  }
}

extension Example {
  /// The text of a key that encrypts the part of this id.
  static func encryptedKey(of id: String?) -> String {
    let list = id.map {
      "<x:ReferenceList><x:DataReference URI=\"#\($0)\"/></x:ReferenceList>"
    }
    return "<x:EncryptedKey xmlns:x=\"http://www.w3.org/2001/04/xmlenc#\">\(list ?? "")"
      + "</x:EncryptedKey>"
  }

  /// The text of an encrypted part of this id.
  static func encryptedPart(_ id: String) -> String {
    "<x:EncryptedData xmlns:x=\"http://www.w3.org/2001/04/xmlenc#\" Id=\"\(id)\"/>"
  }
}
