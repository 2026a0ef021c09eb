import OVABasics
package import OVACatalog
package import OVAReport
import OVARules

extension RepositoryAudit {
  /// The whole audit, for the page.
  /// - Parameter now: seconds since 1970, for ages.
  package func report(
    store: CatalogStore, now: Int64, times: APITime, packageLimit: Int = 5000
  ) throws -> AuditReport {
    let whole = try findings()
    return try store.read { reader in
      var reading = AuditReading(times: times, now: now, packageLimit: packageLimit)
      try reader.forEachRecord(ImageQuery(scope: .all, sort: Sort("path,asc"))) { record in
        if let package = try reader.package(id: record.id, scope: .all) { reading.add(package) }
      }
      return try reading.report(reader, whole)
    }
  }
}

/// Gathers what the page shows from the packages of a catalogue, one after the other.
struct AuditReading {
  let times: APITime
  let now: Int64
  let packageLimit: Int
  private var report = AuditReport()
  private var folders: [String: AuditReport.Folder] = [:]
  private var charts: [[String: Int]] = Array(repeating: [:], count: 5)
  private var states: [String: Int] = [:]
  private var count = 0
  private var bytes: Int64 = 0
  private var errors = 0
  private var warnings = 0
  private var withFindings = 0

  init(times: APITime, now: Int64, packageLimit: Int) {
    self.times = times
    self.now = now
    self.packageLimit = packageLimit
  }

  mutating func add(_ package: PackageRow) {
    let record = package.record
    let size = package.facts?.size ?? package.files.first?.size ?? 0
    let bad = package.findings.count { $0.severity == "error" }
    let doubtful = package.findings.count { $0.severity == "warning" }
    count += 1
    bytes = bytes.addingReportingOverflow(size).partialValue
    errors += bad
    warnings += doubtful
    if bad + doubtful > 0 { withFindings += 1 }
    states[package.state.rawValue, default: 0] += 1
    let path = DatastorePath(record.path)
    let folder = "[\(record.dataStore)] \(path?.folder ?? "")"
    folders[folder, default: AuditReport.Folder(path: folder)].packages += 1
    folders[folder]?.errors += bad
    folders[folder]?.warnings += doubtful
    folders[folder]?.bytes += size
    if let facts = package.facts {
      charts[0][facts.guestSystem ?? "not said", default: 0] += 1
      charts[1][facts.hardwareFamily ?? "not said", default: 0] += 1
    }
    for disk in package.disks { charts[2][disk.format ?? "not said", default: 0] += 1 }
    charts[3][Self.sizeClass(size), default: 0] += 1
    charts[4][Self.ageClass(now - record.updatedOn), default: 0] += 1
    guard report.packages.count < packageLimit else {
      report.packagesLeftOut += 1
      return
    }
    report.packages.append(entry(package, size: size, errors: bad, warnings: doubtful))
  }

  private func entry(
    _ package: PackageRow, size: Int64, errors: Int, warnings: Int
  ) -> AuditReport.Package {
    let facts = package.facts
    var entry = AuditReport.Package()
    entry.id = package.record.id
    entry.path = package.record.path
    entry.state = package.state.rawValue
    entry.stateDetail = package.stateDetail
    entry.product = [facts?.product, facts?.version, facts?.vendor].compactMap { $0 }
      .joined(separator: ", ")
    entry.guest = facts?.guestSystem ?? ""
    entry.hardware = [
      facts?.hardwareFamily, facts?.virtualCPUs.map { "\($0) vCPU" },
      facts?.memory.map { ByteCount(UInt64(clamping: $0)).description },
      facts.map { "\($0.networkAdapters) NIC" },
    ].compactMap { $0 }.joined(separator: ", ")
    entry.bytes = size
    entry.updatedOn = package.record.updatedOn
    entry.updated = times.string(from: package.record.updatedOn)
    entry.errors = errors
    entry.warnings = warnings
    entry.disks = package.disks.prefix(100).map { disk in
      [
        disk.slot ?? "", disk.capacity.map { ByteCount(UInt64(clamping: $0)).description } ?? "",
        disk.format ?? "", disk.file ?? "no file",
      ]
    }
    entry.files = package.files.prefix(200).map { file in
      [
        file.name, ByteCount(UInt64(clamping: file.size)).description,
        file.digests["sha256"].map { "sha256 \($0)" } ?? "",
      ]
    }
    entry.findings = package.findings.prefix(200).map { finding in
      AuditReport.Finding(
        severity: finding.severity, rule: finding.rule, message: finding.message,
        place: finding.file + (finding.line.map { ", line \($0)" } ?? ""), fix: finding.fix)
    }
    return entry
  }

