import OVABasics
import OVACatalog
import OVATargets

/// The content of the page on targets: the number of images that each of them takes.
struct TargetsPage {
  var base: String
  var signedIn: String?
  var formToken: String
  var isMine: Bool
  var publicLink: String
  var mineLink: String
  /// The list whose images are counted.
  var listLink: String
  var rows: [Row]
  var hasRows: Bool

  /// A target with the numbers of images of each verdict.
  struct Row {
    var title: String
    var name: String
    var fails: String
    var loss: String
    var unknown: String
    var nothingKnown: String
    /// Images that were stored before the target was asked for.
    var unjudged: String
  }

  init(_ frame: PageFrame, _ counts: [VerdictCount], isMine: Bool) {
    base = frame.base
    signedIn = frame.signedIn
    formToken = frame.formToken
    self.isMine = isMine
    publicLink = "\(frame.base)/targets"
    mineLink = "\(frame.base)/targets?of=me"
    listLink = "\(frame.base)/" + (isMine ? "?of=me" : "")
    rows = counts.map(Row.init)
    hasRows = !rows.isEmpty
  }
}

extension TargetsPage.Row {
  fileprivate init(_ count: VerdictCount) {
    func images(_ verdict: TargetVerdict) -> String { "\(count.counts[verdict.rawValue] ?? 0)" }
    title = ((try? OVATargets.Target.named(count.target))?.title ?? count.target).forDisplay
    name = count.target.forDisplay
    fails = images(.fails)
    loss = images(.loss)
    unknown = images(.unknown)
    nothingKnown = images(.nothingKnown)
    unjudged = "\(count.unjudged)"
  }
}
