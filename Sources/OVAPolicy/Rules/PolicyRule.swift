import OVAPackage
package import OVARules

/// A rule that judges packages by a policy, once one is configured.
struct PolicyRule: Sendable {
  typealias Judgment = @Sendable (CheckedPackage, inout Findings) -> Void

  /// The rule as lists and pages show it; it judges nothing.
  let listed: Rule
  /// The policy under which its examples are examples.
  let examplePolicy: PackagePolicy
  private let judgment: @Sendable (PackagePolicy) -> Judgment?

  /// - Parameters:
  ///   - key: the key in the section `policy`.
  ///   - examplePolicy: the policy under which the examples are examples.
  ///   - judgment: how packages are judged under a policy; nil when the policy does not say.
  init(
    id: String, title: String, version: Int = 1, key: String, why: String, fix: String,
    examplePolicy: @Sendable (inout PackagePolicy) -> Void, triggering: [Example],
    passing: [Example], judgment: @escaping @Sendable (PackagePolicy) -> Judgment?
  ) {
    listed = Rule(
      id: id, group: .policy, title: title, severity: .error, version: version,
      basis: .practice(
        "`policy.\(key)` of the configuration; without it nothing is judged."),
      why: why, fix: fix, triggering: triggering, passing: passing
    ) { _, _ in }
    var policy = PackagePolicy()
    examplePolicy(&policy)
    self.examplePolicy = policy
    self.judgment = judgment
  }

  /// The rule that judges by a policy; nil when the policy says nothing of its subject.
  ///
  /// Its version is another for another policy, so that stored verdicts are made again.
  func rule(for policy: PackagePolicy) -> Rule? {
    guard let judge = judgment(policy) else { return nil }
    return Rule(
      id: listed.id, group: listed.group, title: listed.title, severity: listed.severity,
      version: policy.number(of: "\(listed.id) \(listed.version)"), basis: listed.basis,
      why: listed.why, fix: listed.fix, triggering: listed.triggering, passing: listed.passing,
      judge: judge)
  }
}

extension Rule {
  /// The rules that judge packages by a policy: those of which it says something.
  package static func rules(for policy: PackagePolicy) -> [Rule] {
    PolicyRule.all.compactMap { $0.rule(for: policy) }
  }

  /// The rules of policies, as lists show them; they judge nothing.
  static let policyRules: [Rule] = PolicyRule.all.map(\.listed)

  /// A rule of policies that judges by the policy of its examples, for tests; nil for another rule.
  package static func exampleOfPolicy(_ id: String) -> Rule? {
    guard let rule = PolicyRule.all.first(where: { $0.listed.id == id }) else { return nil }
    return rule.rule(for: rule.examplePolicy)
  }
}

extension PolicyRule {
  /// Every rule of policies.
  static let all: [PolicyRule] =
    PackagePolicy.Field.allCases.map(PolicyRule.missing)
    + [
      .name, .virtualCPUs, .memory, .disks, .capacity, .network, .family, .producer, .firmware,
      .signer,
    ]
}

extension PackagePolicy {
  /// A number that is another for another policy: FNV-1a over its text.
  fileprivate func number(of rule: String) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in "\(rule) \(self)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash >> 33)
  }
}

extension [NamePattern] {
  /// The patterns, to be named in a sentence.
  var listed: String { map { "'\($0.text)'" }.joined(separator: ", ") }

  /// Returns whether one of them means the name.
  func allow(_ name: String) -> Bool { contains { $0.matches(name) } }
}
