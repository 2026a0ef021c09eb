import OVABasics
import OVACatalog
import OVAPolicy
import OVARules
import OVATargets
import OVATime

/// Reads from a catalog what the audit page shows. Sums are the database's; of packages only
/// those that the page lists are held.
package struct AuditReading {
  /// Bounds on the lists of the page.
  package struct Extent: Sendable {
    /// Packages in full, those that need somebody first.
    package var packages = 1000
    /// Lines of one kind of change.
    package var changes = 200
    /// Findings of one kind of the repository as a whole.
    package var findings = 200
    /// Folders.
    package var folders = 40
    /// Files, disks and findings of one package, each.
    package var lines = 100
    /// Packages that are named beside a rule.
    package var places = 100
    /// Scans of the trend.
    package var scans = 30

    package init() {}
  }

  let reader: CatalogReader
  let times: APITime
  let extent: Extent
  /// The last scan; nil when there was none.
  let scan: ScanRow?
  /// The scan before what the page shows as changed.
  let since: Int64

  init(_ reader: CatalogReader, times: APITime, extent: Extent, since: Int64?) throws {
    self.reader = reader
    self.times = times
    self.extent = extent
    scan = try reader.scans(limit: 1).first
    self.since = since ?? (scan?.id ?? 1) - 1
  }

  /// The page; the packages of further ones are handed over, page by page, before it is returned.
  /// - Parameters:
  ///   - home: the file of the page, beside which further ones list what it does not; nil for none.
  func report(
    _ whole: [RepositoryFinding], home: String? = nil,
    further: (AuditReport, _ page: Int) throws -> Void = { _, _ in }
  ) throws -> AuditReport {
    let sums = try reader.catalogSums()
    let perPage = max(home == nil ? 0 : 1, extent.packages)
    let ids = try reader.packagesByNeed(
      changedAfter: since, limit: home == nil ? perPage : sums.packages)
    let reclaimable = whole.reduce(Int64(0)) {
      $0.addingReportingOverflow($1.reclaimable).partialValue
    }
    var report = AuditReport()
    if let home {
      let pages = max(1, (ids.count + perPage - 1) / perPage)
      report.paging = .init(home: home, perPage: perPage, pages: pages)
    }
    report.rules = try rules(ids, perPage: perPage)
    report.targets = try targets()
    report.coverage = try coverage(sums)
    report.verdict = verdict(sums, report.rules)
    report.shares = [
      .init("unreadable", sums.unreadable, tone: .dead),
      .init("with errors", sums.withErrors, tone: .bad),
      .init("in the making or waiting", sums.unsettled, tone: .plain),
      .init("with warnings", sums.withWarnings, tone: .warn),
      .init("sound", sums.sound, tone: .good),
    ]
    report.tiles = tiles(sums, reclaimable: reclaimable)
    report.numbers = [
      ("packages", Int64(sums.packages)), ("bytes", sums.bytes), ("errors", Int64(sums.errors)),
      ("warnings", Int64(sums.warnings)), ("with_errors", Int64(sums.withErrors)),
      ("with_warnings", Int64(sums.withWarnings)), ("sound", Int64(sums.sound)),
      ("unreadable", Int64(sums.unreadable)), ("unsettled", Int64(sums.unsettled)),
      ("reclaimable_bytes", reclaimable),
    ]
    let changes = try AuditChanges(self)
    report.since = try changes.title()
    report.happenings = try changes.happenings()
    report.unread = try changes.unread()
    report.trend = try reader.scanTotals(limit: extent.scans).map { totals in
      .init(
        scan: totals.scan, time: times.string(from: totals.finishedOn), packages: totals.packages,
        bytes: totals.bytes, errors: totals.errors, warnings: totals.warnings)
    }
    (report.folders, report.foldersLeftOut) = try folders()
    report.charts = try charts()
    report.groups = groups(whole)
    report.packagesLeftOut = sums.packages - ids.count
    func entries(_ ids: ArraySlice<Int64>) throws -> [AuditReport.Package] {
      try ids.compactMap { id in
        try reader.package(id: id, scope: .all).map { entry($0, change: changes.kinds[id]) }
      }
    }
    for page in 1...max(1, report.paging?.pages ?? 1) where page > 1 {
      var part = report
      part.packages = try entries(ids.dropFirst((page - 1) * perPage).prefix(perPage))
      try further(part, page)
    }
    report.packages = try entries(ids.prefix(perPage))
    return report
  }

  private func coverage(_ sums: CatalogSums) throws -> [String] {
    let places = try reader.repositories().map(\.mapping).map { "[\($0.dataStore)] \($0.folder)" }
    var lines = [places.listed(most: 5)].filter { !$0.isEmpty }
    guard let scan else { return lines + ["The records were imported; nothing was scanned yet."] }
    let end = scan.finishedOn.map { "ended \(times.string(from: $0))" } ?? "did not end"
    let count = scan.counts.packages
    var line = "Scan \(scan.id) \(end): \(count) \(count == 1 ? "package" : "packages") looked at"
    // A scan of some repositories, or a user's sync, covers a part of what is listed here.
    line += count == sums.packages ? "" : " of the \(sums.packages) told of here"
    line += Self.reservation(scan.counts) + "."
    let unread = sums.unreadable + sums.unsettled
    if unread > 0 {
      line += " \(sums.packages - unread) of \(sums.packages) were read to the end."
    }
    lines.append(line)
    return lines
  }

  /// Returns the reason why a scan may not have seen all: an error, or because it was stopped.
  private static func reservation(_ counts: ScanCounts) -> String {
    guard counts.isPartial else { return "" }
    return counts.errors > 0 ? "; something could not be read" : "; it was stopped before its end"
  }

  private func verdict(_ sums: CatalogSums, _ rules: [AuditReport.Count]) -> String {
    guard sums.packages > 0 else { return "There are no packages in the catalog." }
    let bad = sums.withErrors + sums.unreadable
    guard bad > 0 else {
      return sums.withWarnings + sums.unsettled == 0
        ? "All \(sums.packages) packages are sound."
        : "No package has an error; \(sums.withWarnings) of \(sums.packages) have warnings."
    }
    var parts: [String] = []
    if sums.withErrors > 0 { parts.append("\(sums.withErrors) have errors") }
    if sums.unreadable > 0 { parts.append("\(sums.unreadable) cannot be read") }
    let causes = rules.filter { $0.severity == "error" }.prefix(3).map {
      "\($0.title.prefix(1).lowercased())\($0.title.dropFirst()) (\($0.packages))"
    }
    let often = causes.isEmpty ? "" : " Most often: \(causes.joined(separator: "; "))."
    return "\(bad) of \(sums.packages) packages need fixing: "
      + "\(parts.joined(separator: ", ")).\(often)"
  }

  private func tiles(_ sums: CatalogSums, reclaimable: Int64) -> [AuditReport.Tile] {
    func tile(_ count: Int, _ title: String, _ tone: AuditReport.Tone) -> AuditReport.Tile {
      .init("\(count)", title, tone: count > 0 ? tone : .plain)
    }
    return [
      tile(sums.packages, "packages", .plain),
      .init(ByteCount(UInt64(clamping: sums.bytes)).description, "in all"),
      tile(sums.errors, "errors", .bad),
      tile(sums.warnings, "warnings", .warn),
      tile(sums.unreadable, "unreadable", .dead),
      tile(sums.unsettled, "in the making or waiting", .info),
      .init(
        ByteCount(UInt64(clamping: reclaimable)).description, "could be reclaimed",
        tone: reclaimable > 0 ? .info : .plain),
    ]
  }

  /// - Parameter ids: the packages that pages list, in their order.
  private func rules(_ ids: [Int64], perPage: Int) throws -> [AuditReport.Count] {
    let known = Dictionary(Rule.listed.map { ($0.id, $0) }) { first, _ in first }
    let ranks = Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
    return try reader.ruleCounts().map { count in
      let rule = known[count.rule]
      let found = try reader.packages(with: count.rule, count.severity)
      let places = try places(of: found, ranks, perPage: perPage)
      return AuditReport.Count(
        rule: count.rule, severity: count.severity, title: rule?.title ?? count.rule,
        why: rule?.why ?? "", fix: rule?.fix ?? "", findings: count.findings,
        packages: count.packages, places: places)
    }
  }

  /// The most reasons that are listed for one target.
  private static let mostReasons = 12

  func targets() throws -> [AuditReport.Target] {
    func gravity(_ reason: AuditReport.Target.Reason) -> TargetVerdict {
      TargetEffect(rawValue: reason.effect)?.verdict ?? .nothingKnown
    }
    let reasons = try reader.verdictReasonCounts()
    return try reader.verdictCounts().map { count in
      let known = (reasons[count.target] ?? []).compactMap { reason -> AuditReport.Target.Reason? in
        let condition = TargetProduct.condition(reason.condition)?.condition
        // What every package has says nothing about these.
        guard condition?.dependsOn == nil, reason.effect != TargetEffect.note.rawValue else {
          return nil
        }
        return .init(
          condition: reason.condition, effect: reason.effect,
          title: condition?.title ?? reason.condition, fix: condition?.fix ?? "",
          packages: reason.packages)
      }.sorted { a, b in
        let (x, y) = (gravity(a), gravity(b))
        if x != y { return x > y }
        return a.packages == b.packages ? a.condition < b.condition : a.packages > b.packages
      }
      func packages(_ verdict: TargetVerdict) -> Int { count.counts[verdict.rawValue] ?? 0 }
      return AuditReport.Target(
        id: count.target, title: (try? Target.named(count.target))?.title ?? count.target,
        fails: packages(.fails), loss: packages(.loss), unknown: packages(.unknown),
        nothingKnown: packages(.nothingKnown), unjudged: count.unjudged,
        reasons: Array(known.prefix(Self.mostReasons)))
    }
  }

  /// The first of packages; those that no page lists come last.
  private func places(
    of packages: [Int64], _ ranks: [Int64: Int], perPage: Int
  ) throws -> [AuditReport.Place] {
    let ranked: [(rank: Int, id: Int64)] = packages.map { (ranks[$0] ?? Int.max, $0) }
    let sorted = ranked.sorted { a, b in a.rank == b.rank ? a.id < b.id : a.rank < b.rank }
    var places: [AuditReport.Place] = []
    for (rank, id) in sorted.prefix(extent.places) {
      guard let record = try reader.record(id: id, scope: .all) else { continue }
      let page = rank == Int.max ? nil : rank / max(1, perPage) + 1
      places.append(.init(id: id, path: record.path, page: page))
    }
    return places
  }

  private func groups(_ whole: [RepositoryFinding]) -> [AuditReport.Group] {
    RepositoryFinding.Kind.allCases.compactMap { kind in
      let findings = whole.filter { $0.kind == kind }
      guard !findings.isEmpty else { return nil }
      return AuditReport.Group(
        kind: kind.rawValue, title: kind.title, count: findings.count,
        reclaimable: findings.reduce(0) { $0.addingReportingOverflow($1.reclaimable).partialValue },
        items: findings.prefix(extent.findings).map { finding in
          let left = finding.pathCount - min(finding.paths.count, extent.lines)
          return (
            Array(finding.paths.prefix(extent.lines)),
            finding.message + (left > 0 ? ", \(left) of them not shown" : ""), finding.fix
          )
        })
    }
  }
}
