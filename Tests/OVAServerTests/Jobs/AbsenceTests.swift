import Foundation
import HTTPTypes
import OVACatalog
import OVAConfiguration
import OVAJobs
import OVAServer
import OVATestSupport
import Testing

/// Tests of how a sync and the watch treat packages that are no longer there.
@Suite(.serialized) struct AbsenceTests {
  private func sync(_ fixture: Fixture) async throws -> Fixture.Reply {
    let reply = await fixture.send(.patch, "/v2/user/image/vm")
    let id = (reply.data["request"] as? [String: Any])?["id"] as? Int ?? 0
    await fixture.server.services.worker.takeUpAll()
    return await fixture.send(.get, "/v2/request/image_sync/\(id)")
  }

  private func addImages(_ fixture: Fixture) throws {
    for name in ["a", "b", "c", "d"] {
      try fixture.folder.write(SyncTests.descriptor, to: "xfers/josem/images/\(name).ovf")
    }
  }

  @Test func whoEmptiesTheirOwnFolderAndAsksForASyncMeansIt() async throws {
    let fixture = try Fixture(records: [])
    try addImages(fixture)
    #expect((try await sync(fixture).data["added"] as? [String])?.count == 4)
    for name in ["a", "b", "c", "d"] {
      try FileManager.default.removeItem(
        atPath: fixture.folder.path("xfers/josem/images/\(name).ovf"))
    }
    let done = try await sync(fixture)
    #expect(done.data["status"] as? String == "PROCESSED")
    #expect((done.data["deleted"] as? [String])?.count == 4)
    #expect((done.data["message"] as? [String: [String]])?["errors"] == [])
    #expect(await fixture.send(.get, "/v2/user/image/vm").rows.isEmpty)
  }

  @Test func anotherRootInThePersonalOnesPlaceTakesNothingAway() async throws {
    let fixture = try Fixture(records: [])
    try addImages(fixture)
    _ = try await sync(fixture)
    // The data store is not mounted; below it lies a folder of the same name.
    let root = fixture.folder.path("xfers")
    try FileManager.default.moveItem(atPath: root, toPath: root + "-away")
    try FileManager.default.createDirectory(
      atPath: root + "/josem/images", withIntermediateDirectories: true)
    let done = try await sync(fixture)
    #expect(done.data["deleted"] as? [String] == [])
    let errors = (done.data["message"] as? [String: [String]])?["errors"] ?? []
    #expect(errors.contains { $0.contains("root is another one") }, "\(errors)")
    #expect(await fixture.send(.get, "/v2/user/image/vm").rows.count == 4)
  }

  @Test func aSyncListsImportedRecordsThatAreNotThere() async throws {
    let record = try RepositoryMapping(
      dataStore: "vssUser-xfers", root: "/", folder: "josem/images", labelBase: "josem/images",
      isPublic: false, owner: "josem"
    ).record(for: "never.ova", id: 77, createdOn: 1, updatedOn: 2)
    let fixture = try Fixture(records: [record])
    try addImages(fixture)
    let done = try await sync(fixture)
    #expect(done.data["deleted"] as? [String] == ["[vssUser-xfers] josem/images/never.ova"])
  }

  @Test func theWatchTakesAnEmptyFolderForAMissingMount() async throws {
    let fixture = try Fixture(records: []) { configuration, folder in
      for name in ["a", "b"] {
        let path = try folder.write(SyncTests.descriptor, to: "isos/\(name).ovf")
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: 1_500_000_000)], ofItemAtPath: path)
      }
      configuration.repositories = [
        Repository(
          mapping: try RepositoryMapping(
            dataStore: "vss-ISOs", root: folder.path("isos"), isPublic: true))
      ]
      configuration.server.port = 0
      configuration.server.watchSeconds = 1
    }
    try await fixture.serving { _ in
      func scans() async throws -> Int {
        try await fixture.store.read { try $0.scans(limit: 99).count }
      }
      func names() async -> Int {
        await fixture.send(.get, "/v2/image?expand=1").rows.count
      }
      for _ in 0..<200 where await names() != 2 { try await Task.sleep(for: .milliseconds(50)) }
      #expect(await names() == 2)
      for name in ["a", "b"] {
        try FileManager.default.removeItem(atPath: fixture.folder.path("isos/\(name).ovf"))
      }
      let before = try await scans()
      for _ in 0..<200 where try await scans() < before + 2 {
        try await Task.sleep(for: .milliseconds(50))
      }
      #expect(try await scans() >= before + 2)
      #expect(await names() == 2)
      let errors = try await fixture.store.read { reader in
        try reader.scans(limit: 1).first.map { try reader.errors(of: $0.id) } ?? []
      }
      #expect(errors.first?.reason.hasPrefix("the folder is empty") == true)
    }
  }
}
