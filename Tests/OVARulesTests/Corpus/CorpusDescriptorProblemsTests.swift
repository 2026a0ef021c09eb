import Foundation
import OVAPackage
import OVARules
import OVATestSupport
import OVFDescriptor
import Testing

/// Real descriptors with the problems that an independent reader saw in them.
@Suite struct CorpusDescriptorProblemsTests {
  /// The rules that say a problem of the other reader; several where it lumps together what we
  /// tell apart. Problems of files and disks are other rules' business.
  static let rules: [String: Set<String>] = [
    "address-conflict": ["slot-taken-twice"],
    "bound-duplicate": ["range-end-duplicate"],
    "cpu-no-quantity": ["quantity-missing", "item-value-malformed"],
    "disk-item-no-hostresource": ["disk-without-backing"],
    "disk-item-no-parent": ["disk-without-parent"],
    "doctype-present": ["doctype-present"],
    "duplicate-instance-id": ["instance-id-duplicate"],
    "encoding-mismatch": ["encoding-not-kept"],
    "eula-missing-license": ["eula-license-missing"],
    "extraconfig-dangling-file": ["nvram-dangling"],
    "instance-id-type-conflict": ["instance-id-conflict"],
    "item-bad-hostresource": ["host-resource-malformed"],
    "item-bad-quantity": ["item-value-malformed"],
    "item-dangling-disk": ["host-resource-dangling"],
    "item-dangling-parent": ["parent-dangling"],
    "item-missing-element-name": ["item-name-missing"],
    "item-missing-resource-type": ["item-type-missing"],
    "item-parent-not-controller": ["parent-not-controller"],
    "memory-no-quantity": ["quantity-missing", "item-value-malformed"],
    "memory-no-units": ["memory-units-missing"],
    "missing-references": ["references-missing"],
    "msgid-unresolved": ["message-unresolved"],
    "multiple-memory-items": ["memory-several"],
    "nic-dangling-network": ["network-undeclared"],
    "no-content": ["content-missing"],
    "nonstandard-envelope-namespace": ["envelope-namespace-unknown"],
    "nonstandard-units": ["unit-nonstandard"],
    "os-bad-id": ["operating-system-id-malformed"],
    "product-duplicate-class-instance": ["product-duplicate"],
    "property-duplicate-key": ["property-key-duplicate"],
    "property-key-illegal-char": ["property-key-illegal"],
    "property-missing-key": ["property-key-missing"],
    "property-missing-type": ["property-type-missing"],
    "property-unknown-type": ["property-type-unknown"],
    "required-extension": [
      "element-unknown", "setting-required", "setting-unknown", "element-namespace-foreign",
    ],
    "section-duplicate": ["section-duplicate"],
    "section-misplaced": ["section-misplaced"],
    "section-missing-info": ["section-info-missing"],
    "strings-dangling-fileref": ["strings-file-dangling"],
    "strings-missing-lang": ["strings-language-missing"],
    "system-missing-child": ["system-child-missing"],
    "unknown-rasd-child": ["element-unknown"],
    "unknown-required-element": ["element-unknown"],
    "unknown-required-section": ["section-unknown"],
    "unqualified-ovf-attribute": ["attribute-unqualified"],
    "version-attribute": ["envelope-version"],
    "vs-missing-id": ["system-id-missing"],
    "vs-missing-info": ["system-info-missing"],
    "vs-no-cpu": ["processor-missing"],
    "vs-no-hardware": ["hardware-missing"],
    "vs-no-memory": ["memory-missing"],
  ]

  /// Problems that we do not call one: code, a part of the file's name, and why.
  static let notProblems: [(code: String, file: String, reason: String)] = [
    (
      "item-missing-element-name", "srepetsk+create-ova/template.ovf",
      "oVirt writes devices without a name and reads them so"
    )
  ]

  /// Errors of ours that the other reader does not see: rule, a part of the file's name, and why.
  static let errors: [(rule: String, file: String, reason: String)] = [
    (
      "annotation-text-missing", "govmomi/ovf/fixtures/",
      "AnnotationSection_Type of DSP8023 demands the Annotation; four written by hand have none"
    ),
    (
      "element-unknown", "VirtualHardware/Neg/child_uitem_req_unspec.ovf",
      "one of VMware's negative descriptors; the other reader takes its prefix for another namespace"
    ),
  ]

