import Foundation
import OVATestSupport
import Testing

/// Tests of how `ova serve` starts, or reports in one line why it does not, and of mail that is
/// sent after it ended.
@Suite(.serialized) struct ServeStartTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func configure(_ lines: [String]) throws -> String {
    try FileManager.default.createDirectory(
      atPath: folder.path("isos"), withIntermediateDirectories: true)
    return try folder.write(lines.joined(separator: "\n") + "\n", to: "ova.yaml")
  }

  @Test func aPortInUseIsSaidInOneLine() throws {
    let first = try RunningServer(in: folder)
    let file = try configure(["database: catalog.sqlite"])
    let result = try OVATool.run(
      "serve", "--config", file, "--listen", "127.0.0.1:\(first.port)")
    #expect(result.status == 3)
    let lines = result.errorText.split(separator: "\n").filter { $0.hasPrefix("ova: ") }
    #expect(
      lines == [
        "ova: cannot serve on 127.0.0.1:\(first.port): another program listens there already"
      ])
  }

  @Test(arguments: [
    ("repositories: [{data_store: ds, root: nowhere}]", "ds"),
    ("personal: {data_store: vssUser-xfers, root: nowhere}", "vssUser-xfers"),
  ])
  func aRootThatIsNotThereIsSaidInOneLine(line: String, store: String) throws {
    let file = try configure(["database: catalog.sqlite", line, "server: {listen: 127.0.0.1:0}"])
    let result = try OVATool.run("serve", "--config", file)
    #expect(result.status == 3)
    let root = folder.path("nowhere")
    #expect(
      result.errorText
        == "ova: cannot serve the data store '\(store)': its root \(root): No such file or directory\n"
    )
    #expect(result.text.isEmpty)
  }

  @Test func aRootThatIsAFileIsSaidInOneLine() throws {
    let file = try configure([
      "database: catalog.sqlite", "repositories: [{data_store: ds, root: ova.yaml}]",
    ])
    let result = try OVATool.run("serve", "--config", file)
    #expect(result.status == 3)
    #expect(
      result.errorText
        == """
        ova: cannot serve the data store 'ds': its root \(file): it is a file, not a folder

        """)
  }

  @Test func aDatabaseThatIsNotThereYetIsSaidOnceAndServedWhenItIs() throws {
    let server = try RunningServer(in: folder)
    for _ in 0..<3 {
      #expect(try server.ask("/readyz").status == 503)
      #expect(try server.ask("/v2/image", token: "none").status == 503)
    }
    #expect(try server.ask("/livez").status == 200)
    let said = server.logged.split(separator: "\n").filter { $0.contains("no database yet") }
    #expect(said.count == 1)
    #expect(said.first?.contains(folder.path("catalog.sqlite")) == true)
    // None is made by the server, which a mistyped path would hide.
    #expect(!FileManager.default.fileExists(atPath: folder.path("catalog.sqlite")))
    let token = try OVATool.run("token", "add", "josem", "--db", folder.path("catalog.sqlite"))
      .text.trimmingCharacters(in: .newlines)
    #expect(try server.ask("/readyz").status == 200)
    #expect(try server.ask("/v2/image", token: token).status == 200)
    // Beside the requests that were answered so there is nothing.
    let errors = server.logged.split(separator: "\n").filter { $0.contains(" error ") }
    #expect(errors.allSatisfy { $0.contains(" error request ") })
  }

  @Test func probesAreNotLoggedAndNumbersAreNumbers() throws {
    let server = try RunningServer(in: folder, settings: ["log_format: json"])
    for path in ["/livez", "/readyz", "/metrics", "/version"] { _ = try server.ask(path) }
    server.kill(SIGTERM)
    #expect(server.end() == 0)
    let entries = try server.logged.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
    let requests = entries.filter { $0["message"] as? String == "request" }
    #expect(requests.map { $0["path"] as? String } == ["/version"])
    #expect(requests.first?["status"] as? Int == 200)
    #expect((requests.first?["seconds"] as? Double).map { (0...60).contains($0) } == true)
    #expect(
      entries.first { $0["message"] as? String == "listening" }?["port"] as? Int == server.port)
  }

  @Test func aHangingMailProgramHoldsUpNoEndAndItsLetterIsSentByTheNextServer() throws {
    let program = folder.path("sendmail")
    func write(_ script: String) throws {
      try folder.write("#!/bin/sh\n\(script)\n", to: "sendmail")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    }
    let mail = ["mail: {from: ova@example.org, sendmail: \(program), domain: example.org}"]
    try write("trap '' TERM; echo > \(folder.path("started")); while :; do sleep 1; done")
    var server = try RunningServer(in: folder, sections: mail)
    let token = try OVATool.run("token", "add", "josem", "--db", folder.path("catalog.sqlite"))
      .text.trimmingCharacters(in: .newlines)
    #expect(try server.ask("/v2/user/image/vm", token: token, "-X", "PATCH").status == 202)
    let request = "/v2/request/image_sync/1"
    let done = try server.ask(request, token: token) { $0.data["status"] as? String == "PROCESSED" }
    #expect(done.data["status"] as? String == "PROCESSED")
    #expect(becomesTrue { FileManager.default.fileExists(atPath: folder.path("started")) })
    let start = ContinuousClock.now
    server.kill(SIGTERM)
    #expect(server.end(within: 15) == 0)
    #expect(ContinuousClock.now - start < .seconds(8))

    try write(
      "cat > \(folder.path("mail.part")) && mv \(folder.path("mail.part")) \(folder.path("mail"))")
    server = try RunningServer(in: folder, sections: mail)
    #expect(becomesTrue { FileManager.default.fileExists(atPath: folder.path("mail")) })
    let letter = String(decoding: try folder.read("mail"), as: UTF8.self)
    #expect(letter.contains("\nSubject: Image sync 1 done\n"))
    server.kill(SIGTERM)
    #expect(server.end() == 0)
  }
}
