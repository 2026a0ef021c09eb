import Foundation
import Hummingbird
import OVACatalog
import OVAConfiguration
import OVAJobs
import OVAServer
import OVATestSupport
import Testing

@Suite struct AccessTests {
  @Test(arguments: [
    nil, "", "Bearer", "Bearer ", "Bearer wrong", "Token x", "Basic !!!", "Basic d3Jvbmc6",
    "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJqb3NlbSJ9.",
  ])
  func withoutATokenThereIsNothing(header: String?) async throws {
    let fixture = try Fixture()
    for path in ["/v2/image", "/v2/image/24", "/v2/user/image/vm", "/v2/user", "/v2/request"] {
      var headers: HTTPFields = [:]
      headers[.authorization] = header
      let reply = await fixture.send(.get, path, token: "", headers: headers)
      #expect(reply.status == 401)
      #expect(reply.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
      #expect(reply.json["status"] as? Int == 401)
      #expect(!reply.text.contains("ova\""))
    }
  }

  @Test func aTokenInTheQueryIsNone() async throws {
    let fixture = try Fixture()
    let reply = await fixture.send(.get, "/v2/image?token=\(fixture.token)", token: "")
    #expect(reply.status == 401)
  }

  @Test func aTokenMayBeSentAsTheUserOfBasic() async throws {
    let fixture = try Fixture()
    let basic = Data("\(fixture.token):".utf8).base64EncodedString()
    let reply = await fixture.send(
      .get, "/v2/image", headers: [.authorization: "Basic \(basic)"])
    #expect(reply.status == 200)
    #expect(reply.meta["user"] as? String == "josem")
  }

  @Test func aTokenThatRanOutOrWasRevokedOpensNothing() async throws {
    let fixture = try Fixture()
    let old = try Fixture.addToken("josem", to: fixture.store, expiresOn: 1000)
    #expect(await fixture.send(.get, "/v2/image", token: old).status == 401)
    let rows = try await fixture.store.read { try $0.tokens() }
    try await fixture.store.write { writer in
      for row in rows { _ = try writer.revokeToken(row.id, now: 1) }
    }
    #expect(await fixture.send(.get, "/v2/image").status == 401)
  }

  @Test func whenATokenWasUsedIsNotedApartFromTheRequest() async throws {
    let fixture = try Fixture()
    #expect(await fixture.send(.get, "/v2/user").status == 200)
    #expect(try await fixture.store.read { try $0.tokens() }.first?.lastUsedOn == nil)
    await fixture.server.services.authenticator.uses.write()
    #expect(try await fixture.store.read { try $0.tokens() }.first?.lastUsedOn != nil)
  }

  @Test(.enabled(if: !TestDatabase.isOnServer, "it looks at the catalog's file"))
  func onlyHashesOfTokensAreKept() throws {
    let fixture = try Fixture()
    for name in ["catalog.sqlite", "catalog.sqlite-wal"] {
      let bytes = try fixture.folder.read(name)
      #expect(Data(bytes).range(of: Data(fixture.token.utf8)) == nil)
    }
    #expect(Set((0..<100).map { _ in Token.make().text }).count == 100)
  }

  @Test func nothingOfAnotherUserIsVisible() async throws {
    let fixture = try Fixture()
    let other = try Fixture.addToken("anna", to: fixture.store)
    let list = await fixture.send(.get, "/v2/user/image/vm?filter=id,gt,0", token: other)
    #expect(list.rows.isEmpty)
    #expect(await fixture.send(.get, "/v2/user/image/vm/2", token: other).status == 404)
    #expect(await fixture.send(.get, "/v2/user/image/vm/2").status == 200)
    let sync = await fixture.send(.patch, "/v2/user/image/vm")
    let id = (sync.data["request"] as? [String: Any])?["id"] as? Int ?? 0
    let path = "/v2/request/image_sync/\(id)"
    #expect(await fixture.send(.get, path, token: other).status == 404)
    #expect(await fixture.send(.get, path).status == 200)
    let requests = await fixture.send(.get, "/v2/request/image_sync", token: other)
    #expect(requests.meta["count"] as? Int == 0)
    let tokens = await fixture.send(.get, "/v2/user/token", token: other)
    #expect(tokens.rows.count == 1)
    let images = await fixture.send(.get, "/v2/image?filter=public,eq,false", token: other)
    #expect(images.meta["count"] as? Int == 0)
  }

