import Foundation
import HTTPTypes
import OVACatalog
import OVAConfiguration
import OVAServer
import OVATestSupport
import Testing

/// Logins by password: how often they may be tried, what they cost, and the key of their tokens.
@Suite struct LoginTests {
  private func hash(rounds: Int = 1000) throws -> String {
    try run(
      "python3",
      [
        "-W", "ignore", "-c",
        "import crypt; print(crypt.crypt('secret', '$6$rounds=\(rounds)$saltsaltsaltsalt$'))",
      ]
    ).text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func fixture(
    rounds: Int = 1000, proxies: [String] = [], key: String? = nil
  ) throws -> Fixture {
    let hash = try hash(rounds: rounds)
    return try Fixture { configuration, folder in
      configuration.server.port = 0
      configuration.server.usersFile = try folder.write(
        "josem:\(hash)\nanna:\(hash)\n", to: "users")
      configuration.server.trustedProxies = proxies.compactMap(NetworkRange.init)
      configuration.server.keyFile = folder.path("token.key")
      if let key { try folder.write(key, to: "token.key") }
    }
  }

  private func login(
    _ fixture: Fixture, _ user: String, _ password: String
  ) async -> Fixture.Reply {
    let basic = Data("\(user):\(password)".utf8).base64EncodedString()
    return await fixture.send(
      .post, "/auth/request-token", headers: [.authorization: "Basic \(basic)"])
  }

  // MARK: Limits

  @Test(arguments: ["josem", "nobody"])
  func afterSomeFailuresAUserHasToWaitEvenWithTheRightPassword(user: String) async throws {
    let fixture = try fixture()
    for _ in 0..<5 {
      let reply = await login(fixture, user, "wrong")
      #expect(reply.status == 401)
      #expect(reply.message == "user name or password is wrong")
    }
    let limited = await login(fixture, user, "secret")
    #expect(limited.status == 429)
    #expect(limited.headers[.retryAfter] == "1")
    #expect(limited.json["error"] as? String == "too many requests")
    #expect(limited.message == "too many attempts to log in have failed: try again in 1 s")
    // Nobody else has to.
    #expect(await login(fixture, "anna", "secret").status == 200)
    let metrics = await fixture.send(.get, "/metrics").text
    #expect(metrics.contains(#"ova_logins_total{outcome="limited"} 1"#))
    #expect(metrics.contains(#"ova_logins_total{outcome="refused"} 5"#))
    #expect(metrics.contains(#"ova_logins_total{outcome="accepted"} 1"#))
  }

  @Test func delaysGrowAndARightPasswordEndsThem() throws {
    let limits = LoginLimits()
    var now: Int64 = 0
    var waits: [Int64] = []
    for _ in 0..<14 {
      while case .wait(let seconds) = limits.begin(user: "josem", address: nil, now: now) {
        waits.append(seconds)
        now += seconds
      }
    }
    #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60, 60])
    now += 60
    #expect(limits.begin(user: "josem", address: nil, now: now) == .allowed)
    limits.succeed(user: "josem", address: nil)
    for _ in 0..<5 {
      #expect(limits.begin(user: "josem", address: nil, now: now) == .allowed)
    }
    #expect(limits.begin(user: "josem", address: nil, now: now) == .wait(seconds: 1))
    // What is long past is forgotten.
    #expect(limits.begin(user: "josem", address: nil, now: now + 3700) == .allowed)
    #expect(limits.begin(user: "josem", address: nil, now: now + 3700) == .allowed)
  }

  @Test func anAddressIsLimitedWhateverNamesItTries() {
    let limits = LoginLimits()
    for number in 0..<20 {
      #expect(limits.begin(user: "user\(number)", address: "192.0.2.1", now: 0) == .allowed)
    }
    #expect(limits.begin(user: "another", address: "192.0.2.1", now: 0) == .wait(seconds: 1))
    #expect(limits.begin(user: "another", address: "192.0.2.2", now: 0) == .allowed)
  }

  @Test func aPasswordOfOnesOwnDoesNotBuyGuessesAtOthers() {
    let limits = LoginLimits()
    var guesses = 0
    for now in 0..<Int64(600) {
      if limits.begin(user: "own", address: "192.0.2.1", now: now) == .allowed {
        limits.succeed(user: "own", address: "192.0.2.1")
      }
      // Another name each time.
      if limits.begin(user: "victim\(now)", address: "192.0.2.1", now: now) == .allowed {
        guesses += 1
      }
    }
    #expect(guesses < 40)
  }

  @Test func manyNamesCostNoEndlessMemoryAndNoOneTheirDelay() {
    let limits = LoginLimits()
    for _ in 0..<12 { _ = limits.begin(user: "josem", address: nil, now: 0) }
    for number in 0..<50_000 {
      _ = limits.begin(user: "made-up-\(number)", address: nil, now: 0)
    }
    #expect(limits.begin(user: "josem", address: nil, now: 0) != .allowed)
  }

  @Test func guessesAtTheSameTimeAreLimitedAsWell() async throws {
    let fixture = try fixture(rounds: 50_000)
    let statuses = await withTaskGroup(of: Int.self) { group in
      for number in 0..<40 {
        group.addTask { await login(fixture, "josem", "guess\(number)").status }
      }
      return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    // A few more where the machine is slow and a second passes.
    #expect((5...8).contains(statuses[401] ?? 0))
    #expect((statuses[401] ?? 0) + (statuses[429] ?? 0) == 40)
  }

  // MARK: Addresses

  /// The statuses of wrong logins, each with another name, through curl.
  private func statuses(
    _ port: Int, count: Int, _ header: (Int) -> String
  ) throws -> [Int] {
    try (0..<count).map { number in
      let result = try run(
        "curl",
        [
          "-s", "-o", "/dev/null", "-w", "%{http_code}", "-X", "POST", "-u", "user\(number):x",
          "-H", header(number), "http://127.0.0.1:\(port)/auth/request-token",
        ])
      return Int(result.text) ?? 0
    }
  }

  @Test func whatAClientSaysOfItsAddressCountsForNothing() async throws {
    let fixture = try fixture()
    try await fixture.serving { port in
      let all = try statuses(port, count: 25) { "X-Forwarded-For: 192.0.2.\($0)" }
      #expect(all.prefix(20).allSatisfy { $0 == 401 })
      #expect(all.suffix(5).contains(429))
    }
  }

  @Test func behindATrustedProxyClientsAreToldApart() async throws {
    let fixture = try fixture(proxies: ["127.0.0.0/8"])
    try await fixture.serving { port in
      let apart = try statuses(port, count: 25) { "X-Forwarded-For: 192.0.2.\($0)" }
      #expect(apart.allSatisfy { $0 == 401 })
      // What stands before the proxy's own word the client has made up.
      let same = try statuses(port, count: 25) { "X-Forwarded-For: 10.0.0.\($0), 198.51.100.7" }
      #expect(same.prefix(20).allSatisfy { $0 == 401 })
      #expect(same.suffix(5).contains(429))
    }
  }

  // MARK: Cost

  @Test func namesThatAreNotThereCostAsMuchAsThoseThatAre() async throws {
    let fixture = try fixture(rounds: 300_000)
    func time(_ user: String) async -> Duration {
      let start = ContinuousClock.now
      #expect(await login(fixture, user, "wrong").status == 401)
      return ContinuousClock.now - start
    }
    _ = await time("anna")
    var (known, unknown) = (Duration.seconds(100), Duration.seconds(100))
    // The least of several: what else the machine does only adds.
    for number in 0..<3 {
      known = min(known, await time("josem"))
      unknown = min(unknown, await time("nobody\(number)"))
    }
    #expect(unknown > known * 0.5)
    #expect(unknown < known * 2)
  }

  // MARK: The key

  @Test(arguments: [
    "", "\n", "abc", "abc\n", String(repeating: "A", count: 42), String(repeating: "\0", count: 44),
  ])
  func anUnfinishedKeyIsReplaced(content: String) async throws {
    let fixture = try fixture(key: content)
    let reply = await login(fixture, "josem", "secret")
    #expect(reply.status == 200)
    let key = try fixture.folder.read("token.key")
    #expect(key.count == 44)
    #expect(key.last == 0x0A)
    let facts = try FileManager.default.attributesOfItem(atPath: fixture.folder.path("token.key"))
    #expect(facts[.posixPermissions] as? Int == 0o600)
    // No draft is left.
    let names = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
    #expect(!names.contains { $0.contains("token.key.") })
    let token = try #require(reply.json["token"] as? String)
    #expect(await fixture.send(.get, "/v2/user", token: token).status == 200)
  }

  @Test func aKeyThatIsWholeStaysAndOutlivesTheServer() async throws {
    let first = try fixture()
    let token = try #require(await login(first, "josem", "secret").json["token"] as? String)
    let key = String(decoding: try first.folder.read("token.key"), as: UTF8.self)
    let second = try fixture(key: key)
    #expect(await second.send(.get, "/v2/user", token: token).status == 200)
    #expect(String(decoding: try second.folder.read("token.key"), as: UTF8.self) == key)
  }

  @Test(arguments: [
    "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n", "josem:$6$salt$hash\n",
    "a b", "abc\ndef\n",
  ])
  func aFileThatHoldsSomethingElseIsNotOverwritten(content: String) async throws {
    let fixture = try fixture(key: content)
    let reply = await login(fixture, "josem", "secret")
    #expect(reply.status == 503)
    #expect(reply.message == "no tokens can be signed at the moment")
    #expect(String(decoding: try fixture.folder.read("token.key"), as: UTF8.self) == content)
  }

  @Test func aKeyThatCannotBeWrittenLeavesNothing() async throws {
    let fixture = try fixture()
    // A folder in the place of the file.
    try FileManager.default.createDirectory(
      atPath: fixture.folder.path("token.key"), withIntermediateDirectories: true)
    #expect(await login(fixture, "josem", "secret").status == 503)
    let names = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
    #expect(names.filter { $0.contains("token.key") } == ["token.key"])
  }

  @Test func serversThatStartTogetherHaveOneKey() async throws {
    let folder = try TemporaryFolder()
    let hash = try hash()
    let users = try folder.write("josem:\(hash)\n", to: "users")
    let fixtures = try (0..<4).map { _ in
      try Fixture { configuration, _ in
        configuration.server.usersFile = users
        configuration.server.keyFile = folder.path("token.key")
      }
    }
    let tokens = await withTaskGroup(of: String.self) { group in
      for fixture in fixtures {
        group.addTask {
          await login(fixture, "josem", "secret").json["token"] as? String ?? ""
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    for fixture in fixtures {
      for token in tokens {
        #expect(await fixture.send(.get, "/v2/user", token: token).status == 200)
      }
    }
  }

  // MARK: Signed tokens

  /// A key file, and tokens that were signed with it elsewhere.
  private static let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n"
  private static let good = """
    eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjQxMDI0NDQ4MDAsImlhdCI6MTcwMDAwMDA\
    wMCwib3RwIjpmYWxzZSwic3ViIjoiam9zZW0iLCJ1c2VybmFtZSI6Impvc2VtIn0.fRkFVAER1AdkE5R\
    M7GxyJF_-61RkOwweF9tqjznoH0U
    """
  private static let expired = """
    eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE3MDAwMDAwMDEsImlhdCI6MTcwMDAwMDA\
    wMCwib3RwIjpmYWxzZSwic3ViIjoiam9zZW0iLCJ1c2VybmFtZSI6Impvc2VtIn0.IikXq2aspk-BT92\
    QTd1ypSQ5sgzITFcrDW-bl7EGFYA
    """
  private static let ofNobody = """
    eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjQxMDI0NDQ4MDAsImlhdCI6MTcwMDAwMDA\
    wMCwib3RwIjpmYWxzZSwic3ViIjoibm9ib2R5IiwidXNlcm5hbWUiOiJub2JvZHkifQ.fpF5tGpu4H7Z\
    U6wQVJTKd-NTfw45vfW8OScB8w6-kqQ
    """
  private static let withoutEnd = """
    eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJqb3NlbSJ9.w8aVCsyut2iLwj3w-3TDEA\
    KijPkTw2wVUmlzPEvGjQc
    """
  private static let endInWords = """
    eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJqb3NlbSIsImV4cCI6IjQxMDI0NDQ4MDA\
    ifQ.mslTzjWfMNAppdxNBf4rjgIXSI6QPpiSST-cQ2MK1tU
    """

  @Test func aTokenThatWasSignedElsewhereWithTheKeyIsValid() async throws {
    let fixture = try fixture(key: Self.key)
    let reply = await fixture.send(.get, "/v2/user", token: Self.good)
    #expect(reply.status == 200)
    #expect(reply.data["username"] as? String == "josem")
  }

  @Test(arguments: [expired, ofNobody, withoutEnd, endInWords])
  func aTokenWithOtherClaimsIsNotValid(token: String) async throws {
    let fixture = try fixture(key: Self.key)
    #expect(await fixture.send(.get, "/v2/user", token: token).status == 401)
  }

  @Test func aTokenWhoseSignatureIsNotTheKeysIsNotValid() async throws {
    let fixture = try fixture(key: Self.key)
    let parts = Self.good.split(separator: ".").map(String.init)
    // {"alg":"none","typ":"JWT"}
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"
    let signature = parts[2]
    let changed = (signature.hasPrefix("A") ? "B" : "A") + signature.dropFirst()
    for token in [
      "\(parts[0]).\(parts[1]).\(changed)", "\(parts[0]).\(parts[1]).", "\(none).\(parts[1]).",
      "\(none).\(parts[1]).\(signature)", "\(parts[0]).\(parts[1])", "\(Self.good).", "..", "a.b.c",
      "\(parts[1]).\(parts[0]).\(signature)", "\(parts[0]).\(parts[1]).\(signature.dropLast(8))",
    ] {
      #expect(await fixture.send(.get, "/v2/user", token: token).status == 401, "\(token)")
    }
  }

  @Test func aTokenIsWrittenAsExistingClientsReadIt() async throws {
    let fixture = try fixture(key: Self.key)
    let reply = await login(fixture, "josem", "secret")
    let token = try #require(reply.json["token"] as? String)
    let parts = token.split(separator: ".").map(String.init)
    #expect(parts.count == 3)
    // {"alg":"HS256","typ":"JWT"}
    #expect(parts[0] == "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9")
    let padded = parts[1] + String(repeating: "=", count: (4 - parts[1].utf8.count % 4) % 4)
    let payload = try #require(
      Data(base64Encoded: padded.replacing("-", with: "+").replacing("_", with: "/")))
    let text = String(decoding: payload, as: UTF8.self)
    let shape = /\{"exp":(\d+),"iat":(\d+),"otp":false,"sub":"josem","username":"josem"\}/
    let match = try #require(text.wholeMatch(of: shape))
    let (end, start) = (try #require(Int64(match.1)), try #require(Int64(match.2)))
    #expect(end - start == Int64(Configuration().server.tokenLifetime))
    #expect(reply.text == #"{"token":"\#(token)"}"#)
  }
}
