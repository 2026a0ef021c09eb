package import OVABasics

/// The audit for programs: what the page shows, as one document.
package struct AuditJSON {
  private let report: AuditReport

  package init(_ report: AuditReport) { self.report = report }

  /// The document.
  package func document() -> JSON {
    [
      "schema": "ovakit/audit/1.3", "coverage": .texts(report.coverage),
      "verdict": .string(report.verdict),
      "numbers": .object(report.numbers.map { (key: $0.name, value: .integer($0.value)) }),
      "since": .string(report.since),
      "changes": .list(report.happenings) { happening in
        [
          "kind": .string(happening.kind), "count": .number(happening.count),
          "items": items(happening),
        ]
      },
      "unread": [
        "count": .number(report.unread?.count ?? 0),
        "items": report.unread.map(items) ?? .array([]),
      ],
      "trend": .list(report.trend) {
        [
          "scan": .integer($0.scan), "ended": .string($0.time), "packages": .number($0.packages),
          "bytes": .integer($0.bytes), "errors": .number($0.errors),
          "warnings": .number($0.warnings),
        ]
      },
      "rules": .list(report.rules) {
        [
          "rule": .string($0.rule), "severity": .string($0.severity),
          "packages": .number($0.packages), "findings": .number($0.findings),
        ]
      },
      "targets": .list(report.targets) { target in
        [
          "target": .string(target.id), "fails": .number(target.fails),
          "loss": .number(target.loss), "unknown": .number(target.unknown),
          "nothing_known": .number(target.nothingKnown), "unjudged": .number(target.unjudged),
          "reasons": .list(target.reasons) {
            [
              "condition": .string($0.condition), "effect": .string($0.effect),
              "title": .string($0.title), "packages": .number($0.packages),
            ]
          },
        ]
      },
      "folders": .list(report.folders) {
        [
          "path": .string($0.path), "packages": .number($0.packages),
          "with_errors": .number($0.withErrors), "with_warnings": .number($0.withWarnings),
          "unreadable": .number($0.unreadable), "bytes": .integer($0.bytes),
        ]
      },
      "inventory": .list(report.charts) { chart in
        let rest = chart.rest.map { [("\($0.values) others", $0.count)] } ?? []
        return [
          "title": .string(chart.title),
          "values": .list(chart.bars + rest) {
            ["value": .string($0.0), "count": .number($0.1)]
          },
        ]
      },
      "repository": .list(report.groups, group), "packages": .list(report.packages, package),
      "packages_left_out": .number(report.packagesLeftOut),
    ]
  }

  private func items(_ happening: AuditReport.Happening) -> JSON {
    .list(happening.items) { ["path": .string($0.path), "detail": .text($0.detail)] }
  }

  private func group(_ group: AuditReport.Group) -> JSON {
    [
      "kind": .string(group.kind), "count": .number(group.count),
      "reclaimable_bytes": .integer(group.reclaimable),
      "findings": .list(group.items) {
        ["paths": .texts($0.paths), "message": .string($0.message), "fix": .string($0.fix)]
      },
    ]
  }

  private func package(_ package: AuditReport.Package) -> JSON {
    [
      "id": .integer(package.id), "path": .string(package.path), "state": .string(package.state),
      "state_detail": .text(package.stateDetail), "change": .text(package.change),
      "errors": .number(package.errors), "warnings": .number(package.warnings),
      "bytes": .integer(package.bytes),
      "findings": .list(package.findings) {
        [
          "severity": .string($0.severity), "rule": .string($0.rule),
          "message": .string($0.message), "place": .string($0.place), "fix": .text($0.fix),
        ]
      },
      "targets": .list(package.verdicts) {
        ["target": .string($0.target), "verdict": .string($0.verdict)]
      },
    ]
  }
}
