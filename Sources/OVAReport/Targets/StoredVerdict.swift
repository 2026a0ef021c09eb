import OVABasics
package import OVACatalog
import OVARules
package import OVATargets

/// A verdict of the catalog in words.
package struct StoredVerdict: Sendable {
  /// A condition that holds for the package.
  package struct Reason: Sendable {
    /// The condition's key.
    package let condition: String
    /// The condition's effect.
    package let effect: TargetEffect
    /// The severity: `error`, `warning` or `info`.
    package let severity: String
    /// The condition's title; its key where there is no such condition any more.
    package let title: String
    /// The outcome on import.
    package let outcome: String
    /// The setting or circumstance that decides it; nil where the package alone decides.
    package let dependsOn: String?
    /// The advice; nil where there is no such condition any more.
    package let fix: String?
    /// The first places at which it holds.
    package let places: [VerdictRow.Place]
    /// The number of all places.
    package let count: Int
  }

  /// The target's id with its release.
  package let target: String
  /// The target's name with its release.
  package let title: String
  /// The verdict.
  package let verdict: TargetVerdict
  /// The reasons, the most severe first.
  package let reasons: [Reason]

  /// Finds the words of what is stored; a verdict of a later version of the program is `unknown`.
  package init(_ row: VerdictRow) {
    target = row.target
    title = (try? Target.named(row.target))?.title ?? row.target
    verdict = TargetVerdict(rawValue: row.verdict) ?? .unknown
    reasons = row.reasons.map { reason in
      let condition = TargetProduct.condition(reason.condition)?.condition
      let effect = TargetEffect(rawValue: reason.effect) ?? .unknown
      return Reason(
        condition: reason.condition, effect: effect, severity: effect.severity.rawValue,
        title: condition?.title ?? reason.condition, outcome: condition?.outcome ?? "",
        dependsOn: condition?.dependsOn, fix: condition?.fix, places: reason.places,
        count: reason.count)
    }
  }
}

extension VerdictRow {
  /// The number of places that are stored of one reason.
  private static let mostPlaces = 5

  /// The part of an answer that is stored.
  /// - Parameter name: what the catalog calls a file of the package.
  package init(_ answer: TargetAnswer, name: (String) -> String) {
    self.init(
      target: answer.target.id, verdict: answer.verdict.rawValue,
      reasons: answer.reasons.map { reason in
        Reason(
          condition: reason.condition.key, effect: reason.condition.effect.rawValue,
          places: reason.hits.prefix(Self.mostPlaces).map { hit in
            Place(
              file: name(hit.place.file), line: hit.place.line, found: hit.found, reads: hit.reads)
          }, count: reason.hits.count)
      })
  }
}
