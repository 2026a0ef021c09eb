import Foundation
import GRDB
import OVACatalog
import OVATestSupport
import OVATime
import Testing

/// The index of trigrams narrows searches, and no row that was there is missed.
@Suite struct TrigramTests {
  private let folder: TemporaryFolder
  private let times: APITime

  init() throws {
    folder = try TemporaryFolder()
    times = try APITime(zoneNamed: "UTC")
  }

  private static let words = [
    "Ubuntu", "ubuntu", "K\u{212A}elvin", "größe", "GRÖSSE", "a\"b", "x'y", "a_b", "50%", "東京駅前",
    "-", ".", "ova", "cafe\u{301}", "ab", "İstanbul", "\u{10000}\u{10001}z", "[ds]",
  ]

  private func word(_ numbers: inout SeededNumbers) -> String {
    (0..<Int.random(in: 1...3, using: &numbers))
      .map { _ in Self.words.randomElement(using: &numbers) ?? "" }.joined()
  }

  private func part(of text: String, _ numbers: inout SeededNumbers) -> String {
    let scalars = Array(text.unicodeScalars)
    let start = Int.random(in: 0..<max(scalars.count, 1), using: &numbers)
    let count = Int.random(in: 1...9, using: &numbers)
    var view = String.UnicodeScalarView()
    for scalar in scalars.dropFirst(start).prefix(count) { view.append(scalar) }
    return Bool.random(using: &numbers) ? String(view).uppercased() : String(view)
  }

  /// The same rows are found with the index and without it, after rows were added, changed, marked
  /// as gone and brought back.
  @Test func searchesFindTheSameWithTheIndexAndWithout() throws {
    var numbers = SeededNumbers(seed: 11)
    let path = folder.file("c.sqlite")
    func save(_ number: Int, _ writer: CatalogWriter) throws {
      var row = package("\(number)/\(number % 13)-x.ova")
      row.record.name = word(&numbers)
      row.record.folder = Bool.random(using: &numbers) ? word(&numbers) : nil
      row.record.label = Bool.random(using: &numbers) ? word(&numbers) : row.record.path
      row.facts?.product = Bool.random(using: &numbers) ? word(&numbers) : nil
      row.facts?.vendor = word(&numbers)
      row.facts?.guestSystem = word(&numbers)
      if Int.random(in: 0..<6, using: &numbers) == 0 { row.facts = nil }
      try writer.save(row, now: 1)
    }
    for round in 0..<6 {
      let store = try CatalogStore(path: path)
      try store.write { writer in
        for _ in 0..<60 { try save(Int.random(in: 0..<150, using: &numbers), writer) }
        try writer.markGone((0..<9).map { _ in Int64.random(in: 1...120, using: &numbers) }, now: 2)
      }
      try store.close()
      let narrowed = try CatalogStore(path: path)
      let plain = try CatalogStore(path: try copyWithoutIndex(of: path, round))
      let rows = try narrowed.read { try $0.page(ImageQuery(scope: .all)).rows }
      for _ in 0..<60 {
        let row = rows.randomElement(using: &numbers) ?? rows[0]
        let text =
          [row.name, row.path, row.label, row.folder ?? "x", word(&numbers)]
          .randomElement(using: &numbers) ?? ""
        let middle = part(of: text, &numbers)
        let field = ["name", "path", "label", "folder"].randomElement(using: &numbers) ?? "name"
        var query = ImageQuery(
          scope: .everybody, filter: try Filter("\(field),like,%\(middle)%", times: times),
          sort: try Sort("name,desc"))
        #expect(try found(query, in: narrowed) == found(query, in: plain), "\(field) \(middle)")
        query = ImageQuery(scope: .everybody, search: try SearchWords(middle))
        #expect(try found(query, in: narrowed) == found(query, in: plain), "\(middle)")
      }
      try narrowed.close()
      try plain.close()
    }
  }

  /// A catalog as SQLite without the module has it.
  private func copyWithoutIndex(of path: String, _ round: Int) throws -> String {
    let copy = folder.file("plain\(round).sqlite")
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    let queue = try DatabaseQueue(path: copy)
    try queue.write { db in
      let triggers = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger)") }
      try db.execute(sql: "DROP TABLE image_trigrams; DROP TABLE package_trigrams")
    }
    try queue.close()
    return copy
  }

  private func found(_ query: ImageQuery, in store: CatalogStore) throws -> [[UInt8]] {
    try (1...3).map { number in
      try store.read { reader in
        let paging = Paging(page: number, perPage: 7)
        let page = try reader.renderedPage(query, paging: paging, times: times)
        let rows = try reader.page(query, paging: paging)
        #expect(page.total == rows.total && page.count == rows.rows.count)
        let json = Array(rows.rows.map { $0.json(times: times) }.joined(separator: [0x2C]))
        #expect(page.json == json)
        return page.json
      }
    }
  }
}
