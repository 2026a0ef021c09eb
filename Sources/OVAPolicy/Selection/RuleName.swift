import OVABasics
import OVARules
package import OVATargets

/// A name as `--select`, `--ignore`, severities and ignore files use it: a rule, a group of rules,
/// a target, a target's condition, or a pattern of such names.
package struct RuleName: Hashable, Sendable {
  /// The name, in the form that lists have it.
  package let text: String
  private let meaning: Meaning

  private enum Meaning: Hashable {
    case all
    case rule(String)
    case group(String)
    case target(String)
    case condition(String)
    case pattern(PathPattern)
  }

  /// A name that means nothing, and the nearest that do.
  package struct Fault: Error, Hashable {
    package let name: String
    package let nearest: [String]

    /// The fault in words: "no rule, group or target is named 'x'; nearest: 'y'".
    package var reason: String {
      let near = nearest.map { "'\($0)'" }.joined(separator: ", ")
      return "no rule, group or target is named '\(name.quotable)'"
        + (near.isEmpty ? "" : "; nearest: \(near)")
    }
  }

  /// Reads a name, in any letter case; `*` and `?` stand for characters of rules' and conditions'
  /// names. A rule that was renamed is known by its old name.
  package init(_ text: String) throws(Fault) {
    let name = text.lowercased()
    if name == "all" {
      (self.text, meaning) = (name, .all)
    } else if let id = Rule.retired[name] ?? Rule.listed(name)?.id {
      (self.text, meaning) = (id, .rule(id))
    } else if let group = Rule.Group(rawValue: name) {
      (self.text, meaning) = (name, .group(group.rawValue))
    } else if let target = try? Target.named(name) {
      (self.text, meaning) = (target.name, .target(target.name))
    } else if let condition = TargetProduct.condition(name)?.condition {
      (self.text, meaning) = (name, .condition(condition.key))
    } else if name.contains(where: { $0 == "*" || $0 == "?" }) {
      let pattern = PathPattern(name)
      let names = Rule.listed.map(\.id) + TargetProduct.conditionKeys
      guard names.contains(where: pattern.matches) else { throw Fault(name: text, nearest: []) }
      (self.text, meaning) = (name, .pattern(pattern))
    } else {
      throw Fault(name: text, nearest: NearestNames.of(name, among: Self.known))
    }
  }

  /// True if it means findings of rules, not conditions of targets.
  package var isAboutRules: Bool {
    switch meaning {
    case .all, .rule, .group: true
    case .target, .condition: false
    case .pattern(let pattern): Rule.listed.contains { pattern.matches($0.id) }
    }
  }

  /// True if it means conditions of targets.
  package var isAboutTargets: Bool {
    switch meaning {
    case .all, .target, .condition: true
    case .rule, .group: false
    case .pattern(let pattern): TargetProduct.conditionKeys.contains(where: pattern.matches)
    }
  }

  /// Returns whether it means all or some conditions of a target.
  package func isAbout(_ target: Target) -> Bool {
    switch meaning {
    case .all: true
    case .rule, .group: false
    case .target(let name): name == target.product.id || name == target.id
    case .condition(let key): target.product.allConditions.contains { $0.key == key }
    case .pattern(let pattern):
      target.product.allConditions.contains { pattern.matches($0.key) }
    }
  }

  /// True if it means one rule or condition alone.
  package var isExact: Bool {
    switch meaning {
    case .rule, .condition: true
    case .all, .group, .target, .pattern: false
    }
  }

  /// Returns whether it means a finding.
  package func means(_ subject: FindingSubject) -> Bool {
    switch meaning {
    case .all: true
    case .rule(let id): subject.targets.isEmpty && subject.rule == id
    case .group(let group): subject.group == group
    case .target(let name): subject.targets.contains(name)
    case .condition(let key): !subject.targets.isEmpty && subject.rule == key
    case .pattern(let pattern): pattern.matches(subject.rule)
    }
  }

  private static let known: [String] =
    Rule.listed.map(\.id) + Rule.Group.allCases.map(\.rawValue) + TargetProduct.all.map(\.id)
    + TargetProduct.conditionKeys
}

/// The subject of a finding, to which names are matched.
package struct FindingSubject: Hashable, Sendable {
  /// The rule's id, or the key of a target's condition.
  package let rule: String
  /// The rule's group; nil for a condition and for a rule that is not known.
  package let group: String?
  /// The names of the target whose condition it is: the product's, and with its release; empty for
  /// a rule.
  package let targets: [String]

  /// The subject of a rule's finding.
  package init(rule: String) {
    self.rule = rule
    group = Rule.listed(rule)?.group.rawValue
    targets = []
  }

  /// The subject of what is known against a package for a target.
  package init(condition: String, of target: Target) {
    rule = condition
    group = nil
    targets = [target.product.id, target.id]
  }
}
