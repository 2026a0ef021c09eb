import OVABasics
import OVACatalog

/// The changes in a catalog between two scans.
struct CatalogDifference {
  private let first: Int64
  private let last: Int64
  private let changes: [CatalogChange]
  private let findings: [FindingChange]

  init(_ reader: CatalogReader, after first: Int64, upTo last: Int64) throws {
    self.first = first
    self.last = last
    changes = try reader.changes(after: first, upTo: last)
    findings =
      try reader.findingChanges(after: first, upTo: last, new: true, limit: -1)
      + reader.findingChanges(after: first, upTo: last, new: false, limit: -1)
  }

  /// The text for people: a line a change.
  func text() -> String {
    var lines = changes.map { change in
      let from = change.detail.map { " (before: \($0.forDisplay))" } ?? ""
      return "\(change.change.rawValue)  \(change.path.forDisplay)\(from)"
    }
    lines += findings.map {
      "\($0.isNew ? "new" : "fixed") \($0.severity)  \($0.path.forDisplay)  \($0.message.forDisplay) [\($0.rule)]"
    }
    lines.append(counted(changes.count, "change"))
    return lines.joined(separator: "\n") + "\n"
  }

  /// The values for programs: one a change of a package.
  var lines: [JSON] {
    changes.map { change in
      [
        "change": .string(change.change.rawValue), "id": .integer(change.id),
        "path": .string(change.path), "before": .text(change.detail),
        "scan": .integer(change.scan),
      ]
    }
  }

  /// The whole document for programs.
  func document() -> JSON {
    [
      "schema": "ovakit/catalog-diff/1.0", "after": .integer(first), "up_to": .integer(last),
      "changes": .array(lines),
      "findings": .list(findings) { finding in
        [
          "change": .string(finding.isNew ? "new" : "fixed"), "id": .integer(finding.id),
          "path": .string(finding.path), "severity": .string(finding.severity),
          "rule": .string(finding.rule), "file": .string(finding.file),
          "message": .string(finding.message),
        ]
      },
    ]
  }
}
