import Mustache
import OVABasics

/// The audit as one self-contained page.
package struct AuditPage {
  private let report: AuditReport

  package init(_ report: AuditReport) { self.report = report }

  /// The page.
  package func html() throws -> String {
    let template = try MustacheTemplate(string: AuditTemplate.page)
    return template.render([
      "title": report.title.inert,
      "style": AuditTemplate.style,
      "script": AuditTemplate.script,
      "coverage": report.coverage.map(\.inert),
      "tiles": report.tiles.map {
        ["value": $0.value.inert, "title": $0.title.inert, "tone": $0.tone]
      },
      "changes": report.changes.map(change),
      "hasChanges": !report.changes.isEmpty,
      "changeCount": "\(report.changes.count)",
      "problems": report.problems.map(change),
      "hasProblems": !report.problems.isEmpty,
      "rules": report.rules.map { count in
        [
          "name": count.name.inert, "severity": count.severity.inert, "title": count.title.inert,
          "findings": "\(count.findings)", "packages": "\(count.packages)",
        ]
      },
      "hasRules": !report.rules.isEmpty,
      "folders": report.folders.map { folder in
        [
          "path": folder.path.inert, "packages": "\(folder.packages)",
          "errors": "\(folder.errors)", "warnings": "\(folder.warnings)",
          "size": size(folder.bytes), "bytes": "\(folder.bytes)",
        ]
      },
      "charts": report.charts.filter { !$0.bars.isEmpty }.map(chart),
      "groups": report.groups.map(group),
      "hasGroups": !report.groups.isEmpty,
      "packages": report.packages.map(package),
      "packageCount": "\(report.packages.count)",
      "leftOut": report.packagesLeftOut > 0 ? "\(report.packagesLeftOut)" : "",
      "hasLeftOut": report.packagesLeftOut > 0,
    ])
  }

  private func size(_ bytes: Int64) -> String { ByteCount(UInt64(clamping: bytes)).description }

  private func change(_ change: AuditReport.Change) -> [String: Any] {
    [
      "kind": change.kind.inert, "path": change.path.inert, "detail": (change.detail ?? "").inert,
      "hasDetail": change.detail != nil,
    ]
  }

  private func group(_ group: AuditReport.Group) -> [String: Any] {
    [
      "title": group.title.inert, "count": "\(group.items.count)",
      "hasSize": group.reclaimable > 0, "size": size(group.reclaimable),
      "items": group.items.map { item in
        [
          "paths": item.paths.map(\.inert), "message": item.message.inert, "fix": item.fix.inert,
        ] as [String: Any]
      },
    ]
  }

  private func package(_ package: AuditReport.Package) -> [String: Any] {
    [
      "id": "\(package.id)", "path": package.path.inert, "state": package.state.inert,
      "stateDetail": (package.stateDetail ?? "").inert, "hasDetail": package.stateDetail != nil,
      "product": package.product.inert, "guest": package.guest.inert,
      "hardware": package.hardware.inert, "size": size(package.bytes), "bytes": "\(package.bytes)",
      "updated": package.updated.inert, "updatedOn": "\(package.updatedOn)",
      "errors": "\(package.errors)", "warnings": "\(package.warnings)",
      "tone": package.errors > 0 || package.state == "unreadable"
        ? "bad" : package.warnings > 0 ? "warn" : "good",
      "disks": package.disks.map { ["cells": $0.map(\.inert)] },
      "hasDisks": !package.disks.isEmpty,
      "files": package.files.map { ["cells": $0.map(\.inert)] },
      "findings": package.findings.map { finding in
        [
          "severity": finding.severity.inert, "rule": finding.rule.inert,
          "message": finding.message.inert, "place": finding.place.inert,
          "fix": (finding.fix ?? "").inert, "hasFix": finding.fix != nil,
        ] as [String: Any]
      },
      "hasFindings": !package.findings.isEmpty,
    ]
  }

  /// Bars of the chart, placed: 26 units a row, the label above its bar.
  private func chart(_ chart: AuditReport.Chart) -> [String: Any] {
    let most = max(1, chart.bars.map(\.count).max() ?? 1)
    let rows = chart.bars.enumerated().map { index, bar in
      [
        "label": (bar.label.count > 38 ? bar.label.prefix(37) + "…" : bar.label[...])
          .description.inert,
        "count": "\(bar.count)", "labelY": "\(index * 36 + 12)", "barY": "\(index * 36 + 18)",
        "width": "\(max(2, bar.count * 250 / most))",
        "countX": "\(max(2, bar.count * 250 / most) + 6)", "countY": "\(index * 36 + 28)",
      ]
    }
    return ["title": chart.title.inert, "rows": rows, "height": "\(rows.count * 36 + 4)"]
  }
}
