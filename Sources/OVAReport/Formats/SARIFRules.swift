import OVABasics
import OVAPolicy
import OVARules
import OVATargets

/// The rules and conditions that results of a SARIF run are of, with their help.
struct SARIFRules {
  /// The objects, in the order of their indices.
  private(set) var all: [JSON] = []
  private var indices: [String: Int] = [:]

  /// The index of a rule, which is added when it is new.
  mutating func index(of id: String, _ kind: ReportEntry.Kind) -> Int {
    if let known = indices[id] { return known }
    indices[id] = all.count
    all.append(Self.descriptor(of: RuleHelp(id, kind)))
    return all.count - 1
  }

  private static func descriptor(of help: RuleHelp) -> JSON {
    [
      "id": .string(help.id), "name": .string(help.id),
      "shortDescription": ["text": .string(help.title)],
      "fullDescription": ["text": .string(help.why)],
      "help": [
        "text": .string("\(help.why)\n\nFix: \(help.fix)\n\n\(help.basis)\n"),
        "markdown": .string(
          "\(help.why)\n\n**Fix:** \(help.fix)\n\n\(help.basis)\n\n`ova explain \(help.id)`\n"),
      ],
      "defaultConfiguration": ["level": .string(SARIFResult.level(help.severity))],
      "properties": [
        "tags": .texts(help.tags), "precision": "very-high",
        "problem.severity": .string(
          help.severity == .info ? "recommendation" : help.severity.rawValue),
      ],
    ]
  }
}

/// The description of a rule or of a target's condition, for those who meet it in a report.
struct RuleHelp: Sendable {
  let id: String
  let title: String
  let why: String
  let fix: String
  let basis: String
  let severity: Severity
  let tags: [String]

  init(_ id: String, _ kind: ReportEntry.Kind) {
    self.id = id
    if case .target = kind, let (product, condition) = TargetProduct.condition(id) {
      title = "\(product.title): \(condition.title)"
      why = condition.outcome
      fix = condition.fix
      basis = "Rests on \(condition.basis?.words ?? product.basis)."
      severity = condition.effect.severity
      tags = ["target", product.id]
    } else if let rule = Rule.listed(id) {
      title = rule.title
      why = rule.why
      fix = rule.fix
      basis =
        switch rule.basis {
        case .clause(let text): "Basis: \(text)."
        case .practice(let text): "Basis: \(text)"
        }
      severity = rule.severity
      tags = [rule.group.rawValue]
    } else {
      title = id
      why = "Run `ova explain \(id)` for what it means."
      fix = "See the message."
      basis = ""
      severity = .warning
      tags = []
    }
  }
}
