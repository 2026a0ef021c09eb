import OVABasics
import OVAPolicy
import OVARules
import OVATargets

/// One page with everything in it: the numbers, the rules, then each package with its findings.
struct HTMLWriter: CheckWriter {
  /// Bytes of findings on the page, which a browser still shows at once.
  static let mostBytes = 16 << 20

  private let base: BasePath
  private let version: String
  private let failsFrom: Severity?
  private var sections: [HTMLText] = []
  private var bytes = 0
  private var leftOut: [Severity: Int] = [:]
  private var packagesLeftOut = 0

  init(base: BasePath, version: String, failsFrom: Severity?) {
    self.base = base
    self.version = version
    self.failsFrom = failsFrom
  }

  mutating func write(_ result: CheckResult) -> [UInt8] {
    let section = section(of: result)
    let size = section.markup.utf8.count
    guard bytes + size <= Self.mostBytes else {
      packagesLeftOut += 1
      for entry in result.findings { leftOut[entry.finding.severity, default: 0] += 1 }
      return []
    }
    bytes += size
    sections.append(section)
    return []
  }

  mutating func end(_ sum: CheckSum) -> [UInt8] {
    var body: [HTMLText] = [
      .element("h1", [:], "ova check"), .element("p", ["class": "sum"], sum.words),
    ]
    body += omissions.map { .element("p", ["class": "note"], $0) }
    if sum.findings > 1 { body.append(ruleTable(sum)) }
    body.append(.element("main", [:], sections))
    body.append(.element("footer", [:], "ova \(version)"))
    return Array(HTMLText.page(title: "ova check: \(sum.words)", style: Self.style, body).utf8)
  }

  var omissions: [String] {
    guard packagesLeftOut > 0 else { return [] }
    let parts = Severity.counted { leftOut[$0] ?? 0 }
    return [
      "\(packagesLeftOut) package\(packagesLeftOut == 1 ? "" : "s") left out of the page"
        + (parts.isEmpty ? "" : " with " + parts.joined(separator: ", "))
        + ": it holds \(Self.mostBytes >> 20) MiB of findings; they are in the other formats"
    ]
  }

  private func ruleTable(_ sum: CheckSum) -> HTMLText {
    let head =
      ["Rule", "Severity"].map { HTMLText.element("th", [:], $0) }
      + ["Findings", "Packages"].map { HTMLText.element("th", ["class": "n"], $0) }
    let rows = sum.rules.map { count in
      HTMLText.element(
        "tr", [:],
        [
          .element("td", [:], [.element("code", [:], count.rule)]),
          .element("td", [:], [Self.word(count.severity)]),
          .element("td", ["class": "n"], "\(count.findings)"),
          .element("td", ["class": "n"], "\(count.packages)"),
        ])
    }
    return .element(
      "table", [:],
      [
        .element("caption", [:], "By rule"), .element("thead", [:], [.element("tr", [:], head)]),
        .element("tbody", [:], rows),
      ])
  }

  private func section(of result: CheckResult) -> HTMLText {
    let groups = FindingGroup.all(of: result.all)
    let counts = Severity.counted(result.count)
    var parts: [HTMLText] = []
    var words = counts.isEmpty ? "good" : counts.joined(separator: ", ")
    if case .unreadable(let error) = result.outcome {
      words = "unreadable"
      parts.append(
        .element(
          "p", ["class": "error"], "\(error.place): cannot \(error.doing): \(error.reason)"))
      if let fix = error.fix { parts.append(.element("p", ["class": "fix"], fix)) }
    }
    if case .checked(let facts) = result.outcome, !facts.digestsComputed {
      parts.append(.element("p", ["class": "note"], "The digests were not verified."))
    }
    if !groups.isEmpty { parts.append(.element("ol", [:], groups.map(item))) }
    if !result.targets.isEmpty { parts.append(targets(result.targets)) }
    let isOpen = (result.worst ?? .info) > .info || result.isUnreadable
    return .element(
      "details", isOpen ? ["open": ""] : [:],
      [
        .element(
          "summary", [:],
          [
            .element("code", [:], base.relative(result.path)), .text(" "),
            .element("span", ["class": "counts"], words),
          ])
      ] + parts)
  }