  struct Verdict {
    let name: String
    let problems: [(code: String, detail: String)]
    let isNamespaceWellFormed: Bool
    let producer: String
    let findings: [Finding]
  }

  @Test(.enabled(if: RealDescriptors.arePresent, "the real descriptors are not here"))
  func `every problem of the descriptors is found and no error is without one`() throws {
    let verdicts = try Self.verdicts()
    var missed: [String] = []
    var invented: [String] = []
    for verdict in verdicts {
      let found = Set(verdict.findings.map(\.rule))
      for (code, detail) in verdict.problems {
        guard let rules = Self.rules[code] else { continue }
        guard found.isDisjoint(with: rules),
          !Self.notProblems.contains(where: { $0.code == code && verdict.name.contains($0.file) })
        else { continue }
        missed.append("\(verdict.name): \(code) \(detail)")
      }
      var justified = verdict.problems.reduce(into: Set<String>()) {
        $0.formUnion(Self.rules[$1.code] ?? [])
      }
      if !verdict.isNamespaceWellFormed {
        justified.formUnion(["prefix-undeclared", "namespace-fault"])
      }
      for finding in verdict.findings
      where finding.severity == .error && !justified.contains(finding.rule)
        && !Self.errors.contains(where: {
          $0.rule == finding.rule && verdict.name.contains($0.file)
        })
      {
        invented.append("\(verdict.name): \(finding.rule): \(finding.place): \(finding.message)")
      }
    }
    Self.summarize(verdicts)
    #expect(missed.isEmpty, "\(missed.count) not found:\n\(missed.joined(separator: "\n"))")
    #expect(invented.isEmpty, "\(invented.count) errors more:\n\(invented.joined(separator: "\n"))")
  }

  /// The verdicts of our rules and of the other reader on each descriptor that both can read.
  static func verdicts() throws -> [Verdict] {
    let rules = Rule.all.filter { [.descriptor, .hardware, .properties].contains($0.group) }
    return try RealDescriptors.facts().compactMap { file in
      let expected = try #require(
        JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
      guard let problems = expected["problems"] as? [[String: Any]] else { return nil }
      let descriptor = RealDescriptors.descriptor(of: file)
      let name = RealDescriptors.name(of: descriptor)
      let package: Package
      do {
        // Templates have other endings; what they hold is a descriptor all the same.
        let copy = try TemporaryFolder()
        let path =
          descriptor.pathExtension == "ovf"
          ? descriptor.path
          : try copy.write([UInt8](Data(contentsOf: descriptor)), to: "template.ovf")
        package = try Package.open(path)
      } catch {
        Issue.record("\(name): \(error)")
        return nil
      }
      return Verdict(
        name: name,
        problems: problems.map { ($0["code"] as? String ?? "", $0["detail"] as? String ?? "") },
        isNamespaceWellFormed: expected["ns_wellformed"] as? Bool ?? true,
        producer: package.envelope.producer.kind.rawValue,
        findings: Rule.findings(
          of: rules, in: CheckedPackage(package: package, evidence: .none)))
    }
  }

  /// Prints how many findings of each severity the producers get, and under which rules.
  static func summarize(_ verdicts: [Verdict]) {
    for (producer, own) in Dictionary(grouping: verdicts, by: \.producer).sorted(by: {
      $0.key < $1.key
    }) {
      let all = own.flatMap(\.findings)
      let counts = Severity.allCases.reversed().map { severity in
        "\(severity.rawValue) \(all.filter { $0.severity == severity }.count)"
      }
      print("\(producer): \(own.count) descriptors, \(counts.joined(separator: ", "))")
      guard ProcessInfo.processInfo.environment["CORPUS_DETAILS"] != nil else { continue }
      for severity in Severity.allCases.reversed() {
        let rules = Dictionary(grouping: all.filter { $0.severity == severity }, by: \.rule)
        for (rule, findings) in rules.sorted(by: { $0.value.count > $1.value.count }) {
          print("  \(severity.rawValue) \(rule) \(findings.count)")
        }
      }
    }
  }
}
