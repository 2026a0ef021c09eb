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
  /// INSERT statements; written only.
  case sql
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
  private let table: String
  private var count = 0

  /// Makes a writer. `list` and `user` are what the `api` form shows as the list's URL and the
  /// asking user, `table` is the table that `sql` inserts into.
  public init(
    format: RecordFormat, times: APITime, list: String = "/v2/image", user: String? = nil,
    table: String = "images"
  ) {
    self.format = format
    self.times = times
    self.list = list
    self.user = user
    self.table = SQLText.identifier(table)
  }

  /// Appends what comes before the first record.
  public mutating func start(to bytes: inout [UInt8]) {
    count = 0
    switch format {
    case .json: bytes.append(UInt8(ascii: "["))
    case .csv: bytes.append(contentsOf: (Self.keys.joined(separator: ",") + "\r\n").utf8)
    case .api: envelope.appendStart(to: &bytes)
    case .ndjson, .sql: break
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
    case .sql: appendSQL(record, to: &bytes)
    }
  }

  /// Appends what comes after the last record.
  public mutating func end(to bytes: inout [UInt8]) {
    switch format {
    case .json: bytes.append(contentsOf: "\n]\n".utf8)
    case .api:
      envelope.appendEnd(count: count, time: .zero, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    case .ndjson, .csv, .sql: break
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

  /// Everything on one page, as the API answers when nobody asks for pages.
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
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      guard field.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else {
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

  private func appendSQL(_ record: Record, to bytes: inout [UInt8]) {
    let columns = Self.keys.joined(separator: ", ")
    bytes.append(contentsOf: "INSERT INTO \(table) (\(columns)) VALUES ('".utf8)
    APITime.appendUTC(record.createdOn, to: &bytes)
    let texts = [
      "', ", SQLText.literal(record.dataStore), ", ",
      record.folder.map(SQLText.literal) ?? "NULL", ", \(record.id), ",
      SQLText.literal(record.label), ", ", SQLText.literal(record.name), ", ",
      SQLText.literal(record.path), record.isPublic ? ", TRUE, '" : ", FALSE, '",
    ]
    for text in texts { bytes.append(contentsOf: text.utf8) }
    APITime.appendUTC(record.updatedOn, to: &bytes)
    bytes.append(contentsOf: "');\n".utf8)
  }
}

/// Text as standard SQL writes it; only for files of statements, never for statements run here.
enum SQLText {
  static func literal(_ text: String) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "'")]
    for byte in text.utf8 {
      if byte == UInt8(ascii: "'") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "'"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// As it is when it is a plain word (which MySQL wants unquoted), else in double quotes.
  static func identifier(_ name: String) -> String {
    let isPlain =
      !name.isEmpty && name.utf8.first?.isASCIIDigit == false
      && name.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
    guard !isPlain else { return name }
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in name.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
    return String(decoding: bytes, as: UTF8.self)
  }
}
