public import OVATime

/// The forms that records are written in and read from.
public enum RecordFormat: String, CaseIterable, Sendable {
  /// A JSON array.
  case json
  /// One JSON object a line.
  case ndjson
  /// RFC 4180 with a header row; a null folder is empty.
  case csv
  /// The image API's list answer.
  case api
  /// A table's definition and INSERT statements; written only.
  case sql
}

/// The database whose SQL is written: databases differ in types, quotes and backslashes.
public enum SQLDialect: String, CaseIterable, Sendable {
  case sqlite
  case postgresql
  case mysql
}

/// Writes records in one of the forms, one after the other, holding none back.
public struct RecordWriter: Sendable {
  /// The nine keys, in the order that every form has them.
  public static let keys = [
    "created_on", "data_store", "folder", "id", "label", "name", "path", "public", "updated_on",
  ]

  private let format: RecordFormat
  private let times: APITime
  private let list: String
  private let user: String?
  private let sql: SQLRecords
  private var count = 0

  /// Makes a writer. `list` and `user` are what the `api` form shows as the list's URL and the
  /// asking user, `table` is the table that `sql` makes and inserts into, in a dialect.
  public init(
    format: RecordFormat, times: APITime, list: String = "/v2/image", user: String? = nil,
    table: String = "images", dialect: SQLDialect = .sqlite
  ) {
    self.format = format
    self.times = times
    self.list = list
    self.user = user
    sql = SQLRecords(table: table, dialect: dialect)
  }

  /// Appends what comes before the first record.
  public mutating func start(to bytes: inout [UInt8]) {
    count = 0
    switch format {
    case .json: bytes.append(UInt8(ascii: "["))
    case .csv: bytes.append(contentsOf: (Self.keys.joined(separator: ",") + "\r\n").utf8)
    case .api: envelope.appendStart(to: &bytes)
    case .sql: sql.appendStart(to: &bytes)
    case .ndjson: break
    }
  }

  /// Appends a record.
  public mutating func append(_ record: Record, to bytes: inout [UInt8]) {
    if count > 0, format == .json || format == .api { bytes.append(UInt8(ascii: ",")) }
    count += 1
    switch format {
    case .json:
      bytes.append(UInt8(ascii: "\n"))
      record.appendJSON(times: times, to: &bytes)
    case .api:
      record.appendJSON(times: times, to: &bytes)
    case .ndjson:
      record.appendJSON(times: times, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    case .csv: appendCSV(record, to: &bytes)
    case .sql: sql.append(record, to: &bytes)
    }
  }

  /// Appends what comes after the last record.
  public mutating func end(to bytes: inout [UInt8]) {
    switch format {
    case .json: bytes.append(contentsOf: "\n]\n".utf8)
    case .api:
      envelope.appendEnd(count: count, time: .zero, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    case .sql: sql.appendEnd(to: &bytes)
    case .ndjson, .csv: break
    }
  }

  /// All of it at once.
  public static func bytes(
    of records: some Sequence<Record>, format: RecordFormat, times: APITime
  ) -> [UInt8] {
    var writer = RecordWriter(format: format, times: times)
    var bytes: [UInt8] = []
    writer.start(to: &bytes)
    for record in records { writer.append(record, to: &bytes) }
    writer.end(to: &bytes)
    return bytes
  }

  /// Everything on one page, as the API answers when no page is asked for.
  private var envelope: ListEnvelope {
    ListEnvelope(
      selfURL: list,
      links: PageLinks(
        list: list, expands: true, paging: Paging(perPage: max(count, 1)), total: count),
      user: user)
  }

  private func appendCSV(_ record: Record, to bytes: inout [UInt8]) {
    let fields = [
      times.string(from: record.createdOn), record.dataStore, record.folder ?? "",
      String(record.id), record.label, record.name, record.path, String(record.isPublic),
      times.string(from: record.updatedOn),
    ]
    for (index, text) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      let field = CSVCell.guarded(text)
      guard field.utf8.contains(where: { ",;\t\"\r\n".utf8.contains($0) }) else {
        bytes.append(contentsOf: field.utf8)
        continue
      }
      bytes.append(UInt8(ascii: "\""))
      for byte in field.utf8 {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(contentsOf: "\r\n".utf8)
  }
}
