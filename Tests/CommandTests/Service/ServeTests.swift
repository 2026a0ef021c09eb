import Foundation
import OVATestSupport
import Testing

/// The server as a process: how it ends, and how it begins again.
@Suite(.serialized) struct ServeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func token(_ user: String = "josem") throws -> String {
    try OVATool.run("token", "add", user, "--db", folder.path("catalog.sqlite")).text
      .trimmingCharacters(in: .newlines)
  }

  /// Fills the user's folder with so many packages, which take a while to scan.
  private func fill(_ count: Int) throws {
    for number in 0..<count {
      try folder.write(
        """
        <?xml version="1.0"?>
        <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"><References/>
        <VirtualSystem xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" ovf:id="vm\(number)">
        <Info>vm</Info></VirtualSystem></Envelope>
        """, to: "xfers/josem/images/\(number % 20)/\(number).ovf")
    }
  }

  /// A users file with a password whose check takes about a second.
  private func addSlowUser() throws {
    let hash = try OVATestSupport.run(
      "python3",
      [
        "-W", "ignore", "-c",
        "import crypt; print(crypt.crypt('secret', '$6$rounds=1500000$saltsaltsaltsalt$'))",
      ]
    ).text
    try folder.write("josem:\(hash)", to: "users")
  }

  /// A login that runs beside the test.
  private func login(_ server: RunningServer) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "curl", "-s", "-o", folder.path("answer"), "-w", "%{http_code}", "-u", "josem:secret", "-X",
      "POST", "http://127.0.0.1:\(server.port)/auth/request-token",
    ]
    process.standardOutput = FileHandle(forWritingAtPath: try folder.write("", to: "status"))
    try process.run()
    return process
  }

  /// Waits until that many requests are under way, the one that asks included.
  private func requests(_ count: Int, runIn server: RunningServer) throws -> Bool {
    try becomesTrue {
      let text = try OVATestSupport.run(
        "curl", ["-s", "http://127.0.0.1:\(server.port)/metrics"]
      ).text
      let running = text.firstMatch(of: /ova_http_requests_running (\d+)/).flatMap { Int($0.1) }
      return running == count
    }
  }

  @Test func atSIGTERMARequestUnderWayGetsItsWholeAnswerAndNobodyElseComesIn() throws {
    try addSlowUser()
    let server = try RunningServer(in: folder, settings: ["users_file: users"])
    let slow = try login(server)
    // It is under way when the counter says so; asking is a request as well.
    #expect(try requests(2, runIn: server))
    server.kill(SIGTERM)
    #expect(try becomesTrue { try server.ask("/livez").status == 0 })
    slow.waitUntilExit()
    #expect(String(decoding: try folder.read("status"), as: UTF8.self) == "200")
    let answer = String(decoding: try folder.read("answer"), as: UTF8.self)
    #expect(answer.hasPrefix("{\"token\":\"ey") && answer.hasSuffix("}"))
    #expect(server.end() == 0)
    #expect(server.logged.contains(" stopped"))
  }

  @Test func aClientThatSaysNothingDoesNotHoldUpTheEnd() throws {
    let server = try RunningServer(in: folder)
    let idle = Process()
    idle.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    idle.arguments = [
      "python3", "-c",
      """
      import socket, sys
      a = socket.create_connection(("127.0.0.1", \(server.port)))
      b = socket.create_connection(("127.0.0.1", \(server.port)))
      b.sendall(b"GET /livez HT")
      sys.stdout.write("x"); sys.stdout.flush()
      sys.stdin.read()
      """,
    ]
    let (input, output) = (Pipe(), Pipe())
    idle.standardInput = input
    idle.standardOutput = output
    try idle.run()
    #expect(output.fileHandleForReading.availableData == Data("x".utf8))
    server.kill(SIGTERM)
    #expect(server.end(within: 10) == 0)
    try input.fileHandleForWriting.close()
    idle.waitUntilExit()
  }

  @Test func whatTakesLongerThanTheLimitIsCutOffAtTheEnd() throws {
    try addSlowUser()
    let hash = String(decoding: try folder.read("users"), as: UTF8.self)
    // No password: the check only has to take long.
    try folder.write(hash.replacing("1500000", with: "40000000"), to: "users")
    let server = try RunningServer(
      in: folder, settings: ["users_file: users", "limits:", "  stop_seconds: 1"])
    let slow = try login(server)
    #expect(try requests(2, runIn: server))
    server.kill(SIGTERM)
    #expect(server.end(within: 8) == 1)
    #expect(server.logged.contains("stopped before everything was answered"))
    slow.waitUntilExit()
  }

  @Test(arguments: [SIGKILL, SIGTERM])
  func aSyncThatWasCutShortIsTakenUpAgainAndListsAll(signal: Int32) throws {
    let count = 1000
    try fill(count)
    var server = try RunningServer(in: folder)
    let token = try token()
    let submitted = try server.ask("/v2/user/image/vm", token: token, "-X", "PATCH")
    #expect(submitted.status == 202)
    let request = "/v2/request/image_sync/1"
    let running = try server.ask(request, token: token) {
      $0.data["status"] as? String != "SUBMITTED"
    }
    #expect(running.data["status"] as? String == "IN_PROGRESS")
    server.kill(signal)
    #expect(server.end() == (signal == SIGKILL ? nil : 0))

    server = try RunningServer(in: folder)
    let done = try server.ask(request, token: token) { $0.data["status"] as? String == "PROCESSED" }
    #expect(done.data["status"] as? String == "PROCESSED")
    let added = done.data["added"] as? [String] ?? []
    #expect(added.count == count)
    #expect(Set(added).count == count)
    #expect(try server.ask("/v2/user/image/vm?page=1", token: token).total == count)
    #expect(done.data["id"] as? Int == 1)
    server.kill(SIGTERM)
    #expect(server.end() == 0)
  }

  @Test func aTokenThatIsRevokedWhileTheServerRunsOpensNothingAtOnce() throws {
    let server = try RunningServer(in: folder)
    let token = try token()
    #expect(try server.ask("/v2/image", token: token).status == 200)
    #expect(try server.ask("/v2/image", token: token).status == 200)
    #expect(
      try OVATool.run("token", "revoke", "1", "--db", folder.path("catalog.sqlite")).status == 0)
    #expect(try server.ask("/v2/image", token: token).status == 401)
  }

  @Test func neitherTokensNorQueriesNorPasswordsAreLogged() throws {
    try addSlowUser()
    let server = try RunningServer(
      in: folder, settings: ["users_file: users", "log_format: json", "log_level: debug"])
    let token = try token()
    _ = try server.ask("/v2/image?filter=name,eq,word-of-a-query", token: token)
    _ = try server.ask("/v2/image?token=\(token)")
    _ = try server.ask("/v2/image", "-u", "josem:word-of-a-password")
    _ = try server.ask("/auth/request-token", "-X", "POST", "-u", "josem:secret")
    server.kill(SIGTERM)
    #expect(server.end() == 0)
    let log = server.logged
    for word in [token, "word-of-a-query", "word-of-a-password", "secret", "Bearer"] {
      #expect(!log.contains(word))
    }
    var requests: [String] = []
    for line in log.split(separator: "\n") {
      let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(entry?["time"] != nil && entry?["level"] != nil && entry?["message"] != nil)
      if entry?["message"] as? String == "request" {
        #expect((entry?["request"] as? String)?.isEmpty == false)
        requests.append("\(entry?["path"] ?? "") \(entry?["status"] ?? "")")
      }
    }
    #expect(
      requests.sorted() == [
        "/auth/request-token 200", "/v2/image 200", "/v2/image 401", "/v2/image 401",
      ])
  }
}
