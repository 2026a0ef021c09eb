import OVACatalog
import OVATestSupport
import OVATime
import Testing

/// The filter language has one meaning: random filters give the same rows in memory and in SQLite.
@Suite struct QueryAgreementTests {
  private static let names = [
    "ubuntu-18.ova", "Ubuntu-20.ova", "UBUNTU.ova", "größe.ova", "GRÖSSE.ova", "Größe.ova",
    "cafe\u{301}.ova", "caf\u{E9}.ova", "東京-サーバー.ova", "emoji-\u{1F600}-ova.ova", "a_b%c.ova",
    "a'b\"c\\d.ova", "zebra", "[x]", "K\u{212A}k", "ΟΔΟΣ", "οδος", "", "z{|}~.ova", "\u{7F}@A`a",
    "tab\there", "\u{FFFF}\u{10000}",
  ]

  @Test func randomFiltersAndSortsAgree() throws {
    let folder = try TemporaryFolder()
    let store = try CatalogStore(path: TestDatabase.location(folder.file("c.sqlite")))
    let times = try APITime(zoneNamed: "America/Toronto")
    var numbers = SeededNumbers(seed: 1)
    var records: [Record] = []
    for id in 1...300 {
      let name = Self.names.randomElement(using: &numbers) ?? ""
      records.append(
        Record(
          id: Int64(id), name: name,
          dataStore: ["ds", "DS", "é"].randomElement(using: &numbers) ?? "",
          folder: [nil, "x", "X/y", ""].randomElement(using: &numbers) ?? nil,
          label: "l/\(name)", path: "[ds] \(id % 7)/\(id)/\(name)",
          isPublic: Bool.random(using: &numbers),
          createdOn: Int64.random(in: 1_500_000_000...1_500_300_000, using: &numbers),
          updatedOn: Int64.random(in: 1_572_750_000...1_572_770_000, using: &numbers)))
    }
    records.shuffle(using: &numbers)
    try store.write { try $0.importRecords(records) }

    var matched = 0
    for round in 0..<700 {
      let filterText = (0..<Int.random(in: 0...2, using: &numbers)).map { _ in
        Self.clause(records, times, &numbers)
      }.joined(separator: ";")
      let sortText = (0..<Int.random(in: 0...2, using: &numbers)).map { _ in
        let field = RecordWriter.keys.randomElement(using: &numbers) ?? "id"
        return field + (["", ",asc", ",desc"].randomElement(using: &numbers) ?? "")
      }.joined(separator: ";")
      let filter = try Filter(filterText, times: times)
      let sort = try Sort(sortText)
      let expected = sort.sorted(records.filter(filter.matches))
      let query = ImageQuery(scope: .all, filter: filter, sort: sort)
      let page = try store.read { try $0.page(query) }
      #expect(page.rows == expected, "filter=\(filterText) sort=\(sortText)")
      #expect(page.total == expected.count)
      matched += expected.count
      // The same through pages, when there are some.
      if round % 10 == 0, expected.count > 20 {
        var paged: [Record] = []
        for number in 1...(expected.count / 20 + 1) {
          paged += try store.read {
            try $0.page(query, paging: Paging(page: number, perPage: 20)).rows
          }
        }
        #expect(paged == expected)
      }
    }
    #expect(matched > 5_000)
  }

  @Test(
    arguments: FieldSet.images.fields.flatMap { field in
      ["asc", "desc"].map { "\(field.name),\($0)" }
    } + ["", "folder,asc;name,desc", "data_store,desc;path,asc", "public,asc;label,desc"])
  func publicPagesFollowOneAnotherFromBothEnds(sort: String) throws {
    let folder = try TemporaryFolder()
    let store = try CatalogStore(path: TestDatabase.location(folder.file("c.sqlite")))
    var numbers = SeededNumbers(seed: 7)
    var records = (1...90).map { id in
      Record(
        id: Int64(id), name: Self.names.randomElement(using: &numbers) ?? "",
        dataStore: ["ds", "DS"].randomElement(using: &numbers) ?? "",
        folder: [nil, "x", "y"].randomElement(using: &numbers) ?? nil, label: "l/\(id % 5)",
        path: "[ds] \(id)", isPublic: true, createdOn: Int64(id % 4), updatedOn: Int64(id % 3))
    }
    records.shuffle(using: &numbers)
    try store.write { try $0.importRecords(records) }
    let order = try Sort(sort)
    for filter in ["", "label,ne,l/0"] {
      let filter = try Filter(filter, times: APITime(zoneNamed: "UTC"))
      let expected = order.sorted(records.filter(filter.matches))
      let query = ImageQuery(scope: .everybody, filter: filter, sort: order)
      var paged: [Record] = []
      for number in 1...13 {
        paged += try store.read {
          try $0.page(query, paging: Paging(page: number, perPage: 7)).rows
        }
      }
      #expect(paged == expected)
    }
  }

  private static func clause(
    _ records: [Record], _ times: APITime, _ numbers: inout SeededNumbers
  ) -> String {
    let field = FieldSet.images.fields.randomElement(using: &numbers) ?? FieldSet.images.fields[0]
    let record = records.randomElement(using: &numbers) ?? records[0]
    let value: String
    switch (field.kind, record.value(of: field)) {
    case (.flag, .integer(let number)): value = number == 1 ? "TRUE" : "0"
    case (.time, .integer(let number)):
      value = times.string(from: number)
    case (_, .integer(let number)): value = String(number)
    case (_, .text(let text)): value = text
    case (_, .null): value = "x"
    }
    let comparison = Filter.Operator.allCases.randomElement(using: &numbers) ?? .eq
    switch comparison {
    case .like where field.kind == .text:
      return "\(field.name),like,\(pattern(from: value, &numbers))"
    case .like: return "\(field.name),eq,\(value)"
    case .oneOf:
      return field.kind == .text ? "\(field.name),in,\(value),x" : "\(field.name),in,\(value)"
    default: return "\(field.name),\(comparison.rawValue),\(value)"
    }
  }

  /// The text with some scalars in the other case, some as wildcards, some left out.
  private static func pattern(from text: String, _ numbers: inout SeededNumbers) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch Int.random(in: 0..<12, using: &numbers) {
      case 0: result += "_"
      case 1: result += "%"
      case 2: result += String(scalar).uppercased()
      case 3: result += String(scalar).lowercased()
      default: result.unicodeScalars.append(scalar)
      }
    }
    return Bool.random(using: &numbers) ? result + "%" : result
  }
}
