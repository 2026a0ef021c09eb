import FoundationEssentials
import Mustache
import OVABasics
import OVAIntegrity

/// The audit as one self-contained page.
package struct AuditPage {
  let report: AuditReport

  package init(_ report: AuditReport) { self.report = report }

  /// The page.
  package func html() throws -> String {
    Markup.register()
    let template = try MustacheTemplate(string: Markup.pragma + AuditTemplate.page)
    let own: [String: Any] = [
      "title": report.title.forDisplay,
      "verdict": report.verdict.forDisplay,
      "health": health,
      "tiles": report.tiles.map {
        ["value": $0.value.forDisplay, "title": $0.title.forDisplay, "tone": $0.tone.rawValue]
      },
      "since": report.since.forDisplay,
      "happenings": report.happenings.map(happening),
      "hasHappenings": !report.happenings.isEmpty,
      "trend": trend,
      "unread": report.unread.map { [happening($0)] } ?? [],
      "rules": rules,
      "hasRules": !report.rules.isEmpty,
      "targets": report.targets.map(target), "hasTargets": !report.targets.isEmpty,
      "folders": report.folders.map(folder),
      "foldersLeftOut": report.foldersLeftOut > 0 ? Self.number(report.foldersLeftOut) : "",
      "hasFoldersLeftOut": report.foldersLeftOut > 0,
      "charts": report.charts.enumerated().filter { !$0.element.bars.isEmpty }
        .map { chart($0.element, number: $0.offset) },
      "groups": report.groups.map(group),
      "hasGroups": !report.groups.isEmpty,
    ]
    return template.render(own.merging(frame) { $1 }.merging(packages(on: 1)) { $1 })
  }

  /// Hashes a style or script for the page's content security policy.
  static func digest(of text: String) -> String {
    "sha256-" + Data(DigestValue.of(Array(text.utf8), .sha256).bytes).base64EncodedString()
  }

  static func size(_ bytes: Int64) -> String { ByteCount(UInt64(clamping: bytes)).description }

  /// The number with a narrow blank between thousands.
  static func number(_ count: Int) -> String {
    let digits = String(count.magnitude)
    var result = count < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result.append("\u{202F}") }
      result.append(digit)
    }
    return result
  }

  private func happening(_ happening: AuditReport.Happening) -> [String: Any] {
    let left = happening.count - happening.items.count
    return [
      "title": happening.title.forDisplay, "tone": happening.tone.rawValue,
      "count": Self.number(happening.count), "isShort": happening.items.count <= 12,
      "items": happening.items.map { item in
        [
          "path": item.path.forDisplay, "detail": (item.detail ?? "").forDisplay,
          "hasDetail": item.detail != nil,
        ] as [String: Any]
      },
      "hasItems": !happening.items.isEmpty,
      "left": Self.number(left), "hasLeft": left > 0,
    ]
  }

  private var rules: [[String: Any]] {
    // A rule whose findings are of two severities has two rows, and links lead to the first.
    var named: Set<String> = []
    return report.rules.map { count in
      [
        "isPlace": named.insert(count.rule).inserted,
        "rule": count.rule.forDisplay, "severity": count.severity.forDisplay,
        "title": count.title.forDisplay,
        "why": Markup.codeParts(count.why), "fix": Markup.codeParts(count.fix),
        "hasWhy": !count.why.isEmpty,
        "findings": Self.number(count.findings), "packages": Self.number(count.packages),
        "findingsRaw": "\(count.findings)", "packagesRaw": "\(count.packages)",
        "width": "\(Percent.of(count.packages, whole, least: 1))",
        "percent": Percent.text(count.packages, whole),
        "places": count.places.map(place), "hasPlaces": !count.places.isEmpty,
        "left": Self.number(count.packages - count.places.count),
        "hasLeft": count.packages > count.places.count,
      ]
    }
  }

  /// All packages that the page counts.
  private var whole: Int { report.shares.reduce(0) { $0 + $1.count } }

  private func place(_ place: AuditReport.Place) -> [String: Any] {
    let link = link(to: place)
    return ["path": place.path.forDisplay, "link": link ?? "", "hasLink": link != nil]
  }

  private func target(_ target: AuditReport.Target) -> [String: Any] {
    let judged = target.fails + target.loss + target.unknown + target.nothingKnown
    func count(_ count: Int) -> String { count > 0 ? Self.number(count) : "" }
    return [
      "id": target.id.forDisplay, "title": target.title.forDisplay,
      "fails": count(target.fails), "failsRaw": "\(target.fails)",
      "loss": count(target.loss), "lossRaw": "\(target.loss)",
      "unknown": count(target.unknown), "unknownRaw": "\(target.unknown)",
      "nothing": count(target.nothingKnown), "nothingRaw": "\(target.nothingKnown)",
      "unjudged": count(target.unjudged), "unjudgedRaw": "\(target.unjudged)",
      "bad": "\(Percent.of(target.fails, judged))",
      "warn": "\(Percent.of(target.loss, judged))",
      "warnX": "\(Percent.of(target.fails, judged))",
      "info": "\(Percent.of(target.unknown, judged))",
      "infoX": "\(Percent.of(target.fails + target.loss, judged))",
      "reasons": target.reasons.map { reason in
        [
          "effect": reason.effect.forDisplay, "tone": Self.tone(ofEffect: reason.effect),
          "title": Markup.codeParts(reason.title), "condition": reason.condition.forDisplay,
          "fix": Markup.codeParts(reason.fix), "hasFix": !reason.fix.isEmpty,
          "packages": Self.number(reason.packages),
        ] as [String: Any]
      },
      "hasReasons": !target.reasons.isEmpty,
    ]
  }

  /// The tone of a target's verdict or of a reason's effect.
  static func tone(ofEffect effect: String) -> String {
    switch effect {
    case "fails": AuditReport.Tone.bad.rawValue
    case "loss": AuditReport.Tone.warn.rawValue
    case "unknown": AuditReport.Tone.info.rawValue
    default: AuditReport.Tone.plain.rawValue
    }
  }

  private func folder(_ folder: AuditReport.Folder) -> [String: Any] {
    [
      "path": folder.path.forDisplay, "packages": Self.number(folder.packages),
      "packagesRaw": "\(folder.packages)",
      "errors": folder.withErrors > 0 ? Self.number(folder.withErrors) : "",
      "errorsRaw": "\(folder.withErrors)",
      "warnings": folder.withWarnings > 0 ? Self.number(folder.withWarnings) : "",
      "warningsRaw": "\(folder.withWarnings)",
      "unreadable": folder.unreadable > 0 ? Self.number(folder.unreadable) : "",
      "unreadableRaw": "\(folder.unreadable)",
      "size": Self.size(folder.bytes), "bytes": "\(folder.bytes)",
      "bad": "\(Percent.of(folder.withErrors + folder.unreadable, folder.packages))",
      "warn": "\(Percent.of(folder.withWarnings, folder.packages))",
      "warnX": "\(Percent.of(folder.withErrors + folder.unreadable, folder.packages))",
    ]
  }

  private func group(_ group: AuditReport.Group) -> [String: Any] {
    let left = group.count - group.items.count
    return [
      "kind": group.kind, "title": group.title.forDisplay, "count": Self.number(group.count),
      "hasSize": group.reclaimable > 0, "size": Self.size(group.reclaimable),
      "items": group.items.map { item in
        [
          "paths": item.paths.map(\.forDisplay), "message": item.message.forDisplay,
          "fix": item.fix.forDisplay,
        ] as [String: Any]
      },
      "left": Self.number(left), "hasLeft": left > 0,
    ]
  }
}

/// Parts of a whole in per cent with one decimal, as pages write widths.
enum Percent {
  static func of(_ part: Int, _ whole: Int, least: Int = 0) -> String {
    guard whole > 0, part > 0 else { return "0" }
    let tenths = max(least * 10, Int((Double(part) * 1000 / Double(whole)).rounded()))
    return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// The share for people: `34 %`, `below 1 %`.
  static func text(_ part: Int, _ whole: Int) -> String {
    guard whole > 0, part > 0 else { return "0 %" }
    let percent = Double(part) * 100 / Double(whole)
    if percent < 1 { return "below 1 %" }
    return "\(part == whole ? 100 : min(99, Int(percent.rounded()))) %"
  }
}
