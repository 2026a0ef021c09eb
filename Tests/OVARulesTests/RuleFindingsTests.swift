import Foundation
import OVARules
import OVATestSupport
import Testing

/// The whole findings of every rule's examples, compared with `Findings/<group>/<rule>.txt`.
@Suite struct RuleFindingsTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "Findings")

  private static func file(of rule: Rule) -> URL {
    folder.appending(path: RecordedFindings.name(of: rule))
  }

  @Test(arguments: Rule.all)
  func `an example's findings have the recorded severity, place, message, expected and found`(
    _ rule: Rule
  ) async throws {
    let file = Self.file(of: rule)
    let recorded = try? String(contentsOf: file, encoding: .utf8)
    let findings = try await RecordedFindings.of(rule)
    #expect(
      RecordedFindings.text(of: findings, rule) == recorded,
      "\(file.path) differs: run scripts/new-rule --record \(rule.id) and review the difference")
  }

  /// The command beside the test bundle, with its arguments.
  private func record(_ arguments: String...) throws -> ToolResult {
    let path = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("record-findings").path
    return try run(path, arguments)
  }

  @Test func `what is recorded for a rule is its file alone`() throws {
    let rule = try #require(Rule.named("manifest-digest-mismatch"))
    let folder = try TemporaryFolder()
    let result = try record(folder.path, rule.id)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text == "\(folder.path("manifest/\(rule.id).txt"))\n")
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path).count == 2)
    let recorded = try Data(contentsOf: Self.file(of: rule))
    #expect(try folder.read("manifest/\(rule.id).txt") == Array(recorded))
  }

  @Test func `a rule that there is not is told, and nothing is recorded`() throws {
    let folder = try TemporaryFolder()
    let result = try record(folder.path, "no-such-rule")
    #expect(result.status == 2)
    #expect(result.errorText == "no rule has the id 'no-such-rule'\n")
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path) == [])
  }

  @Test func `every recorded file belongs to a rule`() throws {
    let files = FileManager.default.enumerator(at: Self.folder, includingPropertiesForKeys: nil)
    let recorded = try #require(files).compactMap { $0 as? URL }
      .filter { $0.pathExtension == "txt" }.map { $0.standardizedFileURL.path }
    let expected = Set(Rule.all.map { Self.file(of: $0).standardizedFileURL.path })
    #expect(Set(recorded).subtracting(expected) == [])
    #expect(recorded.isEmpty == false)
  }
}
