import OVABasics
import OVACatalog
import OVAIndexer

/// Writes a scan's summary as JSON.
struct ScanJSON {
  private let summary: ScanSummary

  private let shards: JSON

  /// - Parameter shards: the part of a run that was scanned, or the run that was merged.
  init(_ summary: ScanSummary, shards: JSON = .null) {
    self.summary = summary
    self.shards = shards
  }

  /// The document on one line.
  func line() -> [UInt8] { document().bytes() + [UInt8(ascii: "\n")] }

  func document() -> JSON {
    let counts = summary.counts
    return [
      "schema": "ovakit/scan/1.2", "scan": .integer(summary.scan),
      "partial": .bool(summary.isPartial), "shards": shards,
      "counts": [
        "packages": .number(counts.packages), "files": .number(counts.files),
        "read": .number(counts.read), "rejudged": .number(counts.rejudged),
        "unsettled": .number(counts.unsettled), "hashed": .number(counts.hashed),
        "bytes": .integer(Int64(clamping: counts.bytes)), "added": .number(counts.added),
        "changed": .number(counts.changed), "returned": .number(counts.returned),
        "renamed": .number(counts.renamed), "gone": .number(counts.gone),
        "problems": .number(counts.problems),
      ],
      "states": .object(
        PackageRow.State.allCases.map {
          (key: $0.rawValue, value: .number(summary.health.states[$0] ?? 0))
        }),
      "errors": .number(summary.health.errors), "warnings": .number(summary.health.warnings),
      "added": .texts(summary.added), "changed": .texts(summary.changed),
      "returned": .texts(summary.returned), "gone": .texts(summary.gone),
      "renamed": .list(summary.renamed) {
        ["from": .string($0.from), "to": .string($0.to)]
      },
      "problems": .list(summary.problems) {
        ["path": .string($0.path), "reason": .string($0.reason)]
      },
      "merged": .texts(summary.merged),
    ]
  }
}
