import Foundation
import OVARules
import OVATargets
import OVATestSupport
import Testing

/// A condition of a target that says what to run is fixed by it.
@Suite struct FollowedTargetFixTests {
  struct Followed: CustomTestStringConvertible, Sendable {
    let target: String
    let condition: TargetCondition
    var testDescription: String { condition.key }
  }

  private static let rewriting: [Followed] = TargetProduct.all.flatMap { product in
    product.conditions.filter { $0.fix.contains("`ova fix PATH --write NEW.ova`") }.map {
      Followed(
        target: product.id + ($0.exampleRelease.map { "-\($0)" } ?? ""), condition: $0)
    }
  }

  private func holds(_ followed: Followed, for path: String) throws -> Bool {
    let document = try OVATool.run(
      "check", "--format", "json", "--target", followed.target, path
    ).object()
    let packages = try #require(document["packages"] as? [[String: Any]], "\(document)")
    let targets = try #require(packages.first?["targets"] as? [[String: Any]], "\(document)")
    let reasons = try #require(targets.first?["reasons"] as? [[String: Any]])
    return reasons.contains { $0["condition"] as? String == followed.condition.key }
  }

  @Test(arguments: rewriting)
  func `the archive that ova fix writes is free of it`(_ followed: Followed) throws {
    let folder = try TemporaryFolder()
    let path = try ExamplePackage(followed.condition.triggering).write(.ova, to: folder)
    #expect(try holds(followed, for: path))
    let new = folder.path("new/web.ova")
    try FileManager.default.createDirectory(
      atPath: folder.path("new"), withIntermediateDirectories: true)
    let result = try OVATool.run("fix", path, "--write", new)
    #expect(FileManager.default.fileExists(atPath: new), "\(result.text)\(result.errorText)")
    #expect(try !holds(followed, for: new))
  }

  @Test func `there are such conditions`() { #expect(Self.rewriting.count > 8) }
}
