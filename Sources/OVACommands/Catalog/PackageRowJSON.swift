import OVABasics
import OVACatalog
import OVATime

/// A package as the catalog keeps it, as one line of JSON.
struct PackageRowJSON {
  let package: PackageRow
  let times: APITime

  init(_ package: PackageRow, times: APITime) {
    self.package = package
    self.times = times
  }

  /// The line, ended.
  func line() -> [UInt8] {
    var record: [UInt8] = []
    var writer = RecordWriter(format: .ndjson, times: times)
    writer.append(package.record, to: &record)
    // The record ends in a brace and a line feed; more keys go before them.
    var bytes = Array(record.dropLast(2))
    bytes += Array(",\"state\":".utf8) + JSON.string(package.state.rawValue).bytes()
    bytes += Array(",\"state_detail\":".utf8) + JSON.text(package.stateDetail).bytes()
    bytes += Array(",\"files\":".utf8) + JSON.list(package.files, file).bytes()
    bytes += Array(",\"findings\":".utf8) + JSON.list(package.findings, finding).bytes()
    bytes += Array(",\"targets\":".utf8) + JSON.list(package.verdicts, verdict).bytes()
    bytes += Array(",\"package\":".utf8)
    bytes += package.facts.map { Array($0.document.utf8) } ?? JSON.null.bytes()
    return bytes + Array("}\n".utf8)
  }

  private func file(_ file: FileRow) -> JSON {
    [
      "name": .string(file.name), "member": .bool(file.isMember), "size": .integer(file.size),
      "digests": .object(
        file.digests.sorted { $0.key < $1.key }.map { (key: $0.key, value: .string($0.value)) }),
    ]
  }

  private func verdict(_ verdict: VerdictRow) -> JSON {
    [
      "target": .string(verdict.target), "verdict": .string(verdict.verdict),
      "reasons": .list(verdict.reasons) { reason in
        [
          "condition": .string(reason.condition), "effect": .string(reason.effect),
          "count": .number(reason.count),
          "places": .list(reason.places) {
            [
              "file": .string($0.file), "line": .number($0.line), "found": .text($0.found),
              "reads": .text($0.reads),
            ]
          },
        ]
      },
    ]
  }

  private func finding(_ finding: FindingRow) -> JSON {
    [
      "rule": .string(finding.rule), "severity": .string(finding.severity),
      "file": .string(finding.file), "line": .number(finding.line),
      "message": .string(finding.message), "fix": .text(finding.fix),
    ]
  }
}
