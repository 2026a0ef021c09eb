import FoundationEssentials
public import OVABasics
public import OVATime

/// Reads records that exist elsewhere, with their ids, times and order.
///
/// Keys beyond the nine are ignored; a record that lacks one or has one of the wrong kind is an
/// error that names the record or the line. A missing folder is null; nothing else is guessed.
public struct RecordReader: Sendable {
  private let times: APITime
  private let file: String

  /// Makes a reader; `file` is the name that errors show.
  public init(times: APITime, file: String) {
    self.times = times
    self.file = file
  }

  /// Guesses the format of bytes by their first characters.
  public static func format(of bytes: [UInt8]) -> RecordFormat {
    let start = bytes[withoutMark(bytes)...].drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    switch start.first {
    case UInt8(ascii: "["): return .json
    case UInt8(ascii: "{"):
      let line = start.prefix { $0 != UInt8(ascii: "\n") }
      return (try? JSONDecoder().decode(LooseRecord.self, from: Data(line))) == nil ? .api : .ndjson
    default: return .csv
    }
  }

  /// The records in a form's bytes, in their order.
  ///
  /// Throws `.malformedRecord`, and `.conflict` when two records have one id or one path.
  public func records(
    in bytes: [UInt8], format: RecordFormat? = nil
  ) throws(CatalogError) -> [Record] {
    let content = bytes[Self.withoutMark(bytes)...]
    let records =
      switch format ?? Self.format(of: bytes) {
      case .json: try array(content, as: [LooseRecord].self) { $0 }
      case .api: try array(content, as: LooseList.self) { $0.data }
      case .ndjson: try lines(content)
      case .csv: try table(content)
      case .sql:
        throw malformed("SQL is written and not read", line: nil, fix: "import JSON, NDJSON or CSV")
      }
    try checkUnique(records)
    return records
  }

  private static func withoutMark(_ bytes: [UInt8]) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private func array<Document: Decodable>(
    _ bytes: ArraySlice<UInt8>, as type: Document.Type, rows: (Document) -> [LooseRecord]
  ) throws(CatalogError) -> [Record] {
    let document: Document
    do {
      document = try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw malformed(Self.words(for: error), line: nil)
    }
    var records: [Record] = []
    for (index, row) in rows(document).enumerated() {
      records.append(try record(row, named: "record \(index + 1)", line: nil))
    }
    return records
  }

