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

@Suite struct SyncTests {
  static let descriptor = """
    <?xml version="1.0"?>
    <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"><References/>
    <VirtualSystem xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" ovf:id="vm"><Info>vm</Info>
    <VirtualHardwareSection><Info>hardware</Info></VirtualHardwareSection>
    </VirtualSystem></Envelope>
    """

  private func id(_ reply: Fixture.Reply) -> Int {
    (reply.data["request"] as? [String: Any])?["id"] as? Int ?? 0
  }

  private func addImage(_ name: String, to fixture: Fixture) throws {
    try fixture.folder.write(Self.descriptor, to: "xfers/josem/images/\(name)")
  }

  @Test func aSyncIsAcceptedAndShownAsClientsReadIt() async throws {
    let fixture = try Fixture()
    let reply = await fixture.send(.patch, "/v2/user/image/vm")
    #expect(reply.status == 202)
    let url = "\(Fixture.base)/v2/request/image_sync/1"
    #expect(reply.headers[.location] == url)
    #expect(reply.data["status"] as? Int == 202)
    #expect(reply.data["name"] as? String == "Accepted")
    #expect((reply.data["_links"] as? [String: String])?["request"] == url)
    let request = reply.data["request"] as? [String: Any]
    #expect(request?["status"] as? String == "SUBMITTED")
    #expect(request?["type"] as? String == "VM")
    #expect(request?.keys.sorted() == ["id", "status", "task_id", "type"])
    #expect(reply.meta.keys.sorted() == ["time", "user"])
  }

  @Test(arguments: ["", "{}", "garbage", "[1,", "\u{0}"])
  func theBodyOfAPatchDoesNotMatter(body: String) async throws {
    let fixture = try Fixture()
    #expect(await fixture.send(.patch, "/v2/user/image/vm", body: body).status == 202)
  }

  @Test func whatIsNewAndGoneIsListedAndStaysItself() async throws {
    let fixture = try Fixture(records: [])
    try addImage("a.ovf", to: fixture)
    try addImage("nested/b.ovf", to: fixture)
    let first = id(await fixture.send(.patch, "/v2/user/image/vm"))
    await fixture.server.services.worker.takeUpAll()
    let done = await fixture.send(.get, "/v2/request/image_sync/\(first)")
    #expect(done.data["status"] as? String == "PROCESSED")
    #expect(
      done.data["added"] as? [String] == [
        "[vssUser-xfers] josem/images/a.ovf", "[vssUser-xfers] josem/images/nested/b.ovf",
      ])
    #expect(done.data["deleted"] as? [String] == [])
    #expect(done.data["username"] as? String == "josem")
    #expect((done.data["user"] as? [String: String])?["username"] == "josem")
    let message = done.data["message"] as? [String: [String]]
    #expect(message == ["errors": [], "warnings": []])
    let before = await fixture.send(.get, "/v2/user/image/vm")
    #expect(before.rows.map { $0["folder"] as? String } == [nil, "nested"])

    let again = id(await fixture.send(.patch, "/v2/user/image/vm"))
    #expect(again != first)
    await fixture.server.services.worker.takeUpAll()
    let same = await fixture.send(.get, "/v2/request/image_sync/\(again)")
    #expect(same.data["added"] as? [String] == [])
    #expect(same.data["deleted"] as? [String] == [])
    let after = await fixture.send(.get, "/v2/user/image/vm")
    #expect(after.rows.map { $0["id"] as? Int } == before.rows.map { $0["id"] as? Int })

