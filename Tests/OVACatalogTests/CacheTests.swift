import OVACatalog
import OVATestSupport
import OVATime
import Testing

/// Tests of what is kept of a catalog, and for how long.
@Suite struct CacheTests {
  private let folder: TemporaryFolder
  private let store: CatalogStore
  /// Another process, as far as SQLite can tell.
  private let other: CatalogStore
  private let times: APITime

  init() throws {
    folder = try TemporaryFolder()
    store = try CatalogStore(path: TestDatabase.location(folder.file("catalog.sqlite")))
    other = try CatalogStore(path: TestDatabase.location(folder.file("catalog.sqlite")))
    times = try APITime(zoneNamed: "America/Toronto")
    let records = (1...20).map { image($0, "f/\($0).ova") }
    try store.write { try $0.importRecords(records) }
  }

  /// Renders the list's first page, which is kept then.
  private func render() throws -> RenderedPage {
    try store.read {
      try $0.renderedPage(ImageQuery(scope: .everybody), paging: Paging(), times: times)
    }
  }

  /// The page that is kept at the present version.
  private func kept() async throws -> RenderedPage? {
    let version = try #require(await store.dataVersion())
    return store.keptPage(
      ImageQuery(scope: .everybody), paging: Paging(), times: times, at: version)
  }

  private func token(_ hash: [UInt8]) throws -> TokenRow? {
    try store.read { try $0.token(hash: hash) }
  }

  @Test func aVersionStaysUntilSomethingIsWritten() async throws {
    let first = try #require(await store.dataVersion())
    #expect(await store.dataVersion() == first)
    _ = try render()
    #expect(await store.dataVersion() == first)
    for (number, writer) in [store, other].enumerated() {
      let before = try #require(await store.dataVersion())
      try await writer.write { writer in
        _ = try writer.addToken(
          hash: [UInt8(number)], owner: "josem", name: "t", expiresOn: nil, now: 1)
      }
      #expect(await store.dataVersion() != before)
    }
  }

  @Test func twoOpeningsOfOneFileHaveVersionsOfTheirOwn() async throws {
    let versions = (
      try #require(await store.dataVersion()), try #require(await other.dataVersion())
    )
    #expect(versions.0 != versions.1)
  }

  @Test func aPageOutlivesWritesThatLeaveTheListAsItIs() async throws {
    #expect(try await kept() == nil)
    let page = try render()
    #expect(try await kept()?.json == page.json)
    try await other.write { _ = try $0.submitRequest(username: "u", taskID: "t", now: 1) }
    #expect(try await kept()?.json == page.json)
  }

  @Test func aPageEndsWithTheListThatItShows() async throws {
    _ = try render()
    try await other.write { try $0.markGone([1], now: 1) }
    #expect(try await kept() == nil)
    let page = try render()
    #expect(page.total == 19)
    #expect(try await kept()?.total == 19)
  }

  @Test func aTokenIsKeptUntilTheNextWrite() async throws {
    let hash = [UInt8](repeating: 7, count: 32)
    let id = try await store.write {
      try $0.addToken(hash: hash, owner: "josem", name: "t", expiresOn: nil, now: 1)
    }
    let version = try #require(await store.dataVersion())
    #expect(store.keptToken(hash: hash, at: version) == nil)
    let row = try #require(try token(hash))
    store.keep(row, hash: hash, at: version)
    #expect(store.keptToken(hash: hash, at: version) == row)
    #expect(try await other.write { try $0.revokeToken(id, now: 2) })
    let next = try #require(await store.dataVersion())
    #expect(store.keptToken(hash: hash, at: next) == nil)
    // What was read before is not taken for what is so now.
    store.keep(row, hash: hash, at: version)
    #expect(store.keptToken(hash: hash, at: next) == nil)
  }

  @Test func moreTokensThanAreKeptPushOutTheOthers() async throws {
    let version = try #require(await store.dataVersion())
    let row = TokenRow(
      id: 1, owner: "o", name: "n", createdOn: 0, expiresOn: nil, lastUsedOn: nil, revokedOn: nil)
    func hash(_ number: Int) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }
    for number in 0..<10_000 { store.keep(row, hash: hash(number), at: version) }
    let count = (0..<10_000).count { store.keptToken(hash: hash($0), at: version) != nil }
    #expect((1...4096).contains(count))
    #expect(store.keptToken(hash: hash(9_999), at: version) == row)
  }
}
