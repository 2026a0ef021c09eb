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
    var texts: [(Rule, String)] = []
    for rule in rules {
      let findings = try await RecordedFindings.of(rule)
      faults += try await self.faults(of: rule, findings)
      texts.append((rule, RecordedFindings.text(of: findings, rule)))
    }
    guard faults.isEmpty else { fail(faults.joined(separator: "\n"), code: 1) }
    for (rule, text) in texts {
      let file = URL(filePath: folder).appending(path: RecordedFindings.name(of: rule))
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      print(file.path)
    }
  }

  /// The ways in which a rule fails its examples: silent in one that triggers it, or found in one of
  /// the others.
  /// - Parameter findings: the rule's own, in each example that triggers it.
  private static func faults(of rule: Rule, _ findings: [[Finding]]) async throws -> [String] {
    var faults = findings.enumerated().filter(\.element.isEmpty).map { number, _ in
      "\(rule.id): nothing is found in triggering example \(number + 1)"
    }
    for example in RuleExample.of(rule, \.passing)
    where try await example.findings().contains(where: { $0.rule == rule.id }) {
      faults.append("\(rule.id): it is found in passing example \(example.number)")
    }
    return faults
  }

  private static func fail(_ words: String, code: Int32) -> Never {
    FileHandle.standardError.write(Data("\(words)\n".utf8))
    exit(code)
  }
}
