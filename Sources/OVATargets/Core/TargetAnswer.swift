public import OVAPackage
public import OVARules

/// The answer of one target on one package.
public struct TargetAnswer: Sendable {
  /// A condition that holds, and where.
  public struct Reason: Sendable {
    /// The condition.
    public let condition: TargetCondition
    /// The places where it holds, in the package's order; never empty.
    public let hits: [TargetCondition.Hit]
  }

  /// The target.
  public let target: Target
  /// The reasons of the verdict: the most severe first.
  public let reasons: [Reason]

  /// The most severe of the reasons' effects.
  public var verdict: TargetVerdict {
    reasons.map(\.condition.verdict).max() ?? .nothingKnown
  }
}

extension TargetAnswer {
  /// The answer without some of the places at which its conditions hold; a condition that holds
  /// nowhere else is no reason.
  /// - Parameter isKept: asked of every place, in the order of the reasons.
  package func keeping(_ isKept: (Reason, TargetCondition.Hit) -> Bool) -> TargetAnswer {
    let reasons = reasons.compactMap { reason -> Reason? in
      let hits = reason.hits.filter { isKept(reason, $0) }
      return hits.isEmpty ? nil : Reason(condition: reason.condition, hits: hits)
    }
    return TargetAnswer(target: target, reasons: reasons)
  }

  /// Judges a package for targets.
  ///
  /// A verdict is never that a package imports: only what is known against it is said.
  /// - Parameter findings: what the rules found in the package.
  public static func answers(
    for targets: [Target], of package: CheckedPackage, findings: [Finding]
  ) -> [TargetAnswer] {
    guard !targets.isEmpty else { return [] }
    let whole = TargetView(package, findings: findings)
    return targets.map { target in
      let view = whole.with(target)
      var reasons: [Reason] = []
      for condition in target.product.allConditions {
        let hits = condition.judge(view)
        if !hits.isEmpty { reasons.append(Reason(condition: condition, hits: hits)) }
      }
      // Stable: conditions of one effect stay in the order of the product's list.
      let sorted = reasons.enumerated().sorted { a, b in
        let (x, y) = (a.element.condition.weight, b.element.condition.weight)
        return x == y ? a.offset < b.offset : x > y
      }
      return TargetAnswer(target: target, reasons: sorted.map(\.element))
    }
  }
}

extension TargetCondition {
  /// The order of reasons: what fails first, then notes, last what other things decide.
  fileprivate var weight: Int {
    switch effect {
    case .fails: 4
    case .loss: 3
    case .unknown: dependsOn == nil ? 2 : 0
    case .note: 1
    }
  }
}
