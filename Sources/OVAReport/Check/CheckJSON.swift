package import OVABasics
import OVAPackage
package import OVARules

/// Writes the results of a check as JSON.
///
/// The shape is published as `docs/schema/check-1.schema.json`.
package enum CheckJSON {
  /// The document's name and version; additions raise the second number.
  package static let schema = "ovakit/check/1.3"

  /// A whole run: every package in the order given.
  /// - Parameter packages: what `package` gave of each.
  package static func document(_ packages: [JSON], _ sum: CheckSum) -> JSON {
    [
      "schema": .string(schema),
      "packages": .array(packages),
      "summary": [
        "packages": .number(sum.packages),
        "errors": .number(sum.count(.error)),
        "warnings": .number(sum.count(.warning)),
        "infos": .number(sum.count(.info)),
        "unreadable": .number(sum.unreadable),
        "targets": .list(sum.targets, TargetsJSON.sum),
      ],
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

  /// What stands behind the last package of a run.
  package static func end(_ sum: CheckSum) -> [UInt8] { frame(sum).behind }

  /// The document around the place where packages stand.
  private static func frame(_ sum: CheckSum) -> (before: [UInt8], behind: [UInt8]) {
    // No other string of the document is empty.
    let parts = document([""], sum).pretty().split(
      separator: Array("\"\"".utf8), maxSplits: 1, omittingEmptySubsequences: false)
    return (Array(parts.first ?? []), Array(parts.dropFirst().first ?? []))
  }

  /// One package on a line of its own.
  package static func line(_ result: CheckResult) -> JSON {
    .object([("schema", .string(schema))] + members(result))
  }

  /// One package of a document.
  package static func package(_ result: CheckResult) -> JSON { .object(members(result)) }

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
        ("disks", .array([])), ("findings", .array([])), ("targets", .array([])),
      ]
    case .faulty(let findings):
      [
        ("path", .string(result.path)), ("state", "checked"), ("error", .null),
        ("digests_verified", .bool(false)), ("disks_verified", .bool(false)),
        ("disks", .array([])), ("findings", .list(findings) { finding($0) }),
        ("targets", .array([])),
      ]
    case .checked(let checked, let findings):
      [
        ("path", .string(result.path)), ("state", "checked"), ("error", .null),
        ("digests_verified", .bool(checked.areDigestsVerified)),
        ("disks_verified", .bool(checked.areDisksVerified)),
        ("disks", .list(GrainsRead.all(of: checked), \.json)),
        (
          "findings",
          .list(findings) { finding($0, isFixable: result.fixable.contains($0.rule)) }
        ), ("targets", .list(result.targets, TargetsJSON.answer)),
      ]
    }
  }

  /// One finding.
  /// - Parameter isFixable: whether `ova fix` repairs it.
  package static func finding(_ finding: Finding, isFixable: Bool = false) -> JSON {
    [
      "rule": .string(finding.rule), "severity": .string(finding.severity.rawValue),
      "message": .string(finding.message), "place": place(finding.place),
      "expected": .text(finding.expected), "found": .text(finding.found),
      "fix": .string(finding.fix), "fixable": .bool(isFixable),
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

extension CheckResult {
  /// Whether the machine did not let it be read.
  package var isUnreadable: Bool {
    if case .unreadable = outcome { return true }
    return false
  }
}
