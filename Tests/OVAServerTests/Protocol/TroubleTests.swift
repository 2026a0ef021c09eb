import Foundation
import HTTPTypes
import OVACatalog
import OVAJobs
import OVAServer
import OVATestSupport
import Testing

@Suite struct TroubleTests {
  @Test func aMissingDatabaseIs503UntilItIsBack() async throws {
    let fixture = try Fixture()
    try fixture.store.close()
    let files = FileManager.default
    try files.moveItem(
      atPath: fixture.folder.path("catalog.sqlite"), toPath: fixture.folder.path("away"))
    for path in ["/v2/image", "/v2/image/24", "/v2/user/image/vm", "/readyz"] {
      let reply = await fixture.send(.get, path)
      #expect(reply.status == 503)
      #expect(reply.message == "the catalog is not available at the moment")
      #expect(!reply.text.contains("sqlite"))
    }
    #expect(await fixture.send(.get, "/livez").status == 200)
    #expect(await fixture.send(.get, "/metrics").text.contains("ova_catalogue_up 0"))
    try files.moveItem(
      atPath: fixture.folder.path("away"), toPath: fixture.folder.path("catalog.sqlite"))
    #expect(await fixture.send(.get, "/v2/image").status == 200)
  }

  @Test func aCorruptDatabaseIs503UntilItIsReplaced() async throws {
    let fixture = try Fixture()
    try fixture.store.close()
    let good = try fixture.folder.read("catalog.sqlite")
    for name in ["catalog.sqlite-wal", "catalog.sqlite-shm", "catalog.sqlite"] {
      try? FileManager.default.removeItem(atPath: fixture.folder.path(name))
    }
    try fixture.folder.write("this is no database, ".repeated(500), to: "catalog.sqlite")
    #expect(await fixture.send(.get, "/v2/image").status == 503)
    try FileManager.default.removeItem(atPath: fixture.folder.path("catalog.sqlite"))
    try fixture.folder.write(good, to: "catalog.sqlite")
    #expect(await fixture.send(.get, "/v2/image").status == 200)
  }

  @Test func aLockedDatabaseIs503AndOnlyForWriters() async throws {
    let fixture = try Fixture()
    #expect(await fixture.send(.get, "/v2/image").status == 200)
    let path = fixture.folder.path("catalog.sqlite")
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    holder.arguments = [
      "python3", "-c",
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], isolation_level=None)
      db.execute("BEGIN IMMEDIATE")
      sys.stdout.write("x")
      sys.stdout.flush()
      sys.stdin.read()
      """, path,
    ]
    let (input, output) = (Pipe(), Pipe())
    holder.standardInput = input
    holder.standardOutput = output
    try holder.run()
    #expect(output.fileHandleForReading.availableData == Data("x".utf8))
    #expect(await fixture.send(.get, "/v2/image?expand=1").status == 200)
    #expect(await fixture.send(.patch, "/v2/user/image/vm").status == 503)
    try input.fileHandleForWriting.close()
    holder.waitUntilExit()
    #expect(await fixture.send(.patch, "/v2/user/image/vm").status == 202)
  }

  @Test func aQueryThatTakesTooLongIs503AndTheServerAnswersOthers() async throws {
    let mapping = try RepositoryMapping(
      dataStore: "ds", root: "/", folder: "many", isPublic: true)
    let records = try (1...5000).map {
      try mapping.record(for: "\($0).ova", id: $0, createdOn: 0, updatedOn: 0)
    }
    let fixture = try Fixture(records: records, longestReading: 0)
    let reply = await fixture.send(.get, "/v2/image?filter=name,like,%25a%25z")
    #expect(reply.status == 503)
    #expect(reply.message.contains("longer than this server allows"))
    #expect(await fixture.send(.get, "/v2/image/77").status == 200)
  }
}

extension String {
  fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
