import OVABasics
import OVATargets

extension AuditPage {
  func package(_ package: AuditReport.Package) -> [String: Any] {
    let (folder, name) = Self.folderAndName(package.path.forDisplay)
    let isDead = ["unreadable", "broken"].contains(package.state)
    let tone: AuditReport.Tone =
      package.errors > 0 || isDead
      ? .bad : package.warnings > 0 || package.state != "whole" ? .warn : .good
    return [
      "id": "\(package.id)", "folder": folder, "name": name,
      "state": package.state.forDisplay, "isWhole": package.state == "whole",
      "stateTone": isDead ? "dead" : package.state == "whole" ? "good" : "warn",
      "stateDetail": (package.stateDetail ?? "").forDisplay,
      "hasDetail": package.stateDetail != nil,
      "product": package.product.forDisplay, "hasProduct": !package.product.isEmpty,
      "guest": package.guest.forDisplay, "hardware": package.hardware.forDisplay,
      "size": Self.size(package.bytes), "bytes": "\(package.bytes)",
      "updated": package.updated.forDisplay, "updatedOn": "\(package.updatedOn)",
      "errors": Self.counted(package.errors, "error"), "hasErrors": package.errors > 0,
      "warnings": Self.counted(package.warnings, "warning"), "hasWarnings": package.warnings > 0,
      "isGood": tone == .good,
      "change": (package.change ?? "").forDisplay, "hasChange": package.change != nil,
      "changeTone": package.change == "added" || package.change == "returned" ? "good" : "info",
      // What sorting by health goes by: the worse, the greater.
      "need": "\((isDead ? 2_000_000_000 : 0) + package.errors * 10_000 + package.warnings)",
      "tone": tone.rawValue,
      "disks": package.disks.map { ["cells": $0.map(\.forDisplay)] },
      "hasDisks": !package.disks.isEmpty,
      "files": package.files.map { ["cells": $0.map(\.forDisplay)] },
      "hasFiles": !package.files.isEmpty,
      "findings": package.findings.map { finding in
        [
          "severity": finding.severity.forDisplay, "rule": finding.rule.forDisplay,
          "message": finding.message.forDisplay, "place": finding.place.forDisplay,
          "fix": Markup.codeParts(finding.fix ?? ""), "hasFix": finding.fix != nil,
        ] as [String: Any]
      },
      "hasFindings": !package.findings.isEmpty,
      "verdicts": package.verdicts.map { verdict in
        [
          "target": verdict.target.forDisplay, "tone": Self.tone(ofEffect: verdict.verdict),
          "words": (TargetVerdict(rawValue: verdict.verdict)?.words ?? verdict.verdict).forDisplay,
        ]
      },
      "hasVerdicts": !package.verdicts.isEmpty,
      "left": Self.number(package.leftOut), "hasLeft": package.leftOut > 0,
    ]
  }

  /// `3 errors`, `1 error`.
  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(number(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A datastore path as what leads to the name, and the name.
  private static func folderAndName(_ path: String) -> (folder: String, name: String) {
    var end = path.utf8.startIndex
    for index in path.utf8.indices where path.utf8[index] == UInt8(ascii: "/") {
      end = path.utf8.index(after: index)
    }
    if end == path.utf8.startIndex, let bracket = path.utf8.firstIndex(of: UInt8(ascii: "]")) {
      end = path.utf8.index(after: bracket)
      if end < path.utf8.endIndex, path.utf8[end] == UInt8(ascii: " ") {
        end = path.utf8.index(after: end)
      }
    }
    guard end < path.utf8.endIndex else { return ("", path) }
    return (String(path[..<end]), String(path[end...]))
  }
}
