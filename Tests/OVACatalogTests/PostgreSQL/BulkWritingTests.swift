import OVABasics
import OVAByteSource
import OVACatalog
import OVATestSupport
import OVATime
import Testing

/// What is written to a server at once is what is written to a file one by one, and what is there
/// already is not written again.
@Suite(.enabled(if: PostgreSQLServer.isThere, Comment(rawValue: PostgreSQLServer.needed)))
struct BulkWritingTests {
  private let folder: OVACatalogTests.TemporaryFolder
  private let file: CatalogStore
  private let server: CatalogStore
  private let postgreSQL: PostgreSQLServer
  private let url: String
  private let times: APITime

  init() throws {
    folder = try OVACatalogTests.TemporaryFolder()
    postgreSQL = try PostgreSQLServer.shared.get()
    url = try postgreSQL.newDatabase()
    file = try CatalogStore(path: folder.file("c.sqlite"))
    server = try CatalogStore(path: url)
    times = try APITime(zoneNamed: "America/Toronto")
  }

  private static let texts = [
    "a", "A", "", "tab\there", "line\nfeed", #"back\slash"#, #""quoted""#, "{a,b}", "NULL", "größe",
    "e\u{301}", "\u{E9}", "\u{1F600}", "'",
  ]

  /// A package as a scan may find it, of few paths so that most are known.
  private func package(_ path: String, _ numbers: inout SeededNumbers) -> PackageRow {
    func some<Value>(_ values: [Value]) -> Value {
      values[Int.random(in: 0..<values.count, using: &numbers)]
    }
    let text = some(Self.texts)
    var row = OVACatalogTests.package(
      path, size: some([10, 11]), modified: some([1, 2]), inode: some([1, 2]),
      digest: some([nil, "aa", "bb"]), updated: some([2000, 3000]))
    row.record.folder = some([nil, text])
    row.state = some(PackageRow.State.allCases)
    row.stateDetail = some([nil, text])
    row.brokenFor = row.state == .broken ? 7 : nil
    if some([false, false, true]) { row.facts = nil }
    row.facts?.product = some([nil, text])
    row.facts?.systems = some([0, 1, 2])
    row.facts?.document = #"{"virtual_systems":[{"name":"\#(some(["one", "two"]))"}]}"#
    if some([false, false, true]) {
      row.files.append(FileRow(name: text, size: 1, digests: ["sha256": "ff", "sha1": "ee"]))
    }
    if some([false, true]) { row.files[1].digests = ["sha256": some(["cc", "dd"])] }
    if some([false, false, true]) { row.disks = [] }
    row.findings = (0..<some([0, 1, 3])).map { number in
      FindingRow(
        rule: some(["a-rule", "b-rule"]), severity: some(["error", "warning", "info"]),
        file: path, line: some([nil, 3]), message: "\(text) \(number)", fix: some([nil, text]))
    }
    row.needs = some([[], [.name(text)], [.name(text), .suffix(".vmdk"), .name(text)]])
    row.verdicts = some([
      [], [VerdictRow(target: "t", verdict: "fails", reasons: [])],
      [
        VerdictRow(target: "t", verdict: "loss", reasons: []),
        VerdictRow(
          target: "u", verdict: "fails",
          reasons: [.init(condition: "c", effect: "fails", places: [.init(file: text)], count: 1)]),
      ],
    ])
    return row
  }

  private func folders(_ numbers: inout SeededNumbers) -> [(FolderRow, [UnownedFileRow])] {
    ["", "x/", "größe/"].map { path in
      let files = Self.texts.filter { !$0.isEmpty && Bool.random(using: &numbers) && $0 != "a" }
        .map { name in
          UnownedFileRow(
            path: path + name, kind: "file", size: Int64.random(in: 0...1, using: &numbers),
            modified: 1, detail: Bool.random(using: &numbers) ? name : nil,
            place: Bool.random(using: &numbers)
              ? .init(
                device: 1, inode: 2, links: 1, allocated: 512,
                needs: Bool.random(using: &numbers) ? [.name(name)] : []) : nil)
        }
      return (
        FolderRow(
          path: path, fingerprint: Bool.random(using: &numbers) ? "f" : nil, rulesVersion: 7), files
      )
    }
  }

