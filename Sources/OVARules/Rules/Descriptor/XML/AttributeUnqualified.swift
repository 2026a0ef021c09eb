import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// An attribute of the standard lacks its namespace.
  static let attributeUnqualified = Rule(
    id: "attribute-unqualified",
    group: .descriptor,
    title: "An attribute lacks the standard's namespace",
    severity: .warning,
    basis: .clause("DSP8023 (the OVF schema), attributeFormDefault"),
    why: "Attributes of OVF carry its prefix. Without it some products honor them and others do "
      + "not see them: `configuration=\"small\"` then adds the device to every configuration.",
    fix: "Write the attribute with the prefix of the OVF namespace: `ovf:configuration`.",
    triggering: [
      Example(replacing: "ovf:userConfigurable=", with: "userConfigurable=")
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    // The early version qualifies everything, oVirt's variant what it likes.
    guard checked.envelope.dialect != .oVirt else { return }
    for (name, place) in checked.descriptorDiagnostics({ kind in
      if case .unqualifiedAttribute(let name) = kind { return name }
      return nil
    }) {
      findings.add(
        "the attribute '\(name)' has no prefix", at: place, expected: "ovf:\(name)", found: name)
    }
  }
}
