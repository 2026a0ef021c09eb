import Dispatch
import OVACatalog
import OVAJobs
import Testing

/// Tests of those who want the same list at the same time.
@Suite struct ListTurnsTests {
  private let fixture: Fixture
  private let catalog: CatalogConnection
  /// A list whose pages are read by the order of its ids.
  private let query: ImageQuery

  init() throws {
    fixture = try Fixture()
    catalog = CatalogConnection(fixture.store)
    query = ImageQuery(scope: .everybody, sort: try Sort("data_store,desc"))
  }

  private func version() async throws -> DataVersion {
    _ = try await catalog.store()
    return try #require(await catalog.dataVersion())
  }

  /// Reads the list while another one is at it, who waits until that is done.
  /// - Returns: whether it was done before the other one.
  private func isReadBesideAnother(at version: DataVersion?) async throws -> Bool {
    let (begun, hasBegun) = AsyncStream.makeStream(of: Void.self)
    let second = DispatchSemaphore(value: 0)
    let (catalog, query) = (self.catalog, self.query)
    async let first = catalog.readList(query, at: version) { reader in
      hasBegun.yield()
      let isBeside = second.wait(timeout: .now() + 1) == .success
      return (isBeside, try reader.page(query).total)
    }
    for await _ in begun { break }
    let total = try await catalog.readList(query, at: version) { reader in
      try reader.page(query).total
    }
    second.signal()
    let (isBeside, firstTotal) = try await first
    #expect(total == firstTotal)
    return isBeside
  }

  @Test func aListThatIsNotKnownIsWorkedOutByOneAfterTheOther() async throws {
    #expect(try await !isReadBesideAnother(at: version()))
    #expect(try await !isReadBesideAnother(at: nil))
  }

  @Test func aListWhoseOrderIsKeptIsReadByAllAtOnce() async throws {
    let before = try await version()
    _ = try await catalog.read { [query] in try $0.page(query, paging: Paging()) }
    #expect(fixture.store.keepsOrder(of: query, at: before))
    #expect(try await isReadBesideAnother(at: before))
    try await catalog.write { try $0.markGone([25], now: 1) }
    #expect(try await !isReadBesideAnother(at: version()))
  }
}
