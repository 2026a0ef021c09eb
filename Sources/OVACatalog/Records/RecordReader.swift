import FoundationEssentials
public import OVABasics
import OVAByteSource
public import OVATime

/// Reads records that exist elsewhere, with their ids, times and order.
///
/// Keys beyond the nine are ignored; a record that lacks one or has one of the wrong kind is an
/// error that names the record or the line. A missing folder is null; nothing else is guessed.
public struct RecordReader: Sendable {
  private let times: APITime
  private let file: String
  /// Bytes that are read at a time.
  package var chunk = 1 << 20

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
    var records: [Record] = []
    do {
      try forEachRecord(in: MemorySource(bytes, name: file), format: format) { records.append($0) }
    } catch let error as CatalogError {
      throw error
    } catch {
      throw malformed("\(error)", line: nil)
    }
    try checkUnique(records)
    return records
  }

  /// The records of a document that is read as a whole.
  func document(
    _ bytes: ArraySlice<UInt8>, _ format: RecordFormat
  ) throws(CatalogError) -> [Record] {
    guard format != .sql else {
      throw malformed("SQL is written and not read", line: nil, fix: "import JSON, NDJSON or CSV")
    }
    return format == .api
      ? try array(bytes, as: LooseList.self) { $0.data }
      : try array(bytes, as: [LooseRecord].self) { $0 }
  }

  static func withoutMark(_ bytes: [UInt8]) -> Int {
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

  /// The record on a line; nil when the line is blank.
  func record(line: ArraySlice<UInt8>, number: Int) throws(CatalogError) -> Record? {
    guard line.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) else { return nil }
    let row: LooseRecord
    if let usual = Self.usual(line) {
      row = usual
    } else {
      do {
        row = try JSONDecoder().decode(LooseRecord.self, from: Data(line))
      } catch {
        throw malformed(Self.words(for: error), line: number)
      }
    }
    return try record(row, named: "the record", line: number)
  }

  private static func usual(_ line: ArraySlice<UInt8>) -> LooseRecord? {
    let span = line.span
    var index = 0
    guard let row = try? LooseRecord(span, at: &index) else { return nil }
    // Nothing but blanks may follow.
    do throws(LooseRecord.Stop) {
      try LooseRecord.skipBlanks(span, &index)
      return nil
    } catch {
      return row
    }
  }

  func record(
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
    guard DatastorePath(dataStore: row.data_store, path: row.path) != nil else {
      throw malformed("\(name): no data store is called '\(row.data_store.forDisplay)'", line: line)
    }
    func instant(_ key: String, _ text: String) throws(CatalogError) -> Int64 {
      do throws(TimeFault) {
        return try times.reading(text).get()
      } catch {
        throw malformed(
          "\(name): \(key): '\(text.forDisplay)' is not a valid time: \(error.reason)", line: line,
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
        continue
      }
      if let other = paths.updateValue(index, forKey: key) {
        throw conflict(
          "records \(other + 1) and \(index + 1) both have the path '\(record.path.forDisplay)'")
      }
    }
  }

  func conflict(_ reason: String) -> CatalogError {
    CatalogError(code: .conflict, doing: "import records", reason: reason, place: Place(file))
  }

  func malformed(_ reason: String, line: Int?, fix: String? = nil) -> CatalogError {
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
