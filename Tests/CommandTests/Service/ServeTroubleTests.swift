import Foundation
import OVATestSupport
import Testing

/// A catalog that is not well, behind a real server: 503 and a line in the log until it is.
@Suite(.serialized) struct ServeTroubleTests {
  private let folder: TemporaryFolder
  private var database: String { folder.path("catalog.sqlite") }

  init() throws { folder = try TemporaryFolder() }

  private func token() throws -> String {
    try OVATool.run("token", "add", "josem", "--db", database).text
      .trimmingCharacters(in: .newlines)
  }

  private func isUnavailable(_ reply: RunningServer.Reply) -> Bool {
    reply.status == 503 && reply.message == "the catalog is not available at the moment"
  }

  @Test func aMissingDatabase() throws {
    let token = try token()
    let server = try RunningServer(in: folder)
    #expect(try server.ask("/v2/image", token: token).status == 200)
    try FileManager.default.moveItem(atPath: database, toPath: folder.path("away"))
    #expect(isUnavailable(try server.ask("/v2/image", token: token)))
    #expect(isUnavailable(try server.ask("/readyz")))
    #expect(try server.ask("/livez").status == 200)
    #expect(server.logged.contains(" error "))
    try FileManager.default.moveItem(atPath: folder.path("away"), toPath: database)
    #expect(try server.ask("/v2/image", token: token).status == 200)
  }

  @Test func aDatabaseThatIsReplacedByRubbish() throws {
    let token = try token()
    let copy = try folder.read("catalog.sqlite")
    let server = try RunningServer(in: folder)
    #expect(try server.ask("/v2/image", token: token).status == 200)
    for name in ["catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm"] {
      try? FileManager.default.removeItem(atPath: folder.path(name))
    }
    try folder.write(String(repeating: "this is no database ", count: 500), to: "catalog.sqlite")
    #expect(isUnavailable(try server.ask("/v2/image", token: token)))
    #expect(server.logged.contains("not a database"))
    try FileManager.default.removeItem(atPath: database)
    try folder.write(copy, to: "catalog.sqlite")
    #expect(try server.ask("/v2/image", token: token).status == 200)
  }

