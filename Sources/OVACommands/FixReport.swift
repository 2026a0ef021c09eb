import OVABasics
import OVAPackage
import OVAReport
import OVARules

/// A plan of repair as people and programs read it, and what became of it.
struct FixReport {
  let path: String
  let plan: FixPlan
  /// What the rules say of the package as it is.
  let findings: [Finding]
  /// Whether bytes that the manifest contradicts are accepted.
  let acceptsContent: Bool
  /// What the rules say of the repaired package.
  var remaining: [Finding]?
  /// Where the repaired package was written.
  var written: String?
  /// Why nothing was written though it was asked for.
  private(set) var refusal: String?

  init(path: String, plan: FixPlan, findings: [Finding], acceptsContent: Bool) {
    self.path = path
    self.acceptsContent = acceptsContent
    self.plan = plan
    self.findings = findings
  }

  mutating func refuse(_ reason: String) { refusal = reason }

  /// How the command ends: with findings when errors stay or what was asked for was not done.
  var status: ExitStatus {
    if refusal != nil || !plan.contradicted.isEmpty && !acceptsContent { return .findings }
    let left = remaining ?? unmended
    return left.contains { $0.severity == .error } ? .findings : .fine
  }

  /// The findings that no step mends, as far as can be said beforehand.
  private var unmended: [Finding] {
    if plan.members.isEmpty { return findings }
    return findings.filter { finding in !plan.steps.contains { $0.mends(finding.rule) } }
  }

  private func mends(_ step: FixPlan.Step) -> [Finding] {
    findings.filter { step.mends($0.rule) }
  }

  // MARK: - Text

  func text() -> String {
    var lines = [path.inert]
    for (number, step) in plan.steps.enumerated() {
      lines.append("  \(number + 1). \(step.kind.title)")
      lines += step.details.prefix(20).map { "       \($0.inert)" }
      if step.details.count > 20 { lines.append("       and \(step.details.count - 20) more") }
      lines += step.invalidates.map { "     invalidates  \($0.inert)" }
      for rule in Set(mends(step).map(\.rule)).sorted() {
        lines.append("     mends        \(rule)")
      }
    }
    if plan.steps.isEmpty, !plan.members.isEmpty { lines.append("  nothing to repair") }
    for file in plan.contradicted {
      lines.append(
        "  the manifest contradicts the bytes of '\(file.name.inert)'; a new one accepts them as "
          + "they are (--accept-content)")
    }
    for refusal in plan.refusals {
      lines.append("  not repaired: \(refusal.place.description.inert): \(refusal.reason.inert)")
    }
    if let remaining, !remaining.isEmpty {
      lines.append("  what the check says of the repaired package:")
      lines += remaining.map {
        "    \($0.severity.rawValue) \($0.message.inert) [\($0.rule)]"
      }
    }
    if let refusal { lines.append("  \(refusal.inert)") }
    if let written { lines.append("  written: \(written.inert), checked") }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - JSON

  /// The document's name and version.
  private static let schema = "ovakit/fix/1.0"

  func json() -> JSON {
    [
      "schema": .string(Self.schema), "path": .string(path),
      "steps": .list(plan.steps) { step in
        [
          "id": .string(step.kind.rawValue), "title": .string(step.kind.title),
          "details": .texts(step.details), "invalidates": .texts(step.invalidates),
          "mends": .texts(Set(mends(step).map(\.rule)).sorted()),
        ]
      },
      "accepts_content_of": .texts(plan.contradicted.map(\.name)),
      "not_repaired": .list(plan.refusals) { refusal in
        [
          "place": .string(refusal.place.description), "reason": .string(refusal.reason),
          "blocks": .bool(refusal.isBlocking),
        ]
      },
      "findings": .list(findings, CheckJSON.finding),
      "written": .text(written), "not_written": .text(refusal),
      "remaining": remaining.map { .list($0, CheckJSON.finding) } ?? .null,
    ]
  }
}

extension FixPlan.Step.Kind {
  /// What the step does, in a few words.
  var title: String {
    switch self {
    case .correctSizes: "correct the sizes in the descriptor"
    case .dropAppleDouble: "drop what macOS left"
    case .dropFolders: "drop entries for folders"
    case .cleanNames: "clean up names"
    case .reorder: "put the members in the standard's order"
    case .plainArchive: "write the archive anew, as plain tar"
    case .rewriteManifest: "write the manifest anew, in the standard's form"
    case .dropCertificate: "drop the certificate"
    }
  }
}

extension FixPlan.Step {
  /// Whether it mends what a rule finds.
  func mends(_ rule: String) -> Bool {
    switch kind {
    case .correctSizes: rule == "file-size-mismatch"
    case .dropAppleDouble: rule == "apple-double-member"
    case .dropFolders: rule == "folder-member"
    case .cleanNames: rule == "dot-prefix"
    case .reorder: ["descriptor-not-first", "member-order", "manifest-misplaced"].contains(rule)
    case .plainArchive:
      [
        "data-after-end", "zeros-after-end", "end-blocks-missing", "archive-length-odd",
        "tar-not-ustar", "tar-pax", "tar-global-header",
      ].contains(rule)
    case .rewriteManifest:
      switch rule {
      case "manifest-referenced": false
      // The new manifest has the old one's algorithm unless it says that it has another.
      case "manifest-weak-algorithm": details.contains { $0.hasPrefix("its digests become") }
      default: rule.hasPrefix("manifest-")
      }
    case .dropCertificate:
      ["certificate-", "signature-", "cms-"].contains { rule.hasPrefix($0) }
    }
  }
}
