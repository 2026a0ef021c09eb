import OVABasics
import OVACatalog
import OVATime

extension AuditReading {
  /// A package as the page lists it.
  func entry(_ package: PackageRow, change: SaveResult.Change?) -> AuditReport.Package {
    let facts = package.facts
    var entry = AuditReport.Package()
    entry.id = package.record.id
    entry.path = package.record.path
    entry.state = package.state.rawValue
    entry.stateDetail = package.stateDetail
    entry.product = [facts?.product, facts?.version, facts?.vendor].compactMap { $0 }
      .filter { !$0.isEmpty }.joined(separator: ", ")
    entry.guest = facts?.guestSystem ?? ""
    entry.hardware = facts.map(Self.hardware) ?? ""
    entry.bytes =
      facts?.size
      ?? package.files.filter { !$0.isMember }
      .reduce(0) { $0.addingReportingOverflow($1.size).partialValue }
    entry.updatedOn = package.record.updatedOn
    // The day is enough for a list.
    entry.updated = String(times.string(from: package.record.updatedOn).prefix(10))
    entry.errors = package.findings.count { $0.severity == "error" }
    entry.warnings = package.findings.count { $0.severity == "warning" }
    entry.change = change == .unchanged ? nil : change?.rawValue
    entry.disks = package.disks.prefix(extent.lines).map { disk in
      [disk.slot ?? "", Self.size(disk.capacity), disk.format ?? "", disk.file ?? "no file"]
    }
    entry.files = package.files.prefix(extent.lines).map { file in
      [file.name, Self.size(file.size), file.digests["sha256"] ?? ""]
    }
    let worst = package.findings.filter { $0.severity == "error" }
    let doubtful = package.findings.filter { $0.severity == "warning" }
    let rest = package.findings.filter { $0.severity != "error" && $0.severity != "warning" }
    entry.findings = (worst + doubtful + rest).prefix(extent.lines).map { finding in
      AuditReport.Finding(
        severity: finding.severity, rule: finding.rule, message: finding.message,
        place: finding.file + (finding.line.map { ", line \($0)" } ?? ""), fix: finding.fix)
    }
    entry.verdicts = package.verdicts.map { ($0.target, $0.verdict) }
    entry.leftOut = [package.disks.count, package.files.count, package.findings.count]
      .reduce(0) { $0 + max(0, $1 - extent.lines) }
    return entry
  }

  private static func hardware(_ facts: PackageFacts) -> String {
    [
      facts.systems > 1 ? "\(facts.systems) machines" : nil,
      facts.virtualCPUs.map { "\($0) vCPU" }, facts.memory.map { size($0) },
      facts.networkAdapters > 0 ? "\(facts.networkAdapters) NIC" : nil, facts.hardwareFamily,
    ].compactMap { $0 }.joined(separator: ", ")
  }

  private static func size(_ bytes: Int64?) -> String {
    bytes.map { ByteCount(UInt64(clamping: $0)).description } ?? ""
  }
}
