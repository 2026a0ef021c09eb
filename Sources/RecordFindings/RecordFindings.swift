import Foundation
import OVARules
import OVATestSupport

/// Tries the examples of rules, and records what is found in them.
@main
enum RecordFindings {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.first else {
      fail("usage: record-findings FOLDER [RULE…]   all rules without any", code: 2)
    }
    var rules = Rule.all
    if arguments.count > 1 {
      rules = arguments.dropFirst().map { id in
        guard let rule = Rule.named(id) else { fail("no rule has the id '\(id)'", code: 2) }
        return rule
      }
    }
    var faults: [String] = []
    for rule in rules { faults += try await self.faults(of: rule) }
    guard faults.isEmpty else { fail(faults.joined(separator: "\n"), code: 1) }
    for rule in rules {
      let file = URL(filePath: folder).appending(path: RecordedFindings.name(of: rule))
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      let text = try await RecordedFindings.text(of: rule)
      try text.write(to: file, atomically: true, encoding: .utf8)
      print(file.path)
    }
  }

  /// The ways in which a rule fails its examples: silent in one that triggers it, or found in one of
  /// the others.
  private static func faults(of rule: Rule) async throws -> [String] {
    var faults: [String] = []
    for example in RuleExample.of(rule, \.triggering)
    where try await !isFound(example) {
      faults.append("\(rule.id): nothing is found in triggering example \(example.number)")
    }
    for example in RuleExample.of(rule, \.passing) where try await isFound(example) {
      faults.append("\(rule.id): it is found in passing example \(example.number)")
    }
    return faults
  }

  private static func isFound(_ example: RuleExample) async throws -> Bool {
    try await example.findings().contains { $0.rule == example.rule.id }
  }

  private static func fail(_ words: String, code: Int32) -> Never {
    FileHandle.standardError.write(Data("\(words)\n".utf8))
    exit(code)
  }
}
