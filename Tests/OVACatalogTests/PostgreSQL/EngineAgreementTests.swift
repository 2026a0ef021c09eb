import OVAByteSource
import OVACatalog
import OVATestSupport
import OVATime
import Testing

/// A catalog answers the same bytes whichever engine keeps it.
@Suite(.enabled(if: PostgreSQLServer.isThere, Comment(rawValue: PostgreSQLServer.needed)))
struct EngineAgreementTests {
  let folder: TemporaryFolder
  let file: CatalogStore
  let server: CatalogStore
  let times: APITime

  init() throws {
    folder = try TemporaryFolder()
    file = try CatalogStore(path: folder.file("c.sqlite"))
    server = try CatalogStore(path: try PostgreSQLServer.shared.get().newDatabase())
    times = try APITime(zoneNamed: "America/Toronto")
  }

  private static let names = [
    "ubuntu-18.ova", "Ubuntu-20.ova", "UBUNTU.ova", "größe.ova", "GRÖSSE.ova", "Größe.ova",
    "cafe\u{301}.ova", "caf\u{E9}.ova", "東京-サーバー.ova", "emoji-\u{1F600}-ova.ova", "a_b%c.ova",
    "a'b\"c\\d.ova", "zebra", "[x]", "K\u{212A}k", "İstanbul", "ΟΔΟΣ", "οδος", "", " ", "a b",
    "z{|}~.ova", "\u{7F}@A`a", "tab\there", "line\nfeed", "\u{FFFF}\u{10000}", "_B", "Z", "10", "2",
  ]

  private func records(_ count: Int, _ numbers: inout SeededNumbers) -> [Record] {
    (1...count).map { id in
      let name = Self.names.randomElement(using: &numbers) ?? ""
      return Record(
        id: Int64(id) * 3, name: name,
        dataStore: ["ds", "DS", "é"].randomElement(using: &numbers) ?? "",
        folder: [nil, "x", "X/y", "", "É"].randomElement(using: &numbers) ?? nil,
        label: "l/\(name)", path: "[ds] \(id % 7)/\(id)/\(name)",
        isPublic: Bool.random(using: &numbers),
        createdOn: Int64.random(in: 1_500_000_000...1_500_300_000, using: &numbers),
        updatedOn: Int64.random(in: 1_572_750_000...1_572_770_000, using: &numbers))
    }.shuffled(using: &numbers)
  }

  private func values(_ field: String, _ records: [Record], _ numbers: inout SeededNumbers)
    -> String
  {
    guard let record = records.randomElement(using: &numbers) else { return "" }
    switch field {
    case "id": return String(record.id)
    case "public": return Bool.random(using: &numbers) ? "true" : "false"
    case "created_on": return times.string(from: record.createdOn)
    case "updated_on": return times.string(from: record.updatedOn)
    case "data_store": return record.dataStore
    case "folder": return record.folder ?? ""
    case "label": return record.label
    case "path": return record.path
    default: return record.name
    }
  }

  private func clause(_ records: [Record], _ numbers: inout SeededNumbers) -> String {
    let field = RecordWriter.keys.randomElement(using: &numbers) ?? "id"
    let isText = ["data_store", "folder", "label", "name", "path"].contains(field)
    let comparisons =
      ["eq", "ne", "lt", "le", "gt", "ge", "in"] + (isText ? ["like", "like", "like"] : [])
    let comparison = comparisons.randomElement(using: &numbers) ?? "eq"
    var value = values(field, records, &numbers)
    if comparison == "in" { value += "," + values(field, records, &numbers) }
    if comparison == "like" {
      let scalars = Array(value.unicodeScalars)
      let start = Int.random(in: 0...scalars.count, using: &numbers)
      let end = Int.random(in: start...scalars.count, using: &numbers)
      var pattern = String(String.UnicodeScalarView(scalars[start..<end]))
      if Bool.random(using: &numbers) { pattern = pattern.uppercased() }
      if start > 0 || Bool.random(using: &numbers) { pattern = "%" + pattern }
      value = pattern + (["%", "", "_"].randomElement(using: &numbers) ?? "")
    }
    return "\(field),\(comparison),\(value)".replacing(";", with: "")
  }

