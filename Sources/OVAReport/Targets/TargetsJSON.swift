import OVABasics
import OVARules
import OVATargets

/// Writes the verdicts of targets on a package for programs.
enum TargetsJSON {
  /// One target's answer.
  static func answer(_ answer: TargetAnswer) -> JSON {
    [
      "target": .string(answer.target.id), "product": .string(answer.target.product.id),
      "release": .text(answer.target.release?.version),
      "newest_by_default": .bool(answer.target.isNewestByDefault),
      "verdict": .string(answer.verdict.rawValue), "reasons": .list(answer.reasons, reason),
    ]
  }

  /// Returns the number of packages with each verdict of a target.
  static func sum(_ sum: TargetCount) -> JSON {
    [
      "target": .string(sum.id), "fails": .number(sum.counts[.fails] ?? 0),
      "loss": .number(sum.counts[.loss] ?? 0), "unknown": .number(sum.counts[.unknown] ?? 0),
      "nothing_known": .number(sum.counts[.nothingKnown] ?? 0),
    ]
  }

  private static func reason(_ reason: TargetAnswer.Reason) -> JSON {
    let condition = reason.condition
    return [
      "condition": .string(condition.key), "effect": .string(condition.effect.rawValue),
      "severity": .string(condition.effect.severity.rawValue), "title": .string(condition.title),
      "outcome": .string(condition.outcome), "depends_on": .text(condition.dependsOn),
      "fix": .string(condition.fix),
      "places": .list(reason.hits) { hit in
        [
          "place": CheckJSON.place(hit.place), "found": .text(hit.found),
          "reads": .text(hit.reads),
        ]
      },
    ]
  }
}
