import OVABasics
import OVACatalog
import OVAReport
import OVATargets

extension ImagePage.Target {
  init(_ verdict: StoredVerdict) {
    id = verdict.target.forDisplay
    title = verdict.title.forDisplay
    badge = Badge(verdict.verdict)
    reasons = verdict.reasons.map(ImagePage.Reason.init)
    hasReasons = !reasons.isEmpty
  }
}

extension ImagePage.Reason {
  fileprivate init(_ reason: StoredVerdict.Reason) {
    badge = Badge(text: reason.effect.rawValue, kind: reason.effect.verdict.badgeKind)
    title = Markup.codeParts(reason.title)
    condition = reason.condition.forDisplay
    outcome = Markup.codeParts(reason.outcome)
    decision = reason.dependsOn?.forDisplay
    places = reason.places.map { place in
      var text = place.file + (place.line.map { ", line \($0)" } ?? "")
      if let found = place.found { text += ": \(found)" }
      if let reads = place.reads { text += "; it reads \(reads)" }
      return text.forDisplay
    }
    let left = reason.count - places.count
    placesLeft = left > 0 ? "\(left) more place\(left == 1 ? "" : "s")" : nil
    fix = reason.fix.map { ImagePage.Fix(parts: Markup.codeParts($0)) }
  }
}

extension Badge {
  /// Makes the badge of a target's verdict on an image.
  init(_ verdict: TargetVerdict) { self.init(text: verdict.words, kind: verdict.badgeKind) }

  /// The most severe of the verdicts of targets, with how many have it; nil where there are none,
  /// or nothing is known against the image.
  static func targets(_ verdicts: [TargetVerdict]) -> Badge? {
    guard let worst = verdicts.max(), worst != .nothingKnown else { return nil }
    let count = verdicts.count { $0 == worst }
    let words =
      switch worst {
      case .fails: "fails for"
      case .loss: "loss for"
      case .unknown, .nothingKnown: "unknown for"
      }
    return Badge(
      text: "\(words) \(count) target\(count == 1 ? "" : "s")", kind: worst.badgeKind)
  }
}

extension TargetVerdict {
  fileprivate var badgeKind: String {
    switch self {
    case .fails: "error"
    case .loss: "warning"
    case .unknown: "info"
    case .nothingKnown: "unknown"
    }
  }
}
