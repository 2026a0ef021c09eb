import OVACatalog
import OVATime

/// The charts and folders of the page.
extension AuditReading {
  private static let sizeBounds: [(String, Int64)] = [
    ("below 1 MiB", 1 << 20), ("1 to 100 MiB", 100 << 20), ("100 MiB to 1 GiB", 1 << 30),
    ("1 to 10 GiB", 10 << 30), ("10 to 100 GiB", 100 << 30),
  ]
  private static let ageBounds: [(String, Int64)] = [
    ("5 years and more", 1825), ("3 to 5 years", 1095), ("1 to 3 years", 365),
    ("6 to 12 months", 182), ("1 to 6 months", 30),
  ]

  /// Returns the time from which ages are counted, so that one catalog gives one page: the last
  /// scan's end, or the newest package of records that were only imported.
  private func now() throws -> Int64 {
    if let scan { return scan.finishedOn ?? scan.startedOn }
    return try reader.newestUpdate() ?? 0
  }

  func charts() throws -> [AuditReport.Chart] {
    let now = try now()
    let sizes = try reader.sizeClasses(Self.sizeBounds.map(\.1))
    let ages = try reader.updateClasses(Self.ageBounds.map { now - $0.1 * 86_400 })
    return [
      try ranked("Guest systems", .guestSystem), try ranked("Hardware families", .hardwareFamily),
      try ranked("Disk formats", .diskFormat, unit: "disks"),
      .init(
        title: "Sizes of packages",
        bars: Array(zip(Self.sizeBounds.map(\.0) + ["100 GiB and more"], sizes))),
      .init(
        title: "Last change of packages",
        bars: Array(zip(Self.ageBounds.map(\.0) + ["below a month"], ages)).reversed()),
    ]
  }

  /// The most frequent first, what is left as one.
  private func ranked(
    _ title: String, _ countable: CatalogReader.Countable, unit: String = "packages"
  ) throws -> AuditReport.Chart {
    let counts = try reader.counts(of: countable)
    let rest = counts.dropFirst(7).reduce(0) { $0 + $1.count }
    return .init(
      title: title, unit: unit, bars: counts.prefix(7).map { ($0.value ?? "not said", $0.count) },
      rest: rest > 0 ? (counts.count - 7, rest) : nil)
  }

  /// Folders at the greatest depth at which they are few enough to be looked at.
  func folders() throws -> ([AuditReport.Folder], leftOut: Int) {
    var depths = FolderDepths(most: extent.folders)
    try reader.forEachFolder { depths.add($0, $1) }
    let folders = depths.best.map { sums -> AuditReport.Folder in
      var folder = AuditReport.Folder(path: sums.path)
      folder.packages = sums.packages
      folder.withErrors = sums.withErrors
      folder.withWarnings = sums.withWarnings
      folder.unreadable = sums.unreadable
      folder.bytes = sums.bytes
      return folder
    }.sorted { a, b in
      let (worse, better) = (a.withErrors + a.unreadable, b.withErrors + b.unreadable)
      if worse != better { return worse > better }
      return a.withWarnings == b.withWarnings
        ? a.path.utf8.lexicographicallyPrecedes(b.path.utf8) : a.withWarnings > b.withWarnings
    }
    return (Array(folders.prefix(extent.folders)), max(0, folders.count - extent.folders))
  }
}
