import Foundation
import OVACatalog
import OVATestSupport
import OVATime
import Testing

/// CSV that spreadsheets open, and SQL that databases read.
@Suite struct SpreadsheetTests {
  private let times = APITime(zone: .utc)

  private func record(_ text: String, id: Int64 = 1) -> Record {
    Record(
      id: id, name: text, dataStore: "ds", folder: text, label: text, path: "[ds] \(text)",
      isPublic: true, createdOn: 1_511_555_856, updatedOn: 1_572_759_000)
  }

  private func csv(_ records: [Record]) -> String {
    String(
      decoding: RecordWriter.bytes(of: records, format: .csv, times: times), as: UTF8.self)
  }

  @Test(arguments: [
    ("=1+1.ova", "'=1+1.ova"), ("+x", "'+x"), ("-rf.ova", "'-rf.ova"), ("@SUM(A1)", "'@SUM(A1)"),
    ("\u{FF1D}1", "'\u{FF1D}1"), (" =1", " '=1"), ("'=1", "''=1"), ("a=1", "a=1"), ("'a", "'a"),
    ("a;=1", "\"a;'=1\""), ("a\t=1", "\"a\t'=1\""), ("a\n=1", "\"a\n'=1\""), ("plain", "plain"),
  ])
  func aCellIsNoFormula(name: String, cell: String) {
    let line = csv([record(name)]).dropFirst(csv([]).count)
    #expect(line.contains("ds,\(cell),1,\(cell),\(cell),"), "\(line)")
  }

  /// Every text that is made of what matters, as long as is possible in a short time.
  @Test func whatIsWrittenIsReadBackAndNoCellBeginsAFormulaHoweverLinesAreSplit() throws {
    let alphabet = ["=", "-", "\u{FF1D}", "'", ";", "\t", ",", "\"", "\n", " ", "a"]
    var texts = [""]
    var all: [String] = []
    for _ in 0..<4 {
      texts = texts.flatMap { text in alphabet.map { text + $0 } }
      all += texts
    }
    let records =
      all.enumerated().map { record("x" + $1, id: Int64($0 + 1)) }
      + all.enumerated().map { record($1 + "x", id: Int64($0 + 100_000)) }
    let text = csv(records)
    #expect(try RecordReader(times: times, file: "x").records(in: Array(text.utf8)) == records)
    // A reader that knows no quotes and splits anywhere.
    for separators in [",", ";", "\t"] {
      let cells = text.unicodeScalars.split {
        separators.unicodeScalars.contains($0) || $0 == "\n" || $0 == "\r"
      }
      for cell in cells {
        let start = cell.drop { $0 == " " || $0 == "\"" }
        let isFormula = start.first.map { "=+-@\u{FF1D}".unicodeScalars.contains($0) } ?? false
        #expect(!isFormula, "\(String(cell))")
      }
    }
  }

  // MARK: SQL

  private func sql(_ records: [Record], _ dialect: SQLDialect, table: String = "images") -> String {
    var writer = RecordWriter(format: .sql, times: times, table: table, dialect: dialect)
    var bytes: [UInt8] = []
    writer.start(to: &bytes)
    for record in records { writer.append(record, to: &bytes) }
    writer.end(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let texts = [
    "plain", "it's", "\\", "\\'", "a\\", "';--", "\"x\"", "`x`", "line\nfeed", "\r\n", "東 é", "%_",
    "$$", "E'\\n'", "/* */", "${x}", "?1", ":a", "@v", "''", "'", "\u{1}\u{7F}",
  ]

  @Test func sqliteReadsItsTableAndRecords() throws {
    let folder = try TemporaryFolder()
    let records = Self.texts.enumerated().map { record($1, id: Int64($0 + 1)) }
    let script = sql(records, .sqlite, table: "my \"images\"")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["sqlite3", "-batch", folder.file("x.sqlite")]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let query = """
      SELECT id, hex(name), hex(folder), public, strftime('%s', created_on), typeof(id)
      FROM "my ""images""\" ORDER BY id;
      """
    input.fileHandleForWriting.write(Data((script + query).utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
    let lines = records.map { record in
      let hex = record.name.utf8.map { String(format: "%02X", $0) }.joined()
      return "\(record.id)|\(hex)|\(hex)|1|1511555856|integer"
    }
    #expect(text == lines.joined(separator: "\n") + "\n")
  }

  @Test(arguments: SQLDialect.allCases)
  func theTableIsDefinedAndAllOfItIsOneTransaction(dialect: SQLDialect) throws {
    let lines = sql([record("a")], dialect).split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex(of: "CREATE TABLE IF NOT EXISTS images ("))
    let columns = lines[(start + 1)...].prefix { !$0.hasPrefix(")") }.map {
      $0.split(separator: " ").first.map(String.init) ?? ""
    }
    #expect(columns == RecordWriter.keys)
    let begin = dialect == .mysql ? "START TRANSACTION;" : "BEGIN;"
    #expect(lines.contains(begin) && lines.last == "COMMIT;")
    let insert = try #require(lines.first { $0.hasPrefix("INSERT") })
    let (time, flag) =
      switch dialect {
      case .sqlite: ("'2017-11-24 20:37:36+00:00'", "1")
      case .postgresql: ("'2017-11-24 20:37:36+00:00'", "TRUE")
      case .mysql: ("'2017-11-24 20:37:36'", "TRUE")
      }
    #expect(insert.contains("VALUES (\(time), 'ds', 'a', 1, 'a', 'a', '[ds] a', \(flag), "))
  }

  /// The strings of a statement as a dialect's own lexer takes them.
  private func strings(_ statement: String, backslashEscapes: Bool) -> [String]? {
    var result: [String] = []
    var rest = Array(statement.unicodeScalars)[...]
    while let quote = rest.firstIndex(of: "'") {
      rest = rest[(quote + 1)...]
      var text = String.UnicodeScalarView()
      while true {
        guard let next = rest.popFirst() else { return nil }
        if next == "'" {
          guard rest.first == "'" else { break }
          rest.removeFirst()
          text.append("'")
        } else if next == "\\", backslashEscapes {
          guard let escaped = rest.popFirst() else { return nil }
          text.append(escaped)
        } else {
          text.append(next)
        }
      }
      result.append(String(text))
    }
    return result
  }

  @Test(arguments: [SQLDialect.postgresql, .mysql])
  func stringsMeanWhatTheyAre(dialect: SQLDialect) throws {
    var numbers = SeededNumbers(seed: 5)
    let parts = ["'", "\\", "n", "\"", "`", "%", ";", "--", " ", "é"]
    let made = (0..<2000).map { _ in
      (0..<Int.random(in: 1...9, using: &numbers)).map { _ in
        parts.randomElement(using: &numbers) ?? ""
      }.joined()
    }
    for text in Self.texts + made {
      let script = sql([record(text)], dialect)
      let start = try #require(script.range(of: "INSERT INTO"))
      let found = strings(
        String(script[start.lowerBound...]), backslashEscapes: dialect == .mysql)
      #expect(found?.dropFirst().dropLast() == ["ds", text, text, text, "[ds] \(text)"], "\(text)")
    }
  }
}