  private func copyOfServer() throws -> [String: [String]] {
    let copy = folder.file("copy.sqlite")
    _ = try run("rm", ["-f", copy, copy + "-wal", copy + "-shm"])
    let store = try CatalogStore(path: copy)
    try server.copy(to: store)
    try store.close()
    return try contents(ofFile: copy)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `packages that are stored at once are those stored one by one`(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let paths =
      (0..<30).map { "x/\($0).ova" } + ["größe/\u{E9}.ova", "größe/e\u{301}.ova", "q\"\\{.ova"]
    let mapping = try RepositoryMapping(dataStore: "ds", root: "/srv", isPublic: true)
    for round in 0..<6 {
      let chosen = paths.filter { _ in Bool.random(using: &numbers) }.shuffled(using: &numbers)
      let folders = folders(&numbers)
      let saves = chosen.map { path in
        var row = package(path, &numbers)
        row.repository = 1
        return PackageSave(row, isUnhashed: Bool.random(using: &numbers))
      }
      // Of some the bytes are read then; what that shows is made up as well.
      let shown = saves.map { save in
        var row = package("x", &numbers)
        row.files = save.package.files
        for index in row.files.indices where Bool.random(using: &numbers) {
          row.files[index].digests = ["sha256": Bool.random(using: &numbers) ? "cc" : "dd"]
        }
        return Bool.random(using: &numbers) ? row : nil
      }
      let now = Int64(round)
      var results: [[SaveResult]] = []
      for store in [file, server] {
        results.append(
          try store.write { writer in
            let repository = try writer.saveRepository(mapping)
            let scan = try writer.startScan(now: now)
            try writer.takeUp(folders: folders.map(\.0.path), repository: repository, scan: scan)
            // Two batches in one transaction.
            let half = saves.count / 2
            let results =
              try writer.save(Array(saves[..<half]), scan: scan, now: now)
              + writer.save(Array(saves[half...]), scan: scan, now: now)
            let digests = zip(shown, results).compactMap { row, result in
              row.map {
                DigestSave(
                  id: result.id, files: $0.files, findings: $0.findings, verdicts: $0.verdicts,
                  isWhole: $0.facts != nil)
              }
            }
            try writer.save(digests, rulesVersion: 8, scan: scan, now: now + 100)
            try writer.settle(
              folders.map { ($0.0, $0.1) }, repository: repository, scan: scan)
            try writer.markGone(results.prefix(2).map(\.id), scan: scan, now: now)
            try writer.finishScan(scan, counts: ScanCounts(), now: now)
            return results
          })
      }
      #expect(results[0] == results[1])
      let copy = try copyOfServer()
      for (table, rows) in try contents(ofFile: folder.file("c.sqlite")) {
        #expect(rows == copy[table], "round \(round): \(table)")
      }
    }
  }

  /// Where each row of a table lies: a row that is written anew lies elsewhere.
  private func places(_ table: String) throws -> String {
    try postgreSQL.command(
      "SELECT string_agg(ctid::text || xmin::text, ',' ORDER BY ctid) FROM \(table)",
      in: String(url.dropFirst("postgresql:///".count).prefix { $0 != "?" })
    ).text
  }

  @Test func `what is there already is not written again`() throws {
    let rows = (0..<40).map { number in
      var row = OVACatalogTests.package("x/\(number).ova", digest: "aa")
      row.facts?.systems = 2
      row.facts?.document = #"{"virtual_systems":[{"name":"one"}]}"#
      row.verdicts = [VerdictRow(target: "t", verdict: "fails", reasons: [])]
      row.needs = [.name("a")]
      return PackageSave(row, isUnhashed: false)
    }
    let folders = [
      (
        FolderRow(path: "x/", fingerprint: "f", rulesVersion: 7),
        [
          UnownedFileRow(
            path: "x/a", kind: "file", size: 1, modified: 1,
            place: .init(device: 1, inode: 2, links: 1, allocated: 512))
        ]
      ), (FolderRow(path: "y/", fingerprint: "f", rulesVersion: 7), []),
    ]
    func store() throws {
      try server.write { writer in
        let repository = try writer.saveRepository(
          RepositoryMapping(dataStore: "ds", root: "/srv", isPublic: true))
        let scan = try writer.startScan(now: 1)
        try writer.save(rows, scan: scan, now: 1)
        try writer.settle(
          folders.map { ($0.0, $0.1) }, repository: repository, scan: scan)
      }
    }
    try store()
    let tables = [
      "images", "packages", "files", "digests", "disks", "findings", "needs", "verdicts", "strays",
      "stray_places",
    ]
    let before = try tables.map(places)
    #expect(before.allSatisfy { $0.count > 5 })
    let generation = try server.read { try $0.generation() }
    try store()
    #expect(try tables.map(places) == before)
    #expect(try server.read { try $0.generation() } == generation)
  }

  private func source(_ records: [Record]) -> MemorySource {
    MemorySource(RecordWriter.bytes(of: records, format: .ndjson, times: times), name: "in")
  }

  private func importing(_ records: [Record], into store: CatalogStore) throws -> Int {
    try store.importRecords(from: source(records), RecordReader(times: times, file: "in"))
  }

  @Test func `an import into a catalog that holds images is the same on both`() throws {
    var numbers = SeededNumbers(seed: 7)
    var records = (1...60).map { image(Int64($0) * 2, "x/\($0).ova") }
    for round in 0..<4 {
      for store in [file, server] {
        #expect(try importing(records, into: store) == records.count)
        try store.write { try $0.markGone([4, 8], now: 1) }
      }
      let copy = try copyOfServer()
      #expect(try contents(ofFile: folder.file("c.sqlite"))["images"] == copy["images"])
      for index in records.indices where Bool.random(using: &numbers) {
        records[index].label = "round \(round)"
        records[index].isPublic.toggle()
      }
      records.append(image(Int64(1000 + round), "new/\(round)\u{E9}.ova", isPublic: false))
      records.shuffle(using: &numbers)
    }
    _ = try importing(records, into: server)
    let last = try server.read { try $0.generation() }
    let places = try self.places("images")
    #expect(try importing(records, into: server) == records.count)
    #expect(try self.places("images") == places)
    #expect(try server.read { try $0.generation() } == last)
  }

  @Test func `many records of an empty catalog leave it with all of its indexes`() throws {
    let name = String(url.dropFirst("postgresql:///".count).prefix { $0 != "?" })
    func indexes() throws -> String {
      try postgreSQL.command(
        "SELECT indexdef FROM pg_indexes WHERE tablename = 'images' ORDER BY indexname", in: name
      ).text
    }
    let before = try indexes()
    #expect(before.split(separator: "\n").count > 12)
    let records = (1...6_000).map { image(Int64($0), "x/\($0).ova") }
    #expect(try importing(records, into: server) == records.count)
    #expect(try indexes() == before)
    // A clash behind thousands of records leaves them as well.
    let other = try CatalogStore(path: postgreSQL.newDatabase())
    let error = #expect(throws: CatalogError.self) {
      try importing(records + [image(7, "other.ova")], into: other)
    }
    #expect(error?.reason == "records 7 and 6001 both have the id 7")
    // So does a copy.
    try server.copy(to: other)
    let copied = other.location.dropFirst("postgresql:///".count).prefix { $0 != "?" }
    #expect(
      try postgreSQL.command(
        "SELECT indexdef FROM pg_indexes WHERE tablename = 'images' ORDER BY indexname",
        in: String(copied)
      ).text == before)
  }

  @Test(arguments: [
    [image(1, "b.ova")], [image(7, "new.ova"), image(9, "a.ova")],
    [image(5, "c.ova"), image(5, "d.ova")], [image(5, "c.ova"), image(6, "c.ova")],
    [image(9, "a.ova"), image(1, "b.ova")], [image(1, "a.ova"), image(2, "a.ova")],
  ])
  func `an import that clashes is refused in the same words, and nothing of it is there`(
    records: [Record]
  ) throws {
    var errors: [String] = []
    for store in [file, server] {
      _ = try importing([image(1, "a.ova"), image(2, "b.ova")], into: store)
      let error = try #require(
        #expect(throws: CatalogError.self) { try importing(records, into: store) })
      #expect(error.code == .conflict)
      errors.append("\(error.doing): \(error.reason), \(error.fix ?? "")")
      #expect(try store.read { try $0.page(ImageQuery(scope: .all)).rows.map(\.id) } == [1, 2])
    }
    #expect(errors[0] == errors[1])
  }
}
