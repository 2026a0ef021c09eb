import OVABasics
import OVAPackage
import OVARules
package import OVATargets

/// The result of a check as one process passes it to another, before anything is suppressed.
package struct CheckMessage: Sendable, Codable {
  private let outcome: Outcome
  private let findings: [FindingParts]
  private let targets: [AnswerParts]

  /// A result, to be encoded.
  package init(_ result: CheckResult) {
    outcome =
      switch result.outcome {
      case .checked(let facts): .checked(facts)
      case .faulty: .faulty
      case .unreadable(let error): .unreadable(ErrorParts(error))
      }
    findings = result.all.map(FindingParts.init)
    targets = result.targets.map(AnswerParts.init)
  }

  /// The result; nil where it is none, since who sends it may be under the control of what it
  /// parsed.
  /// - Parameters:
  ///   - path: the path that was to be checked.
  ///   - named: the targets that were to be judged for.
  package func result(path: String, targets named: [Target]) -> CheckResult? {
    let findings = self.findings.compactMap(\.finding)
    let answers = zip(targets, named).compactMap { $0.answer(of: $1) }
    guard findings.count == self.findings.count, answers.count == targets.count else { return nil }
    let outcome: CheckResult.Outcome
    switch self.outcome {
    case .checked(let facts): outcome = .checked(facts)
    case .faulty: outcome = .faulty
    case .unreadable(let parts):
      guard let error = parts.error else { return nil }
      outcome = .unreadable(error)
    }
    return CheckResult(path: path, outcome: outcome, findings: findings, targets: answers)
  }
}

private enum Outcome: Sendable, Codable {
  case checked(CheckedFacts)
  case faulty
  case unreadable(ErrorParts)
}

private struct PlaceParts: Sendable, Codable {
  let file: String
  let line: Int?
  let column: Int?
  let offset: UInt64?

  init(_ place: Place) {
    file = place.file
    line = place.line
    column = place.column
    offset = place.offset
  }

  var place: Place {
    Place(
      file, line: line.flatMap { $0 > 0 ? $0 : nil }, column: column.flatMap { $0 > 0 ? $0 : nil },
      offset: offset)
  }
}

private struct ErrorParts: Sendable, Codable {
  let code: String
  let doing: String
  let reason: String
  let place: PlaceParts
  let fix: String?

  init(_ error: PackageError) {
    code = error.code.rawValue
    doing = error.doing
    reason = error.reason
    place = PlaceParts(error.place)
    fix = error.fix
  }

  var error: PackageError? {
    PackageFailure(rawValue: code).map {
      PackageError(code: $0, doing: doing, reason: reason, place: place.place, fix: fix)
    }
  }
}

private struct FindingParts: Sendable, Codable {
  let rule: String
  let severity: String
  let message: String
  let place: PlaceParts
  let expected: String?
  let found: String?
  let fix: String
  let isFixable: Bool

  init(_ entry: CheckFinding) {
    rule = entry.finding.rule
    severity = entry.finding.severity.rawValue
    message = entry.finding.message
    place = PlaceParts(entry.finding.place)
    expected = entry.finding.expected
    found = entry.finding.found
    fix = entry.finding.fix
    isFixable = entry.isFixable
  }

  var finding: CheckFinding? {
    guard let severity = Severity(rawValue: severity) else { return nil }
    return CheckFinding(
      Finding(
        rule: rule, severity: severity, message: message, place: place.place, expected: expected,
        found: found, fix: fix), isFixable: isFixable)
  }
}

private struct AnswerParts: Sendable, Codable {
  private struct Hit: Codable {
    let place: PlaceParts
    let found: String?
    let reads: String?
  }

  private struct Reason: Codable {
    let condition: String
    let hits: [Hit]
  }

  private let target: String
  private let reasons: [Reason]

  init(_ answer: TargetAnswer) {
    target = answer.target.id
    reasons = answer.reasons.map { reason in
      Reason(
        condition: reason.condition.key,
        hits: reason.hits.map {
          Hit(place: PlaceParts($0.place), found: $0.found, reads: $0.reads)
        })
    }
  }

  /// The answer, when it is one for this target.
  func answer(of named: Target) -> TargetAnswer? {
    guard target == named.id else { return nil }
    let conditions = named.product.allConditions
    let known = reasons.compactMap { reason -> TargetAnswer.Reason? in
      conditions.first { $0.key == reason.condition }.map { condition in
        TargetAnswer.Reason(
          condition,
          at: reason.hits.map {
            TargetCondition.Hit($0.place.place, found: $0.found, reads: $0.reads)
          })
      }
    }
    return known.count == reasons.count ? TargetAnswer(of: named, for: known) : nil
  }
}
