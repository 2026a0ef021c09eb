import Foundation
import HTTPTypes
import Logging
import OVACatalog
import OVAConfiguration
import OVAJobs
import OVAServer
import OVATestSupport
import Synchronization
import Testing

/// Repositories whose folders are watched.
@Suite(.serialized) struct WatchTests {
  /// A server that looks by itself only once an hour.
  private func fixture(watchSeconds: Int = 3600) throws -> Fixture {
    try Fixture(records: []) { configuration, folder in
      try Self.add("isos/first.ovf", to: folder)
      configuration.repositories = [
        Repository(
          mapping: try RepositoryMapping(
            dataStore: "vss-ISOs", root: folder.path("isos"), isPublic: true))
      ]
      configuration.server.port = 0
      configuration.server.watchSeconds = watchSeconds
    }
  }

  /// Adds a package; what was written moments ago may still grow, so that it is old.
  private static func add(_ name: String, to folder: TemporaryFolder) throws {
    let file = try folder.write(SyncTests.descriptor, to: "making/\(UUID().uuidString)")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_500_000_000)], ofItemAtPath: file)
    let target = URL(fileURLWithPath: folder.path(name))
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.moveItem(at: URL(fileURLWithPath: file), to: target)
  }

  private func names(_ fixture: Fixture, wanted: [String]) async throws -> [String] {
    var names: [String] = []
    for _ in 0..<200 where names != wanted {
      names = await fixture.send(.get, "/v2/image?expand=1&sort=label").rows.map {
        $0["label"] as? String ?? ""
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    return names
  }

  @Test func whatComesAndGoesIsListedAsSoonAsItsFolderChanges() async throws {
    let fixture = try fixture()
    try await fixture.serving { _ in
      #expect(try await names(fixture, wanted: ["first.ovf"]) == ["first.ovf"])
      // In a folder that is new itself.
      try Self.add("isos/new/deep/second.ovf", to: fixture.folder)
      let both = ["first.ovf", "new/deep/second.ovf"]
      #expect(try await names(fixture, wanted: both) == both)
      try Self.add("isos/new/deep/third.ovf", to: fixture.folder)
      let three = ["first.ovf", "new/deep/second.ovf", "new/deep/third.ovf"]
      #expect(try await names(fixture, wanted: three) == three)
      try FileManager.default.removeItem(atPath: fixture.folder.path("isos/new"))
      #expect(try await names(fixture, wanted: ["first.ovf"]) == ["first.ovf"])
    }
  }

  /// Counts the scans of a watch.
  private final class ScanCount: JobCounting {
    let count = Mutex(0)

    func synced(_ status: RequestStatus, time: Duration) {}
    func scanned(_ wentWell: Bool) { if wentWell { count.withLock { $0 += 1 } } }
    func lettered(_ outcome: LetterOutcome) {}
  }

  @Test func aScanThatChangesNothingCausesNoOther() async throws {
    let folder = try TemporaryFolder()
    try Self.add("isos/first.ovf", to: folder)
    let store = try CatalogStore(path: folder.path("isos/catalog.sqlite"))
    let scans = ScanCount()
    // One that does not wait for more changes would follow its own at once, again and again.
    let watch = RepositoryWatch(
      catalog: CatalogConnection(store),
      repositories: [
        Repository(
          mapping: try RepositoryMapping(
            dataStore: "vss-ISOs", root: folder.path("isos"), isPublic: true))
      ],
      pause: .seconds(3600), quiet: .zero, counting: scans,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let running = Task { try await watch.run() }
    #expect(await eventually { scans.count.withLock { $0 } > 0 })
    // What comes now is seen by the next scan, and there was none between.
    try Self.add("isos/second.ovf", to: folder)
    #expect(await eventually { scans.count.withLock { $0 } > 1 })
    running.cancel()
    _ = await running.result
    #expect(scans.count.withLock { $0 } == 2)
    let query = ImageQuery(scope: .all)
    #expect(try await store.read { try $0.total(of: query) } == 2)
  }

  @Test func withoutWordOfChangesTheFoldersAreScannedRegularly() async throws {
    let fixture = try fixture(watchSeconds: 1)
    try await fixture.serving { _ in
      _ = try await names(fixture, wanted: ["first.ovf"])
      let before = try await fixture.store.read { try $0.scans(limit: 10).count }
      #expect(
        try await eventually {
          try await fixture.store.read { try $0.scans(limit: 10).count } > before
        })
    }
  }

  // MARK: The kernel's word

  private func event(_ mask: UInt32, _ name: String = "") -> [UInt8] {
    let padded =
      name.isEmpty ? [] : Array(name.utf8) + [UInt8](repeating: 0, count: 16 - name.utf8.count % 16)
    func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 0xFF) } }
    return word(1) + word(mask) + word(0) + word(UInt32(padded.count)) + padded
  }

  private static let overflow: UInt32 = 0x4000
  private static let closedAfterWriting: UInt32 = 0x8
  private static let watchIsGone: UInt32 = 0x8000

  @Test func aChangeIsAChange() {
    let bytes = event(Self.closedAfterWriting, "a.ova")
    #expect(FolderWatch.tells(bytes[...], ignoring: "catalog.sqlite"))
  }

  @Test(arguments: ["catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-scan", ".hidden"])
  func theCatalogsOwnFilesAndHiddenOnesAreNone(name: String) {
    let bytes = event(Self.closedAfterWriting, name)
    #expect(!FolderWatch.tells(bytes[...], ignoring: "catalog.sqlite"))
    let two = bytes + event(Self.closedAfterWriting, "catalog.sqlite.ova")
    #expect(FolderWatch.tells(two[...], ignoring: "catalog.sqlite"))
  }

  @Test func anOverflowIsAChangeForWhoKnowsWhatWasLost() {
    #expect(FolderWatch.tells(event(Self.overflow)[...], ignoring: ""))
    #expect(!FolderWatch.tells(event(Self.watchIsGone)[...], ignoring: ""))
    #expect(!FolderWatch.tells([], ignoring: ""))
  }

  @Test func moreFoldersThanMayBeWatchedAreSaid() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b", "c"] {
      try FileManager.default.createDirectory(
        atPath: folder.path("top/\(name)"), withIntermediateDirectories: true)
    }
    let few = try #require(FolderWatch(ignoring: "", mostFolders: 3) {})
    #expect(!few.watch([folder.path("top")]))
    let many = try #require(FolderWatch(ignoring: "", mostFolders: 4) {})
    #expect(many.watch([folder.path("top")]))
    #expect(!many.watch([folder.path("missing")]))
  }

  @Test func aFolderThatIsNoLongerWatchedIsNotToldOf() async throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] {
      try FileManager.default.createDirectory(
        atPath: folder.path(name), withIntermediateDirectories: true)
    }
    let told = Mutex(0)
    let seen = Mutex(0)
    let watch = try #require(FolderWatch(ignoring: "") { told.withLock { $0 += 1 } })
    #expect(watch.watch([folder.path("a"), folder.path("b")]))
    #expect(watch.watch([folder.path("b")]))
    let other = try #require(FolderWatch(ignoring: "") { seen.withLock { $0 += 1 } })
    #expect(other.watch([folder.path("a")]))
    try folder.write("x", to: "a/x")
    // The kernel has told all who listen when it has told one.
    #expect(await eventually { seen.withLock { $0 } > 0 })
    #expect(told.withLock { $0 } == 0)
    try folder.write("x", to: "b/x")
    #expect(await eventually { told.withLock { $0 } > 0 })
  }
}
