import OVABasics
import OVACatalog
import OVATestSupport
import OVATime
import Testing

/// Tests of those who read a catalog at the same time, without waiting on threads of their own.
@Suite struct ReadingAtOnceTests {
  private let folder: TemporaryFolder
  private let store: CatalogStore
  /// Another process, as far as SQLite can tell.
  private let other: CatalogStore
  private let everything = ImageQuery(scope: .everybody)

  init() throws {
    folder = try TemporaryFolder()
    store = try CatalogStore(path: folder.file("catalog.sqlite"))
    other = try CatalogStore(path: folder.file("catalog.sqlite"))
    try store.write { try $0.importRecords((1...5000).map { image($0, "f/\($0).ova") }) }
  }

  @Test func manyWhoAskAtOnceAreAllToldTheSameVersion() async throws {
    var before = try #require(await store.dataVersion())
    for round in 1...50 {
      try await other.write {
        _ = try $0.submitRequest(username: "u\(round)", taskID: "t", now: 1)
      }
      let versions = await withTaskGroup(of: DataVersion?.self) { group in
        for _ in 0..<16 { group.addTask { [store] in await store.dataVersion() } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      let first = try #require(versions.first ?? nil)
      #expect(first != before)
      #expect(versions == Array(repeating: first, count: 16))
      before = first
    }
  }

  @Test func aReadSeesOneStateWhateverIsWrittenMeanwhile() async throws {
    let totals = try await store.read { [other, everything] reader in
      let first = try reader.page(everything, paging: Paging(perPage: 1)).total
      try other.write { try $0.markGone([1], now: 1) }
      return [
        first, try reader.page(everything, paging: Paging(perPage: 1)).total,
        try reader.record(id: 1, scope: .everybody) == nil ? 0 : 1,
      ]
    }
    #expect(totals == [5000, 5000, 1])
    let after = try await store.read { [everything] in
      try $0.page(everything, paging: Paging()).total
    }
    #expect(after == 4999)
  }

  @Test func aReadThatFailsLeavesNoOldStateToThoseAfterIt() async throws {
    struct Failure: Error {}
    for round in 1...20 {
      let error = await #expect(throws: CatalogError.self) {
        try await store.read { reader -> Int in
          _ = try reader.generation()
          throw Failure()
        }
      }
      #expect(error?.code == .database)
      try await other.write { try $0.markGone([Int64(round)], now: 1) }
      #expect(try await store.read { try $0.record(id: Int64(round), scope: .all) } == nil)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func aReadWhoseTaskIsCancelledEndsInTheMidstOfItsQuery() async throws {
    let query = ImageQuery(
      scope: .all, filter: try Filter("name,like,%a%z", times: APITime(zone: .utc)))
    for _ in 0..<10 {
      let (begun, hasBegun) = AsyncStream.makeStream(of: Void.self)
      let task = Task { [store] in
        try await store.read { reader in
          while true {
            try reader.forEachRecord(query) { _ in }
            hasBegun.yield()
          }
        }
      }
      for await _ in begun { break }
      task.cancel()
      let error = await #expect(throws: CatalogError.self) { try await task.value }
      #expect(error?.code == .cancelled)
    }
    #expect(try await store.read { try $0.page(query).total } == 0)
  }

  @Test func theOrderOfAListIsKeptUntilTheListChanges() async throws {
    let query = ImageQuery(scope: .everybody, sort: try Sort("data_store,desc"))
    func isKept() async throws -> Bool {
      store.keepsOrder(of: query, at: try #require(await store.dataVersion()))
    }
    #expect(try await !isKept())
    _ = try await store.read { try $0.page(query, paging: Paging(page: 2)) }
    #expect(try await isKept())
    try await other.write { _ = try $0.submitRequest(username: "u", taskID: "t", now: 1) }
    #expect(try await isKept())
    try await other.write { try $0.markGone([7], now: 1) }
    #expect(try await !isKept())
  }

  @Test(arguments: [
    "", "a", "ä\u{1F600}", "\"quoted\\\"", "\n\t\u{1}\u{7F}",
    String(repeating: "long ", count: 2000),
  ])
  func aRenderedRowIsTheRecordWhateverItsText(text: String) throws {
    let path = "odd/\(text)"
    var odd = image(6000, path, folder: text)
    odd.label = text
    odd.name = text
    let none = image(6001, "none.ova", folder: nil)
    try store.write { try $0.importRecords([odd, none]) }
    let times = APITime(zone: .utc)
    let query = ImageQuery(scope: .everybody, sort: try Sort("id,desc"))
    let (page, rendered) = try store.read {
      (
        try $0.page(query, paging: Paging(perPage: 2)),
        try $0.renderedPage(query, paging: Paging(perPage: 2), times: times)
      )
    }
    #expect(page.rows == [none, odd])
    #expect(
      String(decoding: rendered.json, as: UTF8.self)
        == [none, odd].map { String(decoding: $0.json(times: times), as: UTF8.self) }
        .joined(separator: ","))
  }
}