  private func lines(_ bytes: ArraySlice<UInt8>) throws(CatalogError) -> [Record] {
    let decoder = JSONDecoder()
    var records: [Record] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated()
    where line.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) {
      let row: LooseRecord
      do {
        row = try decoder.decode(LooseRecord.self, from: Data(line))
      } catch {
        throw malformed(Self.words(for: error), line: index + 1)
      }
      records.append(try record(row, named: "the record", line: index + 1))
    }
    return records
  }

  private func table(_ bytes: ArraySlice<UInt8>) throws(CatalogError) -> [Record] {
    var rows = CSVRows(bytes: bytes)
    guard let header = try row(&rows) else { return [] }
    var columns: [String: Int] = [:]
    for (index, name) in header.fields.enumerated() { columns[name] = index }
    for key in RecordWriter.keys where columns[key] == nil {
      throw malformed(
        "the header row has no column '\(key)'", line: header.line,
        fix: "name the nine columns in the first row: \(RecordWriter.keys.joined(separator: ","))")
    }
    var records: [Record] = []
    while let row = try row(&rows) {
      guard row.fields.count == header.fields.count else {
        throw malformed(
          "\(row.fields.count) fields where the header has \(header.fields.count)", line: row.line)
      }
      let value = { (key: String) in columns[key].map { CSVCell.unguarded(row.fields[$0]) } }
      let idText = value("id") ?? ""
      // Int64("+24") is 24, which no writer meant.
      guard idText.utf8.allSatisfy(\.isASCIIDigit), let id = Int64(idText) else {
        throw malformed("id: '\(idText.inert)' is not a number", line: row.line)
      }
      guard let isPublic = FieldValue.flag(value("public") ?? "") else {
        throw malformed(
          "public: '\((value("public") ?? "").inert)' is neither true nor false", line: row.line)
      }
      let folder = value("folder") ?? ""
      let loose = LooseRecord(
        id: id, name: value("name") ?? "", data_store: value("data_store") ?? "",
        folder: folder.isEmpty ? nil : folder, label: value("label") ?? "",
        path: value("path") ?? "", public: isPublic, created_on: value("created_on") ?? "",
        updated_on: value("updated_on") ?? "")
      records.append(try record(loose, named: "the record", line: row.line))
    }
    return records
  }

  private func row(_ rows: inout CSVRows) throws(CatalogError) -> CSVRows.Row? {
    do { return try rows.next() } catch { throw malformed(error.reason, line: error.line) }
  }

  private func record(
    _ row: LooseRecord, named name: String, line: Int?
  ) throws(CatalogError) -> Record {
    guard row.id > 0 else { throw malformed("\(name) has the id \(row.id)", line: line) }
    for (key, text) in [("path", row.path), ("name", row.name), ("data_store", row.data_store)]
    where text.isEmpty {
      throw malformed("\(name) has an empty \(key)", line: line)
    }
    let texts = [row.name, row.data_store, row.folder ?? "", row.label, row.path]
    guard !texts.contains(where: { $0.utf8.contains(0) }) else {
      throw malformed("\(name) holds a NUL", line: line)
    }
    func instant(_ key: String, _ text: String) throws(CatalogError) -> Int64 {
      do throws(TimeFault) {
        return try times.reading(text).get()
      } catch {
        throw malformed(
          "\(name): \(key): '\(text.inert)' is not a valid time: \(error.reason)", line: line,
          fix: error.fix)
      }
    }
    return Record(
      id: row.id, name: row.name, dataStore: row.data_store, folder: row.folder, label: row.label,
      path: row.path, isPublic: row.public, createdOn: try instant("created_on", row.created_on),
      updatedOn: try instant("updated_on", row.updated_on))
  }

  private func checkUnique(_ records: [Record]) throws(CatalogError) {
    var ids: [Int64: Int] = [:]
    var paths: [DatastorePath: Int] = [:]
    for (index, record) in records.enumerated() {
      if let other = ids.updateValue(index, forKey: record.id) {
        throw conflict("records \(other + 1) and \(index + 1) both have the id \(record.id)")
      }
      guard let key = DatastorePath(dataStore: record.dataStore, path: record.path) else {
        throw malformed(
          "record \(index + 1): no data store is called '\(record.dataStore.inert)'", line: nil)
      }
      if let other = paths.updateValue(index, forKey: key) {
        throw conflict(
          "records \(other + 1) and \(index + 1) both have the path '\(record.path.inert)'")
      }
    }
  }

  private func conflict(_ reason: String) -> CatalogError {
    CatalogError(code: .conflict, doing: "import records", reason: reason, place: Place(file))
  }

  private func malformed(_ reason: String, line: Int?, fix: String? = nil) -> CatalogError {
    CatalogError(
      code: .malformedRecord, doing: "import records", reason: reason,
      place: Place(file, line: line), fix: fix)
  }

  /// The decoder's complaint in a person's words: where in the document, and what.
  private static func words(for error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    let path: [any CodingKey]
    let what: String
    switch error {
    case .keyNotFound(let key, let context):
      (path, what) = (context.codingPath, "the key '\(key.stringValue)' is missing")
    case .valueNotFound(_, let context): (path, what) = (context.codingPath, "null is not allowed")
    case .typeMismatch(_, let context):
      // A list of URLs, as the API gives it unless asked for more.
      let isRecord = context.codingPath.last?.intValue != nil
      (path, what) = (
        context.codingPath,
        isRecord
          ? "not an object (ask the API with expand=1)" : context.debugDescription
      )
    case .dataCorrupted(let context): (path, what) = (context.codingPath, context.debugDescription)
    @unknown default: (path, what) = ([], "\(error)")
    }
    let place = path.map { key in key.intValue.map { "record \($0 + 1)" } ?? key.stringValue }
      .filter { $0 != "data" }
    return place.isEmpty ? what : "\(place.joined(separator: ": ")): \(what)"
  }
}

/// A record as JSON has it, before its values are looked at.
private struct LooseRecord: Decodable {
  var id: Int64
  var name: String
  var data_store: String
  var folder: String?
  var label: String
  var path: String
  var `public`: Bool
  var created_on: String
  var updated_on: String
}

/// The list answer of the API.
private struct LooseList: Decodable {
  var data: [LooseRecord]
}
