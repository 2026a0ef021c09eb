import OVAPackage
package import OVAPolicy
import OVARules
import OVATargets

extension CheckResult {
  /// The result as it is reported: with severities as the run has them, and without what the review
  /// suppresses, which is kept beside it.
  package func reviewed(
    by review: inout FindingReview, ignoreList: IgnoreList?
  ) -> CheckResult {
    guard !isUnreadable else { return self }
    let findings = findings.map { review.rated($0) }
    let hits = targets.flatMap { answer in
      answer.reasons.flatMap { reason in
        reason.hits.map { HitItem(target: answer.target, reason: reason, hit: $0) }
      }
    }
    let items =
      findings.map { FindingReview.Item($0, FindingSubject(rule: $0.rule)) } + hits.map(\.item)
    let reasons = review.suppressions(
      of: items,
      in: .init(path: path, targets: targets.map(\.target), isJudgedWhole: isJudgedWhole),
      ignoreList: ignoreList)
    let keeps = reasons.map { $0 == nil }
    var next = findings.count
    let reported = zip(findings, keeps).filter(\.1).map(\.0)
    let answers = targets.map { answer in
      answer.keeping { _, _ in
        defer { next += 1 }
        return keeps[next]
      }
    }
    let suppressed = zip(items, reasons).compactMap { item, reason in
      reason.map { SuppressedFinding(item.finding, $0) }
    }
    return with(reported, answers, suppressed)
  }

  /// The findings on the entries of a run's ignore files, one result a file; none of files without.
  package static func ignoreFiles(of review: FindingReview) -> [CheckResult] {
    review.ignoreFiles().compactMap { file, items in
      guard !items.isEmpty else { return nil }
      let reasons = review.selectionSuppressions(of: items)
      let reported = zip(items, reasons).filter { $1 == nil }.map(\.0.finding)
      let suppressed = zip(items, reasons).compactMap { item, reason in
        reason.map { SuppressedFinding(item.finding, $0) }
      }
      return CheckResult(
        path: file, outcome: .faulty(reported), suppressed: suppressed, subject: .ignoreFile)
    }
  }

  /// Whether every rule could judge it: all was read, and its digests computed.
  private var isJudgedWhole: Bool {
    guard case .checked(let checked, _) = outcome else { return true }
    return checked.evidence.digestsComputed && checked.isReadWhole
  }

  private func with(
    _ findings: [Finding], _ targets: [TargetAnswer], _ suppressed: [SuppressedFinding]
  ) -> CheckResult {
    let outcome: Outcome =
      switch self.outcome {
      case .checked(let package, _): .checked(package, findings)
      case .faulty: .faulty(findings)
      case .unreadable(let error): .unreadable(error)
      }
    return CheckResult(
      path: path, outcome: outcome, fixable: fixable, targets: targets, suppressed: suppressed,
      subject: subject)
  }
}

/// A place at which a target's condition holds, as a finding.
private struct HitItem {
  let target: Target
  let reason: TargetAnswer.Reason
  let hit: TargetCondition.Hit

  var item: FindingReview.Item {
    let condition = reason.condition
    let finding = Finding(
      rule: condition.key, severity: condition.effect.severity,
      message: "\(target.title): \(condition.title)", place: hit.place, found: hit.found,
      fix: condition.fix)
    return FindingReview.Item(finding, FindingSubject(condition: condition.key, of: target))
  }
}
