import Foundation
import OVABasics
import OVACatalog
import OVATime
import Testing

@Suite struct RecordFormatTests {
  let times: APITime
  let records: [Record]

  init() throws {
    times = try APITime(zoneNamed: "America/Toronto")
    let odd = "a \"b\" \\ , ; '\r\n\u{1}東 é.ova"
    records = [
      Record(
        id: 31, name: "a.ova", dataStore: "ds", folder: "x/y", label: "x/y/a.ova",
        path: "[ds] x/y/a.ova", isPublic: true, createdOn: 1_511_555_856, updatedOn: 1_572_759_000),
      Record(
        id: 7, name: odd, dataStore: "d's", folder: nil, label: odd, path: "[d's] \(odd)",
        isPublic: false, createdOn: 0, updatedOn: 1_572_762_600),
    ]
  }

  @Test(arguments: [RecordFormat.json, .ndjson, .csv, .api])
  func whatIsWrittenIsReadBackAlike(format: RecordFormat) throws {
    let bytes = RecordWriter.bytes(of: records, format: format, times: times)
    let reader = RecordReader(times: times, file: "records")
    #expect(RecordReader.format(of: bytes) == format)
    #expect(try reader.records(in: bytes) == records)
  }

  @Test(arguments: [RecordFormat.json, .ndjson, .csv, .api])
  func noRecordsAreWrittenAndReadToo(format: RecordFormat) throws {
    let bytes = RecordWriter.bytes(of: [], format: format, times: times)
    #expect(try RecordReader(times: times, file: "x").records(in: bytes, format: format).isEmpty)
  }

  @Test func jsonHasItsKeysInOrderNullAndPlainSlashes() {
    let text = String(decoding: records[0].json(times: times), as: UTF8.self)
    #expect(
      text == """
        {"created_on":"2017-11-24 Fri 15:37:36 EST","data_store":"ds","folder":"x/y","id":31,\
        "label":"x/y/a.ova","name":"a.ova","path":"[ds] x/y/a.ova","public":true,\
        "updated_on":"2019-11-03 Sun 01:30:00 EDT"}
        """)
    let other = String(decoding: records[1].json(times: times), as: UTF8.self)
    #expect(other.contains(#""folder":null"#))
    #expect(other.contains(#"a \"b\" \\ , ; '\r\n\u0001東 é.ova"#))
  }

  @Test func csvHasAHeaderRowAndAnEmptyFolder() {
    let text = String(
      decoding: RecordWriter.bytes(of: records, format: .csv, times: times), as: UTF8.self)
    #expect(text.hasPrefix("created_on,data_store,folder,id,label,name,path,public,updated_on\r\n"))
    #expect(text.contains("EST,d's,,7,\"a \"\"b\"\" "))
  }

  @Test func insertStatementsBringTheRecordsIntoAnSQLDatabase() throws {
    let sql = String(
      decoding: RecordWriter.bytes(of: records, format: .sql, times: times), as: UTF8.self)
    let script = """
      CREATE TABLE images(created_on, data_store, folder, id, label, name, path, public, updated_on);
      \(sql)
      SELECT hex(name) || folder IS NULL || created_on || public FROM images WHERE folder IS NULL;
      SELECT id, strftime('%s', updated_on), hex(name) FROM images;
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.runner]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data(script.utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let hex = { (name: String) in name.utf8.map { String(format: "%02X", $0) }.joined() }
    #expect(text.contains("31|1572759000|\(hex(records[0].name))"))
    #expect(text.contains("7|1572762600|\(hex(records[1].name))"))
  }

  private static let runner = """
    import sqlite3, sys
    db = sqlite3.connect(':memory:')
    script = sys.stdin.buffer.read().decode()
    statement = ''
    for line in script.splitlines(True):
        statement += line
        if sqlite3.complete_statement(statement):
            for row in db.execute(statement): print('|'.join(map(str, row)))
            statement = ''
    """

  @Test func keysBeyondTheNineAreIgnored() throws {
    let line = String(decoding: records[0].json(times: times), as: UTF8.self).dropLast()
    let text = "\n\(line),\"extra\":[1,{\"id\":2}]}\n\n"
    let read = try RecordReader(times: times, file: "x").records(in: Array(text.utf8))
    #expect(read == [records[0]])
  }

  @Test(arguments: [
    ("[{\"id\":1}]", "record 1", nil), ("[", "", nil),
    ("{\"data\":[\"https://x/v2/image/1\"]}", "expand=1", nil),
    ("a,b\r\n1,2\r\n", "created_on", 1),
  ])
  func aDocumentThatHoldsNoRecordsSaysWhy(text: String, words: String, line: Int?) {
    let error = #expect(throws: CatalogError.self) {
      try RecordReader(times: times, file: "in").records(in: Array(text.utf8))
    }
    #expect(error?.code == .malformedRecord)
    #expect(error?.place.file == "in")
    #expect(error?.place.line == line)
    #expect(words.isEmpty || error?.description.contains(words) == true)
  }

  @Test(arguments: [
    ("\"id\":31", "\"id\":\"31\""), ("\"id\":31", "\"id\":0"), ("\"id\":31", "\"id\":3.5"),
    ("EST", "XYZ"), ("\"public\":true", "\"public\":1"), ("\"name\":\"a.ova\"", "\"name\":null"),
    ("\"label\":\"x/y/a.ova\",", ""), ("[ds] x/y/a.ova", ""),
    ("x/y/a.ova\",\"name", "\\u0000\",\"name"),
  ])
  func aMalformedRecordIsNamedByItsLine(good: String, bad: String) {
    let line = String(decoding: records[0].json(times: times), as: UTF8.self)
    let text = "\(line)\n\n\(line.replacingOccurrences(of: good, with: bad))\n"
    let error = #expect(throws: CatalogError.self) {
      try RecordReader(times: times, file: "in").records(in: Array(text.utf8), format: .ndjson)
    }
    #expect(error?.code == .malformedRecord)
    #expect(error?.place.line == 3)
  }

  @Test func twoRecordsOfOneIdAreAConflict() {
    let json = RecordWriter.bytes(of: [records[0], records[0]], format: .json, times: times)
    let error = #expect(throws: CatalogError.self) {
      try RecordReader(times: times, file: "in").records(in: json)
    }
    #expect(error?.code == .conflict)
    #expect(error?.reason.contains("records 1 and 2") == true)
  }

  @Test(arguments: ["\"abc", "x,\"a\"b,c"])
  func brokenQuotesAreALineOfTheirOwn(row: String) {
    let header = RecordWriter.keys.joined(separator: ",")
    let error = #expect(throws: CatalogError.self) {
      try RecordReader(times: times, file: "in").records(in: Array("\(header)\n\n\(row)".utf8))
    }
    #expect(error?.place.line == 3)
  }
}
