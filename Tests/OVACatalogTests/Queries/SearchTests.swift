import OVACatalog
import OVATestSupport
import OVATime
import Testing

/// Tests of searches as users type them.
@Suite struct SearchTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func store(_ packages: [PackageRow]) throws -> CatalogStore {
    let store = try CatalogStore(path: TestDatabase.location(folder.file("catalog.sqlite")))
    try store.write { writer in
      for package in packages { try writer.save(package, now: 1) }
    }
    return store
  }

  private func known(
    _ path: String, product: String? = nil, vendor: String? = nil, version: String? = nil,
    guest: String? = nil
  ) -> PackageRow {
    var row = package(path)
    row.facts?.product = product
    row.facts?.vendor = vendor
    row.facts?.version = version
    row.facts?.guestSystem = guest
    return row
  }

  private func found(_ text: String, in store: CatalogStore) throws -> [String] {
    let query = ImageQuery(scope: .everybody, search: try SearchWords(text))
    return try store.read { try $0.page(query, paging: Paging()).rows.map(\.label) }
  }

  @Test(arguments: [
    ("shop", ["apps/web.ova"]), ("SHOP", ["apps/web.ova"]), ("acme", ["apps/web.ova", "b.ova"]),
    ("apps", ["apps/web.ova", "apps/über.ova"]), ("2.1", ["apps/web.ova"]),
    ("debian acme", ["apps/web.ova"]), ("acme debian", ["apps/web.ova"]),
    ("  acme \t debian\n", ["apps/web.ova"]), ("acme windows", []), ("100%", ["b.ova"]),
    ("%", ["b.ova"]), ("a_b", ["c/a_b.ova"]), ("_", ["c/a_b.ova"]), ("\\", ["d\\e.ova"]),
    ("ÜBER", ["apps/über.ova"]), ("u\u{308}ber apps", ["apps/über.ova"]),
    ("ber.ova", ["apps/über.ova"]),
    ("shopacme", []), ("shop acme", ["apps/web.ova"]), ("'", []), ("\"", []), ("*", []),
    ("", ["apps/web.ova", "b.ova", "c/a_b.ova", "d\\e.ova", "apps/über.ova"]),
  ])
  func everyWordMustOccurSomewhere(text: String, expected: [String]) throws {
    let store = try store([
      known(
        "apps/web.ova", product: "Shop", vendor: "Acme", version: "2.1", guest: "Debian GNU/Linux"),
      known("b.ova", product: "100% sure", vendor: "Acme"), known("c/a_b.ova"),
      known("d\\e.ova"), known("apps/über.ova", guest: "Ubuntu"),
    ])
    #expect(try found(text, in: store) == expected)
  }

  @Test func recordsThatWereOnlyImportedAreFoundByTheirNames() throws {
    let store = try store([])
    try store.write { try $0.importRecords([image(7, "VmImages/ubuntu/a.ova")]) }
    #expect(try found("ubuntu a.ova", in: store) == ["VmImages/ubuntu/a.ova"])
  }

  @Test func everyMachineAndProductOfAPackageIsFound() throws {
    var row = known("set.ova", product: "Front")
    row.facts?.systems = 2
    row.facts?.document = #"""
      {"virtual_systems": [{"name": "front", "operating_system": {"description": "Debian 12"}},
        {"name": "back", "operating_system": {"description": null, "cim_name": "FreeBSD"}}, 7],
       "products": [{"product": "Front"}, {"product": "Stock", "vendor": "Other & Sons"}]}
      """#
    let store = try store([row, known("b.ova")])
    for text in ["freebsd", "debian", "back stock", "\"other"] {
      #expect(try found(text, in: store) == (text.hasPrefix("\"") ? [] : ["set.ova"]), "\(text)")
    }
  }

  @Test func aPackageIsFoundByWhatItBecame() throws {
    let store = try store([known("a.ova", product: "Old")])
    #expect(try found("old", in: store) == ["a.ova"])
    try store.write { _ = try $0.save(known("a.ova", product: "New"), now: 2) }
    #expect(try found("old", in: store) == [])
    #expect(try found("new", in: store) == ["a.ova"])
  }

  @Test func totalsAndOrdersAreThoseOfTheSearch() throws {
    let store = try store((0..<50).map { known("p\($0).ova", vendor: $0 < 30 ? "Acme" : "Other") })
    try store.read { reader in
      for sort in ["name,asc", "name,desc", "updated_on,desc", "path,asc"] {
        let query = ImageQuery(
          scope: .everybody,
          filter: try Filter("name,like,p1%", times: try APITime(zoneNamed: "UTC")),
          search: try SearchWords("acme"), sort: try Sort(sort))
        let page = try reader.page(query, paging: Paging(page: 2, perPage: 4))
        #expect(page.total == 11 && page.rows.count == 4)
        let all = try reader.page(query).rows.map(\.name)
        #expect(Array(all[4..<8]) == page.rows.map(\.name))
      }
    }
  }

  @Test func tooManyWordsAndNULsAreRefused() throws {
    let words = (0..<65).map { "w\($0)" }.joined(separator: " ")
    #expect(throws: CatalogError.self) { try SearchWords(words) }
    #expect(throws: CatalogError.self) { try SearchWords("a\0b") }
    // The same word again is no further one.
    #expect(try SearchWords(String(repeating: "a ", count: 500)).words == ["a"])
    let store = try store([known("a.ova")])
    let most = try SearchWords((0..<64).map { "w\($0)" }.joined(separator: " "))
    #expect(
      try store.read { try $0.total(of: ImageQuery(scope: .everybody, search: most)) } == 0)
  }
}

/// Tests of the history: the state of the whole catalog at the end of scans.
@Suite struct ScanTotalsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func eachEndOfAScanKeepsTheTotalsAndScansThatChangedNothingAreOnePoint() throws {
    let store = try CatalogStore(path: TestDatabase.location(folder.file("catalog.sqlite")))
    func scan(_ now: Int64, _ work: (CatalogWriter, Int64) throws -> Void = { _, _ in }) throws {
      try store.write { writer in
        let scan = try writer.startScan(now: now)
        try work(writer, scan)
        try writer.finishScan(scan, counts: ScanCounts(), now: now + 1)
      }
    }
    try scan(10) { _ = try $0.save(package("a.ova", size: 10), scan: $1, now: 10) }
    try scan(20)
    try scan(30) { _ = try $0.save(package("b.ova", size: 5), scan: $1, now: 30) }
    for time in 4...9 { try scan(Int64(time * 10)) }
    // One that was killed has no totals.
    _ = try store.write { try $0.startScan(now: 100) }
    let totals = try store.read { try $0.scanTotals(limit: 30) }
    #expect(
      totals == [
        ScanTotals(
          scan: 1, finishedOn: 11, packages: 1, bytes: 10, errors: 0, warnings: 1),
        ScanTotals(
          scan: 3, finishedOn: 31, packages: 2, bytes: 15, errors: 0, warnings: 2),
        ScanTotals(
          scan: 9, finishedOn: 91, packages: 2, bytes: 15, errors: 0, warnings: 2),
      ])
    #expect(try store.read { try $0.scanTotals(limit: 2) }.map(\.scan) == [3, 9])
  }
}
