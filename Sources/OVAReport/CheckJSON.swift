package import OVABasics
import OVAPackage
package import OVARules

/// What a check found, for programs.
///
/// The shape is published as `docs/schema/check-1.schema.json`.
package enum CheckJSON {
  /// The document's name and version; additions raise the second number.
  package static let schema = "ovakit/check/1.2"

  /// A whole run: every package in the order given.
  package static func document(_ results: [CheckResult]) -> JSON {
    [
      "schema": .string(schema),
      "packages": .list(results, package),
      "summary": [
        "packages": .number(results.count),
        "errors": .number(results.reduce(0) { $0 + $1.count(.error) }),
        "warnings": .number(results.reduce(0) { $0 + $1.count(.warning) }),
        "infos": .number(results.reduce(0) { $0 + $1.count(.info) }),
        "unreadable": .number(results.count { $0.isUnreadable }),
      ],
    ]
  }

  /// One package on a line of its own.
  package static func line(_ result: CheckResult) -> JSON {
    .object([("schema", .string(schema))] + members(result))
  }

  private static func package(_ result: CheckResult) -> JSON { .object(members(result)) }

  private static func members(_ result: CheckResult) -> [(key: String, value: JSON)] {
    switch result.outcome {
    case .unreadable(let error):
      [
        ("path", .string(result.path)), ("state", "unreadable"),
        (
          "error",
          [
            "code": .string(error.code.rawValue), "message": .string(error.reason),
            "doing": .string(error.doing), "place": place(error.place), "fix": .text(error.fix),
          ]
        ),
        ("digests_verified", .bool(false)), ("disks_verified", .bool(false)),
        ("disks", .array([])), ("findings", .array([])),
      ]
    case .checked(let checked, let findings):
      [
        ("path", .string(result.path)), ("state", "checked"), ("error", .null),
        (
          "digests_verified",
          .bool(checked.evidence.digestsComputed && checked.package.manifest != nil)
        ),
        ("disks_verified", .bool(checked.evidence.disksChecked)),
        ("disks", .list(GrainsRead.all(of: checked), \.json)),
        (
          "findings",
          .list(findings) { finding($0, isFixable: result.fixable.contains($0.rule)) }
        ),
      ]
    }
  }

  /// One finding.
  /// - Parameter isFixable: whether `ova fix` mends it.
  package static func finding(_ finding: Finding, isFixable: Bool = false) -> JSON {
    [
      "rule": .string(finding.rule), "severity": .string(finding.severity.rawValue),
      "message": .string(finding.message), "place": place(finding.place),
      "expected": .text(finding.expected), "found": .text(finding.found),
      "fix": .string(finding.fix), "fixable": .bool(isFixable),
    ]
  }

  private static func place(_ place: Place) -> JSON {
    [
      "file": .string(place.file), "line": .number(place.line), "column": .number(place.column),
      "offset": .number(place.offset),
    ]
  }
}

extension CheckResult {
  /// Whether there was no package to speak of.
  package var isUnreadable: Bool {
    if case .unreadable = outcome { return true }
    return false
  }
}
