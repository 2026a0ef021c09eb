import OVABasics
import OVACatalog
import OVAReport
import OVATime

/// Writes records of a catalog to standard output.
struct CatalogOutput {
  let store: CatalogStore
  let query: QueryOptions
  let timeZone: String

  /// All records of the query, or the page asked for, in one of the forms.
  func export(
    _ format: CatalogExportCommand.Format, dialect: SQLDialect = .sqlite
  ) throws {
    let times = try APITime(zoneNamed: timeZone)
    let asked = try query.query(times)
    let paging = try query.paging()
    if format == .hardware { return try exportDocuments(asked, paging, times) }
    var writer = RecordWriter(
      format: RecordFormat(rawValue: format.rawValue) ?? .json, times: times, user: query.user,
      dialect: dialect)
    var bytes: [UInt8] = []
    let progress = ProgressLine("exporting", noun: "image")
    defer { progress.end() }
    writer.start(to: &bytes)
    try store.read { reader in
      func write(_ record: Record) {
        writer.append(record, to: &bytes)
        progress.count(record.path)
        if bytes.count > 1 << 16 { progress.aside { flush(&bytes, above: 1 << 16) } }
      }
      if let paging {
        for record in try reader.page(asked, paging: paging).rows { write(record) }
      } else {
        try reader.forEachRecord(asked, write)
      }
    }
    writer.end(to: &bytes)
    progress.end()
    flush(&bytes, above: 0)
  }

  private func flush(_ bytes: inout [UInt8], above limit: Int) {
    guard bytes.count > limit else { return }
    Output.standardOutput.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// One line a package: its record, its state and its document.
  private func exportDocuments(_ asked: ImageQuery, _ paging: Paging?, _ times: APITime) throws {
    let progress = ProgressLine("exporting", noun: "image")
    defer { progress.end() }
    try store.read { reader in
      func write(_ record: Record) throws {
        guard let package = try reader.package(id: record.id, scope: .all) else { return }
        progress.count(record.path)
        progress.aside { Output.standardOutput.write(PackageRowJSON(package, times: times).line()) }
      }
      if let paging {
        for record in try reader.page(asked, paging: paging).rows { try write(record) }
      } else {
        try reader.forEachRecord(asked, write)
      }
    }
  }

  /// A table for people.
  func list() throws {
    let times = try APITime(zoneNamed: timeZone)
    let page = try store.read {
      try $0.page(try query.query(times), paging: try query.paging())
    }
    var table = TextTable()
    table.add(["id", "path", "public", "updated"])
    for record in page.rows {
      table.add([
        String(record.id), record.path, record.isPublic ? "yes" : "no",
        times.string(from: record.updatedOn),
      ])
    }
    var lines = table.lines()
    let most = page.rows.count == page.total ? "" : "\(page.rows.count) of "
    lines.append("\(most)\(counted(page.total, "image"))")
    Output.standardOutput.write(lines.joined(separator: "\n") + "\n")
  }
}