  @Test func `filters, sorts and pages at random are the same bytes from both`() throws {
    var numbers = SeededNumbers(seed: 20)
    let records = records(400, &numbers)
    for store in [file, server] { try store.write { try $0.importRecords(records) } }
    var rows = 0
    for _ in 0..<1500 {
      let filter = (0..<Int.random(in: 0...2, using: &numbers)).map { _ in
        clause(records, &numbers)
      }.joined(separator: ";")
      let sort = (0..<Int.random(in: 0...2, using: &numbers)).map { _ in
        (RecordWriter.keys.randomElement(using: &numbers) ?? "id")
          + (["", ",asc", ",desc"].randomElement(using: &numbers) ?? "")
      }.joined(separator: ";")
      let scopes: [ImageQuery.Scope] = [.all, .everybody, .user("1")]
      var query = ImageQuery(
        scope: scopes.randomElement(using: &numbers) ?? .all,
        filter: try Filter(filter, times: times), sort: try Sort(sort))
      if Int.random(in: 0..<4, using: &numbers) == 0 {
        let name = values("name", records, &numbers)
        query.search = try SearchWords(String(name.prefix(4)))
      }
      let paging: Paging? =
        Bool.random(using: &numbers)
        ? Paging(page: Int.random(in: 1...9, using: &numbers), perPage: 13) : nil
      let pages = try [file, server].map { store in
        try store.read { reader in
          var page = try reader.renderedPage(query, paging: paging, times: times)
          page.generation = 0
          return page
        }
      }
      #expect(pages[0] == pages[1], "filter=\(filter) sort=\(sort) query=\(query)")
      let totals = try [file, server].map { try $0.read { try $0.total(of: query) } }
      #expect(totals == [pages[0].total, pages[0].total])
      let whole = try [file, server].map { store in
        try store.read { try $0.page(query, paging: paging).rows }
      }
      #expect(whole[0] == whole[1], "filter=\(filter) sort=\(sort)")
      rows += pages[0].count
    }
    #expect(rows > 20_000)
  }

  @Test func `a page that is walked to from a kept row is the same as from a file`() throws {
    var numbers = SeededNumbers(seed: 5)
    let records = records(400, &numbers)
    var options = CatalogStore.Options()
    // As if there were far more rows.
    options.serverWalk.mostIDs = 20
    options.serverWalk.distance = 7
    options.serverWalk.mostAtOnce = 3
    let server = try CatalogStore(path: server.location, options: options)
    for store in [file, server] { try store.write { try $0.importRecords(records) } }
    var orders = RecordWriter.keys.flatMap { key in [key, "\(key),desc"] }
    for _ in 0..<30 {
      orders.append(
        (0..<Int.random(in: 2...3, using: &numbers)).map { _ in
          (RecordWriter.keys.randomElement(using: &numbers) ?? "id")
            + (["", ",desc"].randomElement(using: &numbers) ?? "")
        }.joined(separator: ";"))
    }
    for sort in orders {
      let scopes: [ImageQuery.Scope] = [.all, .everybody, .user("1")]
      let query = ImageQuery(
        scope: scopes.randomElement(using: &numbers) ?? .all,
        filter: try Filter(
          ["", "folder,ne,x", "name,like,%a%"].randomElement(using: &numbers) ?? "", times: times),
        sort: try Sort(sort))
      let whole = try file.read { try $0.page(query).rows }
      // Pages on which something is, in any order, and those behind the last.
      for number in (1...(whole.count / 10 + 2)).shuffled(using: &numbers) {
        let paging = Paging(page: number, perPage: 10)
        let page = try server.read { try $0.page(query, paging: paging) }
        #expect(page.total == whole.count)
        #expect(
          page.rows == Array(whole.dropFirst(paging.offset).prefix(10)), "\(sort) \(number)")
      }
    }
    // What is kept holds for one state of the list.
    let list = ImageQuery(scope: .all)
    let deep = Paging(page: 30, perPage: 10)
    let before = try server.read { try $0.page(list, paging: deep).rows }
    for store in [file, server] { try store.write { try $0.markGone([before[0].id], now: 1) } }
    let after = try [file, server].map { store in
      try store.read { try $0.page(list, paging: deep).rows }
    }
    #expect(after[0] == after[1] && after[0] != before)
  }

  @Test func `what is filled at once is what is put in one by one`() throws {
    var numbers = SeededNumbers(seed: 3)
    // An import takes no empty names.
    let records = records(300, &numbers).filter { !$0.name.isEmpty }
    let bytes = RecordWriter.bytes(of: records, format: .json, times: times)
    let source = MemorySource(bytes, name: "in")
    for store in [file, server] {
      let count = try store.importRecords(from: source, RecordReader(times: times, file: "in"))
      #expect(count == records.count)
    }
    let query = ImageQuery(scope: .all)
    let pages = try [file, server].map { store in try store.read { try $0.page(query).rows } }
    #expect(pages == [records, records])
  }
}
