import OVABasics
import OVAPackage
import OVARules
import OVATargets
import OVATestSupport
import Testing

/// One condition of one product, with its examples.
struct ConditionExample: CustomTestStringConvertible, Sendable {
  let product: TargetProduct
  let condition: TargetCondition

  var testDescription: String { "\(product.id) \(condition.key)" }

  /// The products, and what holds for each of them.
  static let products = TargetProduct.all + [.everyImporter]

  static let all: [ConditionExample] = products.flatMap { product in
    product.conditions.map { ConditionExample(product: product, condition: $0) }
  }

  /// The places where the condition holds in a package for a release, with places inside the
  /// package.
  func hits(in example: Example, at release: String?) async throws -> [TargetCondition.Hit] {
    let folder = try TemporaryFolder()
    let package = try await Self.checked(example, in: folder)
    // What holds for every importer is shown by one.
    let id = product.id == TargetProduct.everyImporter.id ? "proxmox" : product.id
    let name = release.map { "\(id)-\($0)" } ?? id
    let answer = try #require(
      TargetAnswer.answers(
        for: [try Target.named(name)], of: package,
        findings: Rule.findings(of: Rule.all, in: package)
      ).first)
    let reason = answer.reasons.first { $0.condition.key == condition.key }
    return (reason?.hits ?? []).map { hit in
      func inside(_ text: String) -> String { text.replacing(folder.path + "/", with: "") }
      return TargetCondition.Hit(
        hit.place.renamed(inside(hit.place.file)), found: hit.found.map(inside), reads: hit.reads)
    }
  }

  /// The package of an example with all that is seen of its bytes.
  static func checked(_ example: Example, in folder: TemporaryFolder) async throws -> CheckedPackage
  {
    let path = try ExamplePackage(example).write(example.form, to: folder)
    let judgment = SignatureJudgment(
      trust: try TestCertificates.trustedRoots(), date: TestCertificates.date)
    return try await Package.open(path).checked(ReadingOptions(), signature: judgment)
  }
}