  @Test func aPasswordGivesASignedToken() async throws {
    let hash = try run("openssl", ["passwd", "-6", "-salt", "abcdefgh", "pa:ss wörd"]).text
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let fixture = try Fixture { configuration, folder in
      configuration.server.usersFile = try folder.write("# users\njosem:\(hash)\n", to: "htpasswd")
    }
    func login(_ credentials: String, body: String = "") async -> Fixture.Reply {
      let basic = Data(credentials.utf8).base64EncodedString()
      return await fixture.send(
        .post, "/auth/request-token", headers: [.authorization: "Basic \(basic)"], body: body)
    }
    let reply = await login("josem:pa:ss wörd", body: #"{"otp": null}"#)
    #expect(reply.status == 200)
    let token = try #require(reply.json["token"] as? String)
    #expect(token.split(separator: ".").count == 3)
    let user = await fixture.send(.get, "/v2/user", token: token)
    #expect(user.data["username"] as? String == "josem")
    #expect(await login("josem:pa:ss wörd").status == 200)
    #expect(await login("josem:wrong").status == 401)
    #expect(await login("nobody:pa:ss wörd").status == 401)
    #expect(await login("josem").status == 401)
    #expect(await login("josem:pa:ss wörd", body: "garbage").status == 400)

    // A token that was tampered with, or whose user is gone, opens nothing.
    let parts = token.split(separator: ".").map(String.init)
    let claims = Data(#"{"sub":"anna","exp":9999999999}"#.utf8).base64EncodedString()
      .replacingOccurrences(of: "=", with: "")
    let forged = "\(parts[0]).\(claims).\(parts[2])"
    #expect(await fixture.send(.get, "/v2/user", token: forged).status == 401)
    let unsigned = "eyJhbGciOiJub25lIn0.\(parts[1])."
    #expect(await fixture.send(.get, "/v2/user", token: unsigned).status == 401)
    try fixture.folder.write("anna:\(hash)\n", to: "htpasswd")
    #expect(await fixture.send(.get, "/v2/user", token: token).status == 401)
  }

  @Test(arguments: [
    (["openssl", "passwd", "-6", "secret"], 200), (["openssl", "passwd", "-5", "secret"], 200),
    (
      [
        "python3", "-W", "ignore", "-c",
        "import crypt; print(crypt.crypt('secret', crypt.mksalt(crypt.METHOD_BLOWFISH, rounds=16)))",
      ], 200
    ), (["openssl", "passwd", "-apr1", "secret"], 401),
    (["echo", "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="], 401), (["echo", "secret"], 401),
    (["echo", "$6$"], 401), (["echo", "*"], 401),
  ])
  func passwordsAreThoseOfCryptAndNoOthers(command: [String], status: Int) async throws {
    let hash = try run(command[0], Array(command.dropFirst())).text
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let fixture = try Fixture { configuration, folder in
      configuration.server.usersFile = try folder.write("josem:\(hash)\n", to: "htpasswd")
    }
    let basic = Data("josem:secret".utf8).base64EncodedString()
    let reply = await fixture.send(
      .post, "/auth/request-token", headers: [.authorization: "Basic \(basic)"])
    #expect(reply.status == status)
  }

  @Test func aTagOfOneUsersListSaysNothingToAnother() async throws {
    let fixture = try Fixture()
    let other = try Fixture.addToken("anna", to: fixture.store)
    let path = "/v2/user/image/vm"
    let tag = try #require(await fixture.send(.get, path).headers[.eTag])
    let headers: HTTPFields = [.ifNoneMatch: tag]
    #expect(await fixture.send(.get, path, headers: headers).status == 304)
    #expect(await fixture.send(.get, path, token: other, headers: headers).status == 200)
  }

  @Test func withoutAUsersFileNobodyLogsIn() async throws {
    let fixture = try Fixture()
    let reply = await fixture.send(
      .post, "/auth/request-token", headers: [.authorization: "Basic am9zZW06eA=="])
    #expect(reply.status == 401)
  }
}
