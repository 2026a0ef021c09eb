import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A prefix has no namespace.
  static let prefixUndeclared = Rule(
    id: "prefix-undeclared",
    group: .descriptor,
    title: "A prefix is not declared",
    severity: .error,
    basis: .clause("Namespaces in XML 1.0, 5"),
    why: "A name with a prefix that no `xmlns:` declares means nothing. Most XML parsers refuse "
      + "the whole descriptor.",
    fix: "Declare the prefix on the Envelope, or take away what uses it.",
    triggering: [
      Example(replacing: "vmw:osType=", with: "vmx:osType="),
      Example(
        adding: "      <vbox:Machine ovf:required=\"false\"/>\n", before: "  </VirtualSystem>"),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    let uses = checked.descriptorDiagnostics { kind in
      if case .xml(.undeclaredPrefix(let prefix)) = kind { return prefix }
      return nil
    }
    for (use, count) in uses.counted(by: \.value) {
      findings.add(
        "the prefix '\(use.value)' is used\(times(count)) and not declared", at: use.place,
        expected: "xmlns:\(use.value)=\"…\"")
    }
  }
}
