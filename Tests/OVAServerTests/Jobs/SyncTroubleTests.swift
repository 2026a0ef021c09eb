import Foundation
import HTTPTypes
import OVACatalog
import OVAConfiguration
import OVAJobs
import OVAServer
import OVATestSupport
import Testing

/// Tests of how a sync reports packages that are not as they should be.
@Suite struct SyncTroubleTests {
  private func sync(_ fixture: Fixture) async -> Fixture.Reply {
    let reply = await fixture.send(.patch, "/v2/user/image/vm")
    await fixture.server.services.worker.takeUpAll()
    let id = (reply.data["request"] as? [String: Any])?["id"] as? Int ?? 0
    return await fixture.send(.get, "/v2/request/image_sync/\(id)")
  }

  private func message(_ reply: Fixture.Reply) -> [String: [String]] {
    reply.data["message"] as? [String: [String]] ?? [:]
  }

  /// An archive that ends inside its disk.
  private func cutArchive() throws -> (bytes: [UInt8], stored: Int) {
    var builder = TarBuilder()
    let descriptor = """
      <?xml version="1.0"?>
      <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
        xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
      <References><File ovf:id="f" ovf:href="disk.vmdk"/></References>
      <DiskSection><Info>d</Info><Disk ovf:diskId="d" ovf:fileRef="f" ovf:capacity="1048576"/>
      </DiskSection>
      <VirtualSystem ovf:id="vm"><Info>vm</Info></VirtualSystem></Envelope>
      """
    builder.file("vm.ovf", Array(descriptor.utf8))
    let start = builder.bytes.count + 512
    builder.file("disk.vmdk", (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 13) })
    return (Array(builder.bytes.prefix(start + 40_000)), 40_000)
  }

  @Test func aTruncatedPackageIsAnErrorAndItsDiskIsAsLargeAsWhatIsThere() async throws {
    let fixture = try Fixture(records: [])
    let (bytes, stored) = try cutArchive()
    try fixture.folder.write(bytes, to: "xfers/josem/images/cut.ova")
    for _ in 0..<2 {
      // At every sync, until it is fixed.
      let reply = await sync(fixture)
      #expect(reply.data["status"] as? String == "PROCESSED")
      let errors = message(reply)["errors"] ?? []
      #expect(errors.contains { $0.hasPrefix("[vssUser-xfers] josem/images/cut.ova: ") })
      #expect(errors.contains { $0.contains("disk.vmdk") && $0.contains("40000") })
    }
    let list = await fixture.send(.get, "/v2/user/image/vm")
    let id = try #require(list.rows.first?["id"] as? Int)
    let inspection = await fixture.send(.get, "/v2/user/image/vm/\(id)/inspection").data
    #expect(inspection["state"] as? String != "whole")
    let disks = inspection["disks"] as? [[String: Any]] ?? []
    #expect(disks.map { $0["size_bytes"] as? Int } == [stored])
    let files = inspection["files"] as? [[String: Any]] ?? []
    let disk = try #require(files.first { $0["name"] as? String == "disk.vmdk" })
    #expect(disk["size_bytes"] as? Int == stored)
    #expect((disk["digests"] as? [String: String])?.isEmpty == true)
  }

  @Test func aBrokenPackageSaysWhyInTheSyncAndInItsFindings() async throws {
    let fixture = try Fixture(records: [])
    try fixture.folder.write("no archive at all", to: "xfers/josem/images/text.ova")
    let reply = await sync(fixture)
    let errors = message(reply)["errors"] ?? []
    #expect(
      errors == [
        "[vssUser-xfers] josem/images/text.ova: archive-not-tar: "
          + "the file is not a tar archive; it looks like plain text"
      ])
    #expect(message(reply)["warnings"] == [])
    #expect(reply.data["added"] as? [String] == ["[vssUser-xfers] josem/images/text.ova"])
    let list = await fixture.send(.get, "/v2/user/image/vm")
    let id = try #require(list.rows.first?["id"] as? Int)
    let findings = await fixture.send(.get, "/v2/user/image/vm/\(id)/findings")
    #expect(findings.meta["count"] as? Int == 1)
    let finding = try #require(findings.rows.first)
    #expect(finding["rule"] as? String == "archive-not-tar")
    #expect(finding["severity"] as? String == "error")
    #expect(finding["file"] as? String == "text.ova")
    #expect(
      finding["message"] as? String == "the file is not a tar archive; it looks like plain text")
    #expect((finding["fix"] as? String)?.isEmpty == false)
    // Told again as long as it is so.
    #expect(message(await sync(fixture))["errors"] == errors)
    // And no more when it is fixed.
    try fixture.folder.write(SyncTests.descriptor, to: "xfers/josem/images/text.ovf")
    try FileManager.default.removeItem(atPath: fixture.folder.path("xfers/josem/images/text.ova"))
    #expect(message(await sync(fixture)) == ["errors": [], "warnings": []])
  }

  @Test func aPackageThatLacksAFileNamesItWithRuleAndPath() async throws {
    let fixture = try Fixture(records: [])
    try fixture.folder.write(
      SyncTests.descriptor.replacing(
        "<References/>",
        with: """
          <References><File xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" ovf:id="f" \
          ovf:href="gone.vmdk"/></References>
          """), to: "xfers/josem/images/deep/a.ovf")
    let errors = message(await sync(fixture))["errors"] ?? []
    #expect(errors.count == 1)
    #expect(
      errors.first?.hasPrefix("[vssUser-xfers] josem/images/deep/a.ovf: file-missing: ") == true)
    #expect(errors.first?.contains("gone.vmdk") == true)
  }

  /// A scan that fails after it has stored all.
  private struct FailingScan: RepositoryScanning {
    struct Failure: Error {}

    func scan(
      _ repository: Repository, into store: CatalogStore, resuming: Int64?,
      isCancelled: @escaping @Sendable () -> Bool
    ) throws -> ScanOutcome {
      var outcome = try CatalogScan().scan(
        repository, into: store, resuming: resuming, isCancelled: isCancelled)
      outcome.failure = "the folder cannot be scanned: the disk is full"
      return outcome
    }
  }

  @Test func whatAFailedSyncAddedIsCounted() async throws {
    let fixture = try Fixture(records: [], scanning: FailingScan())
    try fixture.folder.write(SyncTests.descriptor, to: "xfers/josem/images/a.ovf")
    let reply = await sync(fixture)
    #expect(reply.data["status"] as? String == "ERROR")
    #expect(reply.data["added"] as? [String] == ["[vssUser-xfers] josem/images/a.ovf"])
    #expect(message(reply)["errors"] == ["the folder cannot be scanned: the disk is full"])
  }

  @Test func aScanThatCannotStoreItsEndTellsWhatItStored() async throws {
    let fixture = try Fixture(records: [])
    for name in ["a.ovf", "b.ovf"] {
      try fixture.folder.write(SyncTests.descriptor, to: "xfers/josem/images/\(name)")
    }
    // The scan itself cannot be closed in the catalog.
    _ = try run(
      "python3",
      [
        "-c",
        """
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1])
        db.execute("CREATE TRIGGER no_end BEFORE UPDATE ON scans BEGIN SELECT raise(FAIL, 'no'); END")
        db.commit()
        """, fixture.store.path,
      ])
    let reply = await sync(fixture)
    #expect(reply.data["status"] as? String == "ERROR")
    #expect(
      reply.data["added"] as? [String] == [
        "[vssUser-xfers] josem/images/a.ovf", "[vssUser-xfers] josem/images/b.ovf",
      ])
    #expect(message(reply)["errors"]?.first?.hasPrefix("the folder cannot be scanned: ") == true)
  }
}
