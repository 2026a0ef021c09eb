package import OVAPolicy
import OVARules
import OVATargets

extension CheckResult {
  /// The result as it is reported: with severities as the run has them, and with why findings are
  /// suppressed. What is known of targets and suppressed is reported among the findings, under the
  /// condition's key.
  package func reviewed(
    by review: inout FindingReview, ignoreList: IgnoreList?
  ) -> CheckResult {
    guard !isUnreadable else { return self }
    let rated = all.map { CheckFinding(review.rated($0.finding), isFixable: $0.isFixable) }
    let hits = targets.flatMap { answer in
      answer.reasons.flatMap { reason in
        reason.hits.map { Self.item(answer.target, reason.condition, $0) }
      }
    }
    let items =
      rated.map { FindingReview.Item($0.finding, FindingSubject(rule: $0.finding.rule)) } + hits
    let reasons = review.suppressions(
      of: items,
      in: .init(path: path, targets: targets.map(\.target), isJudgedWhole: isJudgedWhole),
      ignoreList: ignoreList)
    var findings = zip(rated, reasons).map { entry, reason in
      CheckFinding(entry.finding, isFixable: entry.isFixable, suppression: reason)
    }
    for (item, reason) in zip(hits, reasons.dropFirst(rated.count)) where reason != nil {
      findings.append(CheckFinding(item.finding, suppression: reason))
    }
    var next = rated.count
    let answers = targets.map { answer in
      answer.keeping { _, _ in
        defer { next += 1 }
        return reasons[next] == nil
      }
    }
    return with(findings, targets: answers)
  }

  /// The findings on the entries of a run's ignore files, one result a file; none of files without.
  package static func suppressionFiles(of review: FindingReview) -> [CheckResult] {
    let lists = review.ignoreFiles().map { ($0.file, $0.items, Subject.ignoreFile) }
    let baselines = [review.baselineFile()].compactMap(\.self)
      .map { ($0.file, $0.items, Subject.baseline) }
    return (lists + baselines).compactMap { file, items, subject in
      guard !items.isEmpty else { return nil }
      let findings = zip(items, review.selectionSuppressions(of: items)).map { item, reason in
        CheckFinding(item.finding, suppression: reason)
      }
      return CheckResult(path: file, outcome: .faulty, findings: findings, subject: subject)
    }
  }

  /// True if every rule could judge it: all was read, and its digests computed.
  private var isJudgedWhole: Bool {
    guard case .checked(let facts) = outcome else { return true }
    return facts.digestsComputed && facts.isReadWhole
  }

  /// A place at which a target's condition holds, as a finding.
  private static func item(
    _ target: Target, _ condition: TargetCondition, _ hit: TargetCondition.Hit
  ) -> FindingReview.Item {
    let finding = Finding(
      rule: condition.key, severity: condition.effect.severity,
      message: "\(target.title): \(condition.title)", place: hit.place, found: hit.found,
      fix: condition.fix)
    return FindingReview.Item(finding, FindingSubject(condition: condition.key, of: target))
  }
}