  private func item(_ group: FindingGroup) -> HTMLText {
    let finding = group.first.finding
    var rows: [(String, HTMLText)] = []
    if let suppression = group.first.suppression {
      let reason = suppression.reason.map { ": \($0)" } ?? ""
      rows.append(("suppressed", .text("by \(suppression.kind.words)\(reason)")))
    }
    let label = group.places.count > 1 ? "\(group.places.count) like this" : "at"
    rows.append(
      (label, .joined(group.placeLines.map { .element("div", [:], [.element("code", [:], $0)]) })))
    if let expected = finding.expected {
      rows.append(("expected", .element("code", [:], expected)))
    }
    if let found = finding.found { rows.append(("found", .element("code", [:], found))) }
    rows.append(("fix", .own(finding.fix)))
    if group.first.isFixable { rows.append(("fixable", .own("`ova fix` repairs it"))) }
    return .element(
      "li", group.first.suppression == nil ? [:] : ["class": "suppressed"],
      [
        Self.word(finding.severity), .text(" " + finding.message + " "),
        .element("code", ["class": "rule"], finding.rule),
        .element(
          "dl", [:],
          rows.flatMap { row -> [HTMLText] in
            [
              .element("dt", [:], row.0),
              .element("dd", row.0 == "fix" ? ["class": "fix"] : [:], [row.1]),
            ]
          }),
      ])
  }

  private func targets(_ answers: [TargetAnswer]) -> HTMLText {
    let rows = answers.map { answer in
      let reasons = answer.reasons.map(Self.item)
      return HTMLText.element(
        "tr", [:],
        [
          .element("th", ["scope": "row"], answer.target.id),
          .element("td", ["class": answer.verdict.rawValue], answer.verdict.words),
          .element("td", [:], reasons.isEmpty ? [] : [.element("ul", [:], reasons)]),
        ])
    }
    return .element(
      "table", [:],
      [.element("caption", [:], "Targets"), .element("tbody", [:], rows)])
  }

  private static func item(_ reason: TargetAnswer.Reason) -> HTMLText {
    let condition = reason.condition
    var parts: [HTMLText] = [
      .element(
        "b", ["class": condition.effect.severity.rawValue], condition.effect.rawValue),
      .text(" "), .own(condition.title), .text(": "), .own(condition.outcome), .text(" "),
      .element("code", ["class": "rule"], condition.key),
    ]
    if let decision = condition.dependsOn {
      parts.append(.element("div", [:], "It depends on \(decision)."))
    }
    for hit in reason.hits.prefix(10) {
      var line: [HTMLText] = [.element("code", [:], "\(hit.place)")]
      if let found = hit.found { line += [.text(", found "), .element("code", [:], found)] }
      if let reads = hit.reads { line += [.text(", it reads "), .element("code", [:], reads)] }
      parts.append(.element("div", [:], line))
    }
    if reason.hits.count > 10 {
      parts.append(.element("div", [:], "and at \(reason.hits.count - 10) more"))
    }
    parts.append(.element("div", ["class": "fix"], [.own(condition.fix)]))
    return .element("li", [:], parts)
  }

  private static func word(_ severity: Severity) -> HTMLText {
    .element("b", ["class": severity.rawValue], severity.rawValue)
  }

  /// Light and dark, wide and narrow, screen and paper.
  private static let style: StaticString = """
    :root{color-scheme:light dark;--bg:#f4f5f6;--card:#fff;--ink:#1b1f24;--dim:#57606a;--line:#d8dee4;--bad:#b42318;--warn:#8a5300;--good:#1a6b3a;--info:#1d5fa8}
    @media(prefers-color-scheme:dark){:root{--bg:#12161a;--card:#1a2026;--ink:#e6e9ec;--dim:#9fabb7;--line:#333c45;--bad:#ff9a90;--warn:#f0bd62;--good:#80d3a0;--info:#8dbcf4}}
    *{box-sizing:border-box}body{margin:0 auto;max-width:1100px;padding:1rem;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
    h1{font-size:1.6rem;margin:.5rem 0 0}.sum{font-size:1.1rem}.note,footer{color:var(--dim)}
    code{font:13px/1.45 ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere;unicode-bidi:isolate}.rule{color:var(--dim)}
    details,table{background:var(--card);border:1px solid var(--line);border-radius:8px;margin:0 0 .8rem;padding:.6rem .9rem}summary{cursor:pointer;font-weight:600;overflow-wrap:anywhere}.counts{color:var(--dim);font-weight:400}
    table{border-spacing:0;width:100%}caption{text-align:left;font-weight:600;padding:.3rem 0}th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line)}.n{text-align:right;font-variant-numeric:tabular-nums}
    details table{border:0;padding:0}ol{padding-left:1.4rem}li{margin:.6rem 0;overflow-wrap:anywhere}dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .9rem;margin:.2rem 0 0}dt{color:var(--dim)}dd{margin:0;min-width:0}
    .error,.fails{color:var(--bad)}.warning,.loss{color:var(--warn)}.info,.unknown{color:var(--info)}.fix{color:var(--good)}.suppressed{opacity:.65}
    @media(max-width:600px){dl{grid-template-columns:1fr}}@media print{:root{--bg:#fff;--card:#fff;--ink:#000}details{break-inside:avoid}details:not([open])>*{display:revert}}
    """
}
