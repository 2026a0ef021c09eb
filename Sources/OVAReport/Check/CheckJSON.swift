package import OVABasics
import OVAPackage
import OVAPolicy
package import OVARules

/// Writes the results of a check as JSON.
///
/// The shape is published as `docs/schema/check-1.schema.json`.
package enum CheckJSON {
  /// The document's name and version; additions raise the second number.
  package static let schema = "ovakit/check/1.4"

  /// A whole run: every package in the order given.
  /// - Parameter packages: what `package` gave of each.
  package static func document(_ packages: [JSON], _ sum: CheckSum) -> JSON {
    [
      "schema": .string(schema),
      "packages": .array(packages),
      "summary": .object(members(sum)),
    ]
  }

  /// The numbers of a run.
  static func members(_ sum: CheckSum) -> [(key: String, value: JSON)] {
    [
      ("packages", .number(sum.packages)), ("errors", .number(sum.count(.error))),
      ("warnings", .number(sum.count(.warning))), ("infos", .number(sum.count(.info))),
      ("unreadable", .number(sum.unreadable)), ("suppressed", .number(sum.suppressed)),
      (
        "rules",
        .list(sum.rules) { count in
          [
            "rule": .string(count.rule), "severity": .string(count.severity.rawValue),
            "findings": .number(count.findings), "packages": .number(count.packages),
          ]
        }
      ), ("targets", .list(sum.targets, TargetsJSON.sum)),
    ]
  }

  /// A whole run in pieces, so that nothing of a package stays when the next one is read: what
  /// stands before a package, the package, and what stands behind the last one.
  ///
  /// Joined they are `document(_:_:)`, indented.
  /// - Parameter package: what `package` gave.
  package static func piece(_ package: JSON, isFirst: Bool) -> [UInt8] {
    var bytes = isFirst ? frame(CheckSum()).before : Array(",\n    ".utf8)
    for byte in package.pretty().dropLast() {
      bytes.append(byte)
      // It stands two levels deep; strings hold no line feeds of their own.
      if byte == UInt8(ascii: "\n") { bytes += "    ".utf8 }
    }
    return bytes
  }

  /// Returns the document's end, after the last package of a run.
  package static func end(_ sum: CheckSum) -> [UInt8] { frame(sum).behind }

  /// The document around the place where packages stand.
  private static func frame(_ sum: CheckSum) -> (before: [UInt8], behind: [UInt8]) {
    // No other string of the document is empty.
    let parts = document([""], sum).pretty().split(
      separator: Array("\"\"".utf8), maxSplits: 1, omittingEmptySubsequences: false)
    return (Array(parts.first ?? []), Array(parts.dropFirst().first ?? []))
  }

  /// One package alone.
  package static func line(_ result: CheckResult) -> JSON {
    .object([("schema", .string(schema))] + members(result))
  }

  /// One package of a document.
  package static func package(_ result: CheckResult) -> JSON { .object(members(result)) }

  /// The members of a package.
  static func members(_ result: CheckResult) -> [(key: String, value: JSON)] {
    var state: JSON = "checked"
    var problem = JSON.null
    var facts: CheckedFacts?
    switch result.outcome {
    case .checked(let known): facts = known
    case .faulty: break
    case .unreadable(let error):
      state = "unreadable"
      problem = [
        "code": .string(error.code.rawValue), "message": .string(error.reason),
        "doing": .string(error.doing), "place": place(error.place), "fix": .text(error.fix),
      ]
    }
    return [
      ("path", .string(result.path)), ("subject", .string(result.subject.rawValue)),
      ("state", state), ("error", problem),
      ("digests_verified", .bool(facts?.areDigestsVerified ?? false)),
      ("disks_verified", .bool(facts?.areDisksVerified ?? false)),
      ("disks", .list(facts?.grains ?? [], \.json)),
      ("findings", .list(result.all) { .object(members($0)) }),
      ("targets", .list(result.targets, TargetsJSON.answer)),
    ]
  }

  /// The members of a finding of a check.
  static func members(_ entry: CheckFinding) -> [(key: String, value: JSON)] {
    let suppression = entry.suppression.map { suppression -> JSON in
      [
        "kind": .string(suppression.kind.rawValue), "reason": .text(suppression.reason),
        "place": suppression.place.map(place) ?? .null, "expires": .text(suppression.expires),
      ]
    }
    return members(entry.finding, isFixable: entry.isFixable)
      + [("suppression", suppression ?? .null)]
  }

  /// One finding.
  /// - Parameter isFixable: whether `ova fix` repairs it.
  package static func finding(_ finding: Finding, isFixable: Bool = false) -> JSON {
    .object(members(finding, isFixable: isFixable))
  }

  private static func members(
    _ finding: Finding, isFixable: Bool
  ) -> [(key: String, value: JSON)] {
    [
      ("rule", .string(finding.rule)), ("severity", .string(finding.severity.rawValue)),
      ("message", .string(finding.message)), ("place", place(finding.place)),
      ("expected", .text(finding.expected)), ("found", .text(finding.found)),
      ("fix", .string(finding.fix)), ("fixable", .bool(isFixable)),
    ]
  }

  /// A place, with null for what is not known of it.
  static func place(_ place: Place) -> JSON {
    [
      "file": .string(place.file), "line": .number(place.line), "column": .number(place.column),
      "offset": .number(place.offset),
    ]
  }
}
