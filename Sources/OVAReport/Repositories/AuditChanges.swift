import OVABasics
import OVACatalog
import OVATime

/// The changes since a scan by kind; those that somebody has to look at come first.
struct AuditChanges {
  private let reading: AuditReading
  private let changes: [CatalogChange]
  private let isFirst: Bool
  /// The change of each package.
  let kinds: [Int64: SaveResult.Change]

  init(_ reading: AuditReading) throws {
    self.reading = reading
    isFirst = reading.since < 1
    guard let scan = reading.scan, !isFirst else {
      (changes, kinds) = ([], [:])
      return
    }
    changes = try reading.reader.changes(after: reading.since, upTo: scan.id)
    kinds = Dictionary(changes.map { ($0.id, $0.change) }) { _, last in last }
  }

  /// `since scan 12, 2026-01-01`.
  func title() throws -> String {
    guard let scan = reading.scan else { return "" }
    guard !isFirst else { return "by scan \(scan.id), the first" }
    let time = try reading.reader.scan(reading.since).map {
      ", \(reading.times.string(from: $0.finishedOn ?? $0.startedOn))"
    }
    return "since scan \(reading.since)\(time ?? "")"
  }

  /// Returns the files that the last scan could not read. They are no change: the scan before may
  /// not have read them either.
  func unread() throws -> AuditReport.Happening? {
    guard let scan = reading.scan else { return nil }
    let errors = try reading.reader.errors(of: scan.id)
    guard !errors.isEmpty else { return nil }
    return .init(
      "unread", "could not be read", tone: .bad, count: errors.count,
      items: errors.prefix(reading.extent.changes).map { .init(path: $0.path, detail: $0.reason) })
  }

  func happenings() throws -> [AuditReport.Happening] {
    guard let scan = reading.scan else { return [] }
    var happenings: [AuditReport.Happening] = []
    func add(
      _ kind: String, _ title: String, _ tone: AuditReport.Tone, _ count: Int,
      _ items: [AuditReport.Happening.Item]
    ) {
      if count > 0 {
        happenings.append(
          .init(
            kind, title, tone: tone, count: count,
            items: Array(items.prefix(reading.extent.changes)))
        )
      }
    }
    guard !isFirst else {
      add("added", "packages, all of them new", .info, scan.counts.added, [])
      return happenings
    }
    add(
      "new-findings", "new errors and warnings", .bad, try count(new: true), try findings(new: true)
    )
    add(
      "fixed-findings", "errors and warnings fixed", .good, try count(new: false),
      try findings(new: false))
    for (change, title, tone) in [
      (SaveResult.Change.added, "packages added", AuditReport.Tone.good),
      (.returned, "packages that came back", .good), (.changed, "packages changed", .info),
      (.renamed, "packages renamed", .info), (.gone, "packages gone", .warn),
    ] {
      let some = changes.filter { $0.change == change }
      add(
        change.rawValue, title, tone, some.count,
        some.prefix(reading.extent.changes)
          .map { .init(path: $0.path, detail: $0.detail.map { "before: \($0)" }) })
    }
    return happenings
  }

  private func count(new: Bool) throws -> Int {
    guard let scan = reading.scan else { return 0 }
    return try reading.reader.findingChangeCount(after: reading.since, upTo: scan.id, new: new)
  }

  private func findings(new: Bool) throws -> [AuditReport.Happening.Item] {
    guard let scan = reading.scan else { return [] }
    return try reading.reader.findingChanges(
      after: reading.since, upTo: scan.id, new: new, limit: reading.extent.changes
    ).map {
      .init(path: $0.path, detail: "\($0.severity): \($0.message) (\($0.rule))")
    }
  }
}
