import Foundation
import HTTPTypes
import OVACatalog
import OVAConfiguration
import OVAJobs
import OVAServer
import OVATestSupport
import Synchronization
import Testing

/// Syncs that are asked for while another one runs.
@Suite struct FollowingSyncTests {
  /// A scan that waits at its end, when it has seen the folder, until it may go on.
  private final class HeldScan: RepositoryScanning {
    private let real = CatalogScan()
    private let gate = DispatchSemaphore(value: 0)
    private let scans = Mutex(0)
    let seen: AsyncStream<Void>
    private let tell: AsyncStream<Void>.Continuation

    init() { (seen, tell) = AsyncStream.makeStream() }

    func open() { gate.signal() }

    func scan(
      _ repository: Repository, into store: CatalogStore, resuming: Int64?,
      isCancelled: @escaping @Sendable () -> Bool
    ) throws -> ScanOutcome {
      let outcome = try real.scan(
        repository, into: store, resuming: resuming, isCancelled: isCancelled)
      let isFirst = scans.withLock { count in
        count += 1
        return count == 1
      }
      tell.yield()
      if isFirst { gate.wait() }
      return outcome
    }
  }

  private func id(_ reply: Fixture.Reply) -> Int {
    (reply.data["request"] as? [String: Any])?["id"] as? Int ?? 0
  }

  @Test func whatIsUploadedBeforeThePATCHIsListedWhenItsRequestIsProcessed() async throws {
    let scan = HeldScan()
    let fixture = try Fixture(records: [], scanning: scan)
    func upload(_ name: String) throws {
      try fixture.folder.write(SyncTests.descriptor, to: "xfers/josem/images/\(name)")
    }
    try upload("first.ovf")
    let first = id(await fixture.send(.patch, "/v2/user/image/vm"))
    let worker = Task { await fixture.server.services.worker.takeUpAll() }
    var seen = scan.seen.makeAsyncIterator()
    await seen.next()

    // The scan has passed; what comes now it does not see.
    try upload("second.ovf")
    let second = await fixture.send(.patch, "/v2/user/image/vm")
    let third = await fixture.send(.patch, "/v2/user/image/vm")
    #expect(second.status == 202)
    #expect(id(second) != first)
    // One that waits is enough for all that was uploaded by now.
    #expect(id(third) == id(second))
    let waiting = await fixture.send(.get, "/v2/request/image_sync/\(id(second))")
    #expect(waiting.data["status"] as? String == "SUBMITTED")

    scan.open()
    await worker.value
    let done = await fixture.send(.get, "/v2/request/image_sync/\(id(second))")
    #expect(done.data["status"] as? String == "PROCESSED")
    #expect(done.data["added"] as? [String] == ["[vssUser-xfers] josem/images/second.ovf"])
    let before = await fixture.send(.get, "/v2/request/image_sync/\(first)")
    #expect(before.data["status"] as? String == "PROCESSED")
    #expect(before.data["added"] as? [String] == ["[vssUser-xfers] josem/images/first.ovf"])
    let list = await fixture.send(.get, "/v2/user/image/vm?sort=name")
    #expect(list.rows.map { $0["name"] as? String } == ["first.ovf", "second.ovf"])
  }
}
