import Foundation
import GRDB
import OVABasics
import OVAByteSource
import OVACatalog
import OVATestSupport
import OVATime
import Testing

/// Records that are read as a stream into a catalog that has none.
@Suite struct ImportTests {
  private let folder: TemporaryFolder
  private let times: APITime

  init() throws {
    folder = try TemporaryFolder()
    times = try APITime(zoneNamed: "America/Toronto")
  }

  private static let names = [
    "ubuntu-18.ova", "größe.ova", "a_b%c.ova", "a'b\"c\\d.ova", "tab\there", "line\nfeed",
    "=cell", "\u{FFFF}\u{10000}", "a,b;c.ova", "slash/\u{7F}", "cafe\u{301}.ova",
  ]

  private func records(_ count: Int) -> [OVACatalog.Record] {
    var numbers = SeededNumbers(seed: 3)
    return (1...count).map { number in
      let name = Self.names.randomElement(using: &numbers) ?? ""
      let folder = [nil, "x", "ubuntu/y", "é"].randomElement(using: &numbers) ?? nil
      return OVACatalog.Record(
        id: Int64((number &* 7919) % 100_003 + 1), name: name, dataStore: "ds", folder: folder,
        label: "l/\(name)", path: "[ds] \(number % 97)/\(number)/\(name)",
        isPublic: number % 5 > 0, createdOn: 1_500_000_000 + Int64(number),
        updatedOn: 1_572_750_000 + Int64(number % 50))
    }
  }

  @Test(arguments: [RecordFormat.json, .ndjson, .csv, .api], [1, 7, 64, 1000, 1 << 20])
  func recordsAreReadInPiecesOfAnySize(format: RecordFormat, chunk: Int) throws {
    let records = records(60)
    let bytes = RecordWriter.bytes(of: records, format: format, times: times)
    var reader = RecordReader(times: times, file: "in")
    reader.chunk = chunk
    var read: [OVACatalog.Record] = []
    let count = try reader.forEachRecord(
      in: MemorySource(bytes, name: "in"), format: format
    ) { read.append($0) }
    #expect(read == records)
    #expect(count == records.count)
  }

  @Test(arguments: [
    "{\"id\":1,\"id\":2,", "{\"more\":[1,{\"a\":2}],", "{\"more\":1.5e3,", "{ \"\\u0069d\" : 2,",
    "{\"more\":null,", "{\"more\":\"\\ud83d\\ude00\",", "{\"folder\":null,", "{",
  ])
  func anUnusualRecordIsReadAsTheDecoderReadsIt(start: String) throws {
    let records = records(2)
    let lines = records.map { String(decoding: $0.json(times: times), as: UTF8.self) }
    let text = start + lines[1].dropFirst().replacing("\"folder\":null,", with: "")
    for form in [text, "[\(lines[0]),\n\(text)]"] {
      let read = try RecordReader(times: times, file: "in").records(in: Array(form.utf8))
      #expect(read.last?.path == records[1].path)
    }
  }

  /// A catalog that was filled at once equals one whose rows came singly, to the derived tables.
  @Test func aFilledCatalogEqualsOneThatGrewRowByRow() throws {
    let records = records(2_500)
    let bytes = RecordWriter.bytes(of: records, format: .ndjson, times: times)
    let filled = folder.file("filled.sqlite")
    let grown = folder.file("grown.sqlite")
    let store = try CatalogStore(path: filled)
    let reader = RecordReader(times: times, file: "in")
    #expect(try store.importRecords(from: MemorySource(bytes, name: "in"), reader) == 2_500)
    let other = try CatalogStore(path: grown)
    try other.write { try $0.importRecords(records) }
    for query in [
      "SELECT * FROM images ORDER BY id",
      "SELECT sql FROM sqlite_schema WHERE type <> 'table' "
        + "ORDER BY name", "SELECT rowid FROM image_trigrams WHERE image_trigrams MATCH '\"ubu\"'",
      "PRAGMA integrity_check", "SELECT generation FROM catalogue",
    ] {
      #expect(try rows(query, of: filled) == rows(query, of: grown), "\(query)")
    }
    // A second import finds the records as they are.
    #expect(try store.importRecords(from: MemorySource(bytes, name: "in"), reader) == 2_500)
    #expect(try store.read { try $0.page(ImageQuery(scope: .all)).rows } == records)
  }

  private func rows(_ sql: String, of path: String) throws -> [Row] {
    try DatabaseQueue(path: path).read { try Row.fetchAll($0, sql: sql) }
  }

  @Test(arguments: [
    (2_400, 7, 2_400), (3, 0, 3), (2_001, 2_000, 2_001),
  ])
  func twoRecordsOfOneIdOrPathAreAConflictAndLeaveNothingBehind(
    count: Int, first: Int, second: Int
  ) throws {
    for isOfId in [true, false] {
      var records = records(count)
      var twin = records[first]
      if isOfId { twin.path += "x" } else { twin.id = 200_000 }
      records.append(twin)
      let bytes = RecordWriter.bytes(of: records, format: .json, times: times)
      let path = folder.file("\(isOfId).sqlite")
      let store = try CatalogStore(path: path)
      let before = try rows("SELECT name FROM sqlite_schema ORDER BY name", of: path)
      let error = #expect(throws: CatalogError.self) {
        try store.importRecords(
          from: MemorySource(bytes, name: "in"), RecordReader(times: times, file: "in"))
      }
      #expect(error?.code == .conflict)
      let what = isOfId ? "the id \(twin.id)" : "the path '\(twin.path.forDisplay)'"
      #expect(error?.reason == "records \(first + 1) and \(count + 1) both have \(what)")
      #expect(try store.read { try $0.total(of: ImageQuery(scope: .all)) } == 0)
      #expect(try rows("SELECT name FROM sqlite_schema ORDER BY name", of: path) == before)
    }
  }

  @Test func aSourceThatFailsLeavesNothingBehind() throws {
    let bytes = RecordWriter.bytes(of: records(2_500), format: .ndjson, times: times)
    let store = try CatalogStore(path: folder.file("c.sqlite"))
    var reader = RecordReader(times: times, file: "in")
    reader.chunk = 10_000
    #expect(throws: ByteSourceError.self) {
      try store.importRecords(from: EndingSource(bytes: bytes, end: bytes.count - 900), reader)
    }
    #expect(try store.read { try $0.total(of: ImageQuery(scope: .all)) } == 0)
    #expect(try store.read { try $0.generation() } == 1)
  }
}

/// Bytes of which the last cannot be read.
private struct EndingSource: ByteSource {
  let bytes: [UInt8]
  let end: Int
  var name: String { "in" }
  var size: UInt64 { UInt64(bytes.count) }

  func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    let start = Int(offset)
    guard start + buffer.count <= end else {
      throw ByteSourceError(
        code: .inputOutput, doing: "read it", reason: "a bad block", place: Place(name))
    }
    buffer.copyBytes(from: bytes[start..<start + buffer.count])
    return buffer.count
  }
}