    try FileManager.default.removeItem(atPath: fixture.folder.path("xfers/josem/images/a.ovf"))
    let third = id(await fixture.send(.patch, "/v2/user/image/vm"))
    await fixture.server.services.worker.takeUpAll()
    let gone = await fixture.send(.get, "/v2/request/image_sync/\(third)")
    #expect(gone.data["deleted"] as? [String] == ["[vssUser-xfers] josem/images/a.ovf"])
    #expect(await fixture.send(.get, "/v2/user/image/vm").rows.count == 1)
  }

  @Test func oneUserHasOneSyncAtATime() async throws {
    let fixture = try Fixture()
    let ids = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<20 {
        group.addTask { id(await fixture.send(.patch, "/v2/user/image/vm")) }
      }
      return await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(ids == [1])
    let other = try Fixture.addToken("anna", to: fixture.store)
    #expect(id(await fixture.send(.patch, "/v2/user/image/vm", token: other)) == 2)
  }

  @Test func aRequestThatWasRunningIsTakenUpAgain() async throws {
    let fixture = try Fixture()
    _ = await fixture.send(.patch, "/v2/user/image/vm")
    try await fixture.store.write { writer in
      var request = try writer.reader.unfinishedRequests()[0]
      request.status = .inProgress
      _ = try writer.update(request)
    }
    // A server that starts on the same database.
    let server = try CatalogServer(
      {
        var configuration = Configuration()
        configuration.personal = PersonalRepositories(
          dataStore: "vssUser-xfers", root: fixture.folder.path("xfers"))
        return configuration
      }(), catalog: CatalogConnection(path: fixture.store.path), version: "1",
      logger: .init(label: "test"))
    await server.services.worker.takeUpAll()
    let reply = await fixture.send(.get, "/v2/request/image_sync/1")
    #expect(reply.data["status"] as? String == "PROCESSED")
  }

  @Test func aFolderThatIsNotThereEndsInAnErrorAndNothingIsGone() async throws {
    let fixture = try Fixture()
    try FileManager.default.removeItem(atPath: fixture.folder.path("xfers"))
    _ = await fixture.send(.patch, "/v2/user/image/vm")
    await fixture.server.services.worker.takeUpAll()
    let reply = await fixture.send(.get, "/v2/request/image_sync/1")
    #expect(reply.data["status"] as? String == "ERROR")
    let errors = (reply.data["message"] as? [String: [String]])?["errors"] ?? []
    #expect(errors.count == 1)
    #expect(!errors.joined().contains(fixture.folder.path))
    #expect(await fixture.send(.get, "/v2/user/image/vm").rows.count == 2)
  }

  @Test(arguments: ["Processed", "PROCESSED", "processed"])
  func requestsAreFilteredByEitherSpelling(status: String) async throws {
    let fixture = try Fixture()
    _ = await fixture.send(.patch, "/v2/user/image/vm")
    await fixture.server.services.worker.takeUpAll()
    _ = await fixture.send(.patch, "/v2/user/image/vm")
    let reply = await fixture.send(
      .get, "/v2/request/image_sync?expand=1&filter=status%2Ceq%2C\(status)&per_page=100")
    #expect(reply.rows.map { $0["id"] as? Int } == [1])
    let all = await fixture.send(.get, "/v2/request/image_sync?sort=&groups=1&filter=")
    #expect(
      all.json["data"] as? [String] == [
        "\(Fixture.base)/v2/request/image_sync/2", "\(Fixture.base)/v2/request/image_sync/1",
      ])
  }

  @Test func aConfirmationGoesThroughSendmail() async throws {
    let fixture = try Fixture { configuration, folder in
      let script = try folder.write(
        "#!/bin/sh\nprintf '%s\\n' \"$*\" > \(folder.path("mail"))\ncat >> \(folder.path("mail"))\n",
        to: "sendmail")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
      var mail = MailSettings(from: "ova@example.org")
      mail.sendmail = script
      mail.addresses = ["josem": "jose@example.com"]
      configuration.mail = mail
    }
    try addImage("a.ovf", to: fixture)
    _ = await fixture.send(.patch, "/v2/user/image/vm")
    await fixture.server.services.worker.takeUpAll()
    await fixture.server.letters?.sendAll()
    let letter = String(decoding: try fixture.folder.read("mail"), as: UTF8.self)
    #expect(letter.hasPrefix("-t -i\nFrom: ova@example.org\nTo: jose@example.com\nSubject: "))
    #expect(letter.contains("[vssUser-xfers] josem/images/a.ovf"))
  }
}