  private static func sizeClass(_ bytes: Int64) -> String {
    switch bytes {
    case ..<(1 << 20): "below 1 MiB"
    case ..<(100 << 20): "1 to 100 MiB"
    case ..<(1 << 30): "100 MiB to 1 GiB"
    case ..<(10 << 30): "1 to 10 GiB"
    case ..<(100 << 30): "10 to 100 GiB"
    default: "100 GiB and more"
    }
  }

  private static func ageClass(_ seconds: Int64) -> String {
    switch seconds / 86400 {
    case ..<30: "below a month"
    case ..<182: "1 to 6 months"
    case ..<365: "6 to 12 months"
    case ..<1095: "1 to 3 years"
    case ..<1825: "3 to 5 years"
    default: "5 years and more"
    }
  }

  private static let sizes = [
    "below 1 MiB", "1 to 100 MiB", "100 MiB to 1 GiB", "1 to 10 GiB", "10 to 100 GiB",
    "100 GiB and more",
  ]
  private static let ages = [
    "below a month", "1 to 6 months", "6 to 12 months", "1 to 3 years", "3 to 5 years",
    "5 years and more",
  ]

  /// The most frequent first, what is left as one.
  private static func ranked(_ counts: [String: Int], most: Int = 8) -> [(String, Int)] {
    let sorted = counts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    let rest = sorted.dropFirst(most).reduce(0) { $0 + $1.value }
    return sorted.prefix(most).map { ($0.key, $0.value) } + (rest > 0 ? [("others", rest)] : [])
  }

  mutating func report(
    _ reader: CatalogReader, _ whole: [RepositoryFinding]
  ) throws -> AuditReport {
    let repositories = try reader.repositories().map(\.mapping)
    let scan = try reader.scans(limit: 1).first
    report.coverage.append(
      repositories.map { "[\($0.dataStore)] \($0.folder)" }.joined(separator: ", ")
        + ": \(count) packages, \(ByteCount(UInt64(clamping: bytes))).")
    if let scan {
      let end = scan.finishedOn.map { "ended \(times.string(from: $0))" } ?? "did not end"
      report.coverage.append(
        "Scan \(scan.id) \(end)"
          + (scan.counts.isPartial ? ", partial: something could not be read." : "."))
      report.changes = try reader.changes(of: scan.id).prefix(2000).map {
        AuditReport.Change(
          kind: $0.change.rawValue, path: $0.path, detail: $0.detail.map { "before: \($0)" })
      }
      report.problems = try reader.errors(of: scan.id).prefix(2000).map {
        AuditReport.Change(kind: "error", path: $0.path, detail: $0.reason)
      }
    }
    let reclaimable = whole.reduce(Int64(0)) {
      $0.addingReportingOverflow($1.reclaimable).partialValue
    }
    report.tiles = [
      .init("\(count)", "packages"),
      .init(ByteCount(UInt64(clamping: bytes)).description, "in all"),
      .init("\(errors)", "errors", tone: errors > 0 ? "bad" : "good"),
      .init("\(warnings)", "warnings", tone: warnings > 0 ? "warn" : "good"),
      .init("\(count - withFindings)", "without errors or warnings"),
      .init(
        "\(states["unreadable"] ?? 0)", "unreadable", tone: states["unreadable"] == nil ? "" : "bad"
      ),
      .init("\((states["changing"] ?? 0) + (states["waiting"] ?? 0))", "in the making or waiting"),
      .init(ByteCount(UInt64(clamping: reclaimable)).description, "could be reclaimed"),
    ]
    let titles = Dictionary(Rule.all.map { ($0.id, $0.title) }) { first, _ in first }
    report.rules = try reader.ruleCounts().map {
      AuditReport.Count(
        name: $0.rule, severity: $0.severity, title: titles[$0.rule] ?? "",
        findings: $0.findings, packages: $0.packages)
    }
    report.folders = folders.values.sorted {
      $0.errors == $1.errors ? $0.path < $1.path : $0.errors > $1.errors
    }
    report.charts = [
      .init(title: "Guest systems", bars: Self.ranked(charts[0])),
      .init(title: "Hardware families", bars: Self.ranked(charts[1])),
      .init(title: "Disk formats", bars: Self.ranked(charts[2])),
      .init(
        title: "Sizes",
        bars: Self.sizes.compactMap { name in charts[3][name].map { (name, $0) } }),
      .init(
        title: "Age of the last change",
        bars: Self.ages.compactMap { name in charts[4][name].map { (name, $0) } }),
    ]
    report.groups = RepositoryFinding.Kind.allCases.compactMap { kind in
      let findings = whole.filter { $0.kind == kind }
      guard !findings.isEmpty else { return nil }
      return AuditReport.Group(
        title: kind.title,
        reclaimable: findings.reduce(0) { $0.addingReportingOverflow($1.reclaimable).partialValue },
        items: findings.prefix(500).map { ($0.paths, $0.message, $0.fix) })
    }
    return report
  }
}
