import OVAAuthoring
package import OVABasics
import OVAPackage
package import OVARules

/// A plan of repair as people and programs read it, and what became of it.
package struct FixReport {
  private let path: String
  private let findings: [Finding]
  private let acceptsContent: Bool
  /// The findings that the plan resolves and leaves: as forecast, or as the written package shows.
  private let forecast: RepairForecast
  private var isWritten: Bool { written != nil }
  /// The path of the repaired package.
  private var written: String?
  /// The reason why nothing was written.
  private var refusal: String?

  private var plan: FixPlan { forecast.plan }

  /// A plan of which nothing is written yet.
  /// - Parameters:
  ///   - path: the package as it was named.
  ///   - findings: what the rules say of it.
  ///   - forecast: what the plan fixes and leaves.
  ///   - acceptsContent: whether bytes are accepted for which nobody vouches.
  package init(
    path: String, findings: [Finding], forecast: RepairForecast, acceptsContent: Bool
  ) {
    self.path = path
    self.findings = findings
    self.forecast = forecast
    self.acceptsContent = acceptsContent
  }

  /// Nothing was written, for this reason.
  package mutating func refuse(_ reason: String) { refusal = reason }

  /// The repaired package was written, read again and judged.
  package mutating func wasWritten(to path: String) { written = path }

  /// True if something is left to be done: errors, or what was asked for and not done.
  package var hasFailed: Bool {
    if refusal != nil || !plan.doubts.isEmpty && !acceptsContent { return true }
    return left.contains { $0.severity == .error }
  }

  /// The findings that the repair leaves.
  private var left: [Finding] { forecast.remaining ?? findings }

  // MARK: - Text

  /// The most refusals that the text has lines for. JSON has them all.
  private static let mostRefusals = 1_000

  /// The report for people.
  package func text() -> String {
    var lines = [path.forDisplay]
    for (number, (step, rules)) in forecast.claims.enumerated() {
      lines.append("  \(number + 1). \(step.kind.title)")
      lines += step.details.prefix(20).map { "       \($0.forDisplay)" }
      if step.details.count > 20 { lines.append("       and \(step.details.count - 20) more") }
      lines += step.invalidates.map { "     invalidates  \($0.forDisplay)" }
      lines += rules.map { "     fixes        \($0)" }
    }
    if plan.steps.isEmpty, !plan.isBlocked { lines.append("  \(nothing)") }
    lines += doubtLines
    lines += plan.refusals.prefix(Self.mostRefusals).map { refusal in
      "  not repaired: \(refusal.place.description.forDisplay): \(refusal.reason.forDisplay)"
    }
    let more = plan.refusals.count - Self.mostRefusals
    if more > 0 { lines.append("  not repaired: and \(more) more") }
    lines += leftLines
    if let certificate = plan.steps.first(where: { $0.kind == .dropCertificate }) {
      lines += certificate.details.map { "  the signature is lost: \($0.forDisplay)" }
      lines.append(
        "  sign the new package again: ova manifest \((written ?? "NEW.ova").forDisplay) --sign KEY "
          + "--certificate CERTIFICATE")
    }
    if let refusal { lines.append("  \(refusal.forDisplay)") }
    if let written { lines.append("  written: \(written.forDisplay), checked") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var nothing: String {
    if left.isEmpty { return "nothing to repair" }
    let isBroken = left.contains { $0.severity == .error }
    return (isBroken ? "nothing that fix can repair" : "nothing to repair")
      + "; what is left: \(Self.counts(left))"
  }

  private static func counts(_ findings: [Finding]) -> String {
    Severity.allCases.reversed().compactMap { severity in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }.joined(separator: ", ")
  }

  private var doubtLines: [String] {
    guard !plan.doubts.isEmpty else { return [] }
    let head =
      "  a new manifest would accept bytes for which the old one does not vouch"
      + (acceptsContent ? ", as you said:" : " (--accept-content):")
    let more = plan.doubts.count - 20
    return [head]
      + plan.doubts.prefix(20).map { doubt in
        let text = doubt.text.isEmpty ? "" : " \(doubt.text.forDisplay):"
        return "    \(doubt.place.description.forDisplay):\(text) \(doubt.reason.forDisplay)"
      } + (more > 0 ? ["    and \(more) more"] : [])
  }

  private var leftLines: [String] {
    guard !left.isEmpty else { return [] }
    let head =
      isWritten
      ? "  what the check says of the repaired package:" : "  what no step fixes:"
    return [head]
      + left.flatMap { finding in
        [
          "    \(finding.severity.rawValue) \(finding.message.forDisplay) [\(finding.rule)]",
          "      fix  \(finding.fix.forDisplay)",
        ]
      }
  }

  // MARK: - JSON

  /// The document's name and version.
  private static let schema = "ovakit/fix/1.1"

  /// The report for programs.
  package func json() -> JSON {
    let fixable = forecast.fixable
    return [
      "schema": .string(Self.schema), "path": .string(path),
      "steps": .list(forecast.claims) { step, rules in
        [
          "id": .string(step.kind.rawValue), "title": .string(step.kind.title),
          "details": .texts(step.details), "invalidates": .texts(step.invalidates),
          "mends": .texts(rules),
        ]
      },
      "accepts_content_of": .texts(Set(plan.doubts.compactMap(\.fileName)).sorted()),
      "contradictions": .list(plan.doubts) { doubt in
        [
          "kind": .string(doubt.kind.rawValue), "place": .string(doubt.place.description),
          "entry": .string(doubt.text), "file": .text(doubt.fileName),
          "reason": .string(doubt.reason),
        ]
      },
      "not_repaired": .list(plan.refusals) { refusal in
        [
          "place": .string(refusal.place.description), "reason": .string(refusal.reason),
          "blocks": .bool(refusal.isBlocking),
        ]
      },
      "findings": .list(findings) { CheckJSON.finding($0, isFixable: fixable.contains($0.rule)) },
      "written": .text(written), "not_written": .text(refusal),
      "remaining": isWritten ? .list(left) { CheckJSON.finding($0) } : .null,
    ]
  }
}
