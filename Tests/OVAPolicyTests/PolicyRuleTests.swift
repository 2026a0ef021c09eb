import Foundation
import OVABasics
import OVAIntegrity
import OVAPackage
import OVAPolicy
import OVARules
import OVATestSupport
import Testing

/// The rules of policies: each under the policy of its examples, and under none.
@Suite struct PolicyRuleTests {
  /// A rule with one of its examples.
  struct Case: CustomTestStringConvertible, Sendable {
    let rule: Rule
    let number: Int
    let example: Example

    var testDescription: String { "\(rule.id) #\(number)" }

    static func all(_ examples: KeyPath<Rule, [Example]>) -> [Case] {
      Rule.listed.filter { Rule.exampleOfPolicy($0.id) != nil }.flatMap { rule in
        rule[keyPath: examples].enumerated().map {
          Case(rule: rule, number: $0.offset + 1, example: $0.element)
        }
      }
    }

    /// The findings of rules in the example's package, with places inside the package.
    func findings(_ rules: [Rule]) async throws -> [Finding] {
      let folder = try TemporaryFolder()
      let path = try ExamplePackage(example).write(example.form, to: folder)
      let judgment = SignatureJudgment(
        trust: try TestCertificates.trustedRoots(), date: TestCertificates.date)
      let checked = await (try Package.open(path)).checked(signature: judgment)
      return Rule.findings(of: rules, in: checked).map { finding in
        Finding(
          rule: finding.rule, severity: finding.severity,
          message: finding.message.replacing(folder.path + "/", with: ""),
          place: finding.place.renamed(finding.place.file.replacing(folder.path + "/", with: "")),
          expected: finding.expected, found: finding.found, fix: finding.fix)
      }
    }
  }

  @Test(arguments: Case.all(\.triggering))
  func `a triggering example is found under the policy of the examples`(_ item: Case) async throws {
    let rule = try #require(Rule.exampleOfPolicy(item.rule.id))
    let findings = try await item.findings([rule])
    #expect(findings.map(\.rule) == [item.rule.id])
    #expect(findings.allSatisfy { $0.severity == .error && $0.fix == item.rule.fix })
  }

  @Test(arguments: Case.all(\.passing))
  func `a passing example is not found`(_ item: Case) async throws {
    let rule = try #require(Rule.exampleOfPolicy(item.rule.id))
    #expect(try await item.findings([rule]) == [])
  }

  @Test(arguments: Case.all(\.triggering))
  func `without a policy nothing is found`(_ item: Case) async throws {
    #expect(try await item.findings([item.rule]) == [])
    #expect(Rule.rules(for: PackagePolicy()).isEmpty)
  }

  @Test func `a policy makes the rules of what it says, in the order of the lists`() {
    var policy = PackagePolicy()
    policy.required = [.version, .vendor]
    policy.limits.disks = 2
    policy.signers = [NamePattern("CN=*")]
    #expect(
      Rule.rules(for: policy).map(\.id) == [
        "policy-vendor-missing", "policy-version-missing", "policy-disks-exceeded",
        "policy-signer-forbidden",
      ])
  }

  @Test func `rules of different policies have different versions`() throws {
    var policy = PackagePolicy()
    policy.limits.disks = 2
    let one = try #require(Rule.rules(for: policy).first).version
    #expect(Rule.rules(for: policy).first?.version == one)
    policy.limits.disks = 3
    #expect(Rule.rules(for: policy).first?.version != one)
  }

  @Test func `ids are unique, in kebab case and of the group of policies`() {
    let ids = Rule.listed.map(\.id)
    #expect(Set(ids).count == ids.count)
    for rule in Rule.listed where Rule.named(rule.id) == nil {
      #expect(rule.group == .policy)
      #expect(rule.id.wholeMatch(of: /(policy|ignore|baseline)-[a-z0-9]+(-[a-z0-9]+)*/) != nil)
    }
  }

  @Test func `findings say what is there, what is allowed and where`() async throws {
    var said: [String] = []
    for item in Case.all(\.triggering) where item.number == 1 {
      let rule = try #require(Rule.exampleOfPolicy(item.rule.id))
      said += try await item.findings([rule]).map {
        "\($0.place): \($0.message) | \($0.expected ?? "-") | \($0.found ?? "-")"
      }
    }
    #expect(
      said == [
        "web.ovf:27: the package tells no product | Product | -",
        "web.ovf:27: the package tells no vendor | Vendor | -",
        "web.ovf:27: the package tells no version | Version | -",
        "web.ova: the name 'web' does not match the pattern '[a-z]+-[0-9.]+' | [a-z]+-[0-9.]+ | web",
        "web.ovf:37: the machine 'web' has 8 virtual CPUs; the policy allows 4 | at most 4 | 8",
        "web.ovf:37: the machine 'web' has 8 GiB of memory; the policy allows 4 GiB | at most 4 GiB | 8 GiB",
        "web.ovf:37: the machine 'web' has 2 disks; the policy allows 1 | at most 1 | 2",
        "web.ovf:12: the disks together have 64 GiB; the policy allows 1 GiB | at most 1 GiB | 64 GiB",
        "web.ovf:16: the network 'lab' is not allowed | 'VM Network', 'prod-*' | lab",
        "web.ovf:43: the machine 'web' is of the hardware family 'vmx-21', which is not allowed | 'vmx-1?' | vmx-21",
        "web.ovf:2: the package was made with 'vmware, VMware ovftool 4.4.1 (build-16812187)', which is not allowed | 'virtualbox', 'other' | vmware, VMware ovftool 4.4.1 (build-16812187)",
        "web.ovf:37: the machine 'web' names no firmware, which means 'bios', and that is not allowed | 'efi' | bios",
        "web.ova: the package is not signed | 'CN=leaf', 'CN=stranger' | -",
      ])
  }
}