  @Test func aDatabaseThatAnotherWritesFor() throws {
    let token = try token()
    let server = try RunningServer(in: folder)
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    holder.arguments = [
      "python3", "-c",
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], isolation_level=None)
      db.execute("BEGIN IMMEDIATE")
      sys.stdout.write("x"); sys.stdout.flush()
      sys.stdin.read()
      """, database,
    ]
    let (input, output) = (Pipe(), Pipe())
    holder.standardInput = input
    holder.standardOutput = output
    try holder.run()
    #expect(output.fileHandleForReading.availableData == Data("x".utf8))
    // Reading goes on, and is not held up by the note that the token was used.
    let start = ContinuousClock.now
    #expect(try server.ask("/v2/image", token: token).status == 200)
    #expect(ContinuousClock.now - start < .seconds(1.5))
    #expect(isUnavailable(try server.ask("/v2/user/image/vm", token: token, "-X", "PATCH")))
    #expect(server.logged.contains("locked"))
    try input.fileHandleForWriting.close()
    holder.waitUntilExit()
    #expect(try server.ask("/v2/user/image/vm", token: token, "-X", "PATCH").status == 202)
  }

  /// True if a test can mount a file system of its own.
  private static let canMount: Bool = {
    let result = try? OVATestSupport.run(
      "unshare", ["-m", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"])
    return result?.status == 0
  }()

  @Test(.enabled(if: canMount, "mounting a small file system needs root"))
  func aFullFileSystem() throws {
    let token = try token()
    let copy = try folder.read("catalog.sqlite")
    let disk = folder.path("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    let start = try folder.write(
      """
      #!/bin/sh
      set -e
      mount -t tmpfs -o size=\(copy.count / 1024 + 400)k none \(disk)
      cp \(database) \(disk)/catalog.sqlite
      exec "$@"
      """, to: "start")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: start)
    let server = try RunningServer(
      in: folder, wrapper: ["unshare", "-m", start], database: "disk/catalog.sqlite")
    #expect(try server.ask("/v2/image", token: token).status == 200)
    // The file system is the server's own; its process shows the way.
    let ballast = "/proc/\(server.process.processIdentifier)/root\(disk)/ballast"
    _ = try OVATestSupport.run("dd", ["if=/dev/zero", "of=\(ballast)", "bs=1k"])
    #expect(isUnavailable(try server.ask("/v2/user/image/vm", token: token, "-X", "PATCH")))
    #expect(server.logged.contains("full"))
    // Reading goes on.
    #expect(try server.ask("/v2/image", token: token).status == 200)
    try FileManager.default.removeItem(atPath: ballast)
    #expect(try server.ask("/v2/user/image/vm", token: token, "-X", "PATCH").status == 202)
  }

  @Test(.enabled(if: canMount, "mounting a small file system needs root"))
  func aKeyThatCannotBeWrittenWholeIsNotWritten() throws {
    let hash = try OVATestSupport.run("openssl", ["passwd", "-6", "secret"]).text
    try folder.write("josem:\(hash)", to: "users")
    _ = try token()
    try FileManager.default.createDirectory(
      atPath: folder.path("disk"), withIntermediateDirectories: true)
    let disk = folder.path("disk")
    let start = try folder.write(
      """
      #!/bin/sh
      set -e
      mount -t tmpfs -o size=16k none \(disk)
      exec "$@"
      """, to: "start")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: start)
    let server = try RunningServer(
      in: folder, settings: ["users_file: users", "key_file: disk/token.key"],
      wrapper: ["unshare", "-m", start])
    let seen = "/proc/\(server.process.processIdentifier)/root\(disk)"
    _ = try OVATestSupport.run("dd", ["if=/dev/zero", "of=\(seen)/ballast", "bs=1k"])
    func login() throws -> Int {
      try server.ask("/auth/request-token", "-X", "POST", "-u", "josem:secret").status
    }
    #expect(try login() == 503)
    #expect(server.logged.contains("No space left on device"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: seen) == ["ballast"])
    try FileManager.default.removeItem(atPath: "\(seen)/ballast")
    #expect(try login() == 200)
    #expect(try FileManager.default.contentsOfDirectory(atPath: seen) == ["token.key"])
  }

  /// SQL on the server's database, as another program runs it.
  private func sql(_ text: String) throws {
    let script = """
      import sqlite3, sys
      sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30).execute(sys.argv[2])
      """
    let result = try OVATestSupport.run("python3", ["-c", script, database, text])
    try #require(result.status == 0, "\(result.errorText)")
  }

  @Test(arguments: ["images", "files", "folders"])
  func aStoreThatFailsInTheMiddleOfASyncEndsThatSyncAloneAndIsLogged(table: String) throws {
    let token = try token()
    let server = try RunningServer(in: folder)
    let archive = try Data(contentsOf: URL(fileURLWithPath: OVATool.sample("good/web.ova")))
    for number in 0..<40 {
      try folder.write(Array(archive), to: "xfers/josem/images/\(number).ova")
    }
    func sync() throws -> RunningServer.Reply {
      let reply = try server.ask("/v2/user/image/vm", token: token, "-X", "PATCH")
      #expect(reply.status == 202)
      let request = reply.data["request"] as? [String: Any]
      let id = try #require(request?["id"] as? Int)
      return try server.ask("/v2/request/image_sync/\(id)", token: token) {
        ["PROCESSED", "ERROR"].contains($0.data["status"] as? String)
      }
    }
    try sql(
      """
      CREATE TRIGGER fault BEFORE INSERT ON "\(table)"
      BEGIN SELECT RAISE(ABORT, 'this row cannot be written'); END
      """)
    #expect(try sync().data["status"] as? String == "ERROR")
    #expect(server.logged.contains("a sync failed"))
    #expect(server.logged.contains("this row cannot be written"))
    #expect(try server.ask("/livez").status == 200)
    #expect(try server.ask("/v2/user/image/vm", token: token).total == 0)
    try sql("DROP TRIGGER fault")
    #expect(try sync().data["status"] as? String == "PROCESSED")
    #expect(try server.ask("/v2/user/image/vm", token: token).total == 40)
    server.kill(SIGTERM)
    #expect(server.end() == 0)
  }
}
