import Foundation
import OVATestSupport

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// `ova serve` as people run it: a process of its own, asked over a socket.
final class RunningServer {
  let process = Process()
  let port: Int
  private let log: String

  /// Starts a server; `settings` are lines of `ova.yaml` under `server:`, `sections` others beside it.
  ///
  /// `wrapper` is a command that is given the server's own as further arguments.
  init(
    in folder: TemporaryFolder, settings: [String] = [], sections: [String] = [],
    wrapper: [String] = [], database: String = "catalog.sqlite"
  ) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("xfers/josem/images"), withIntermediateDirectories: true)
    let lines =
      [
        "database: \(database)", "personal:", "  data_store: vssUser-xfers", "  root: xfers",
        "server:", "  listen: 127.0.0.1:0",
      ] + settings.map { "  \($0)" } + sections
    let file = try folder.write(lines.joined(separator: "\n") + "\n", to: "ova.yaml")
    log = try folder.write("", to: "log-\(UUID().uuidString)")
    let command = wrapper + [OVATool.path, "serve", "--config", file]
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    try process.run()
    var port: Int?
    _ = becomesTrue { [log, process] in
      let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
      port = text.firstMatch(of: /\blistening\b.*\bport\W+(\d+)/).flatMap { Int($0.1) }
      return port != nil || !process.isRunning
    }
    guard let port else { throw CocoaError(.executableLoad) }
    self.port = port
  }

  deinit {
    if process.isRunning { kill(SIGKILL) }
  }

  /// The log so far.
  var logged: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  /// Sends a signal.
  func kill(_ signal: Int32) { Foundation.kill(process.processIdentifier, signal) }

  /// Waits for its end; the exit code, nil when it does not end in time or by a signal.
  func end(within seconds: Double = 20) -> Int32? {
    guard becomesTrue(within: seconds, { !process.isRunning }), process.terminationReason == .exit
    else { return nil }
    return process.terminationStatus
  }

  /// An answer.
  struct Reply {
    var status: Int
    var json: [String: Any]

    var data: [String: Any] { json["data"] as? [String: Any] ?? [:] }
    var message: String { json["message"] as? String ?? "" }
    var total: Int {
      let meta = json["meta"] as? [String: Any]
      return (meta?["pages"] as? [String: Any])?["total"] as? Int ?? -1
    }
  }

  /// Asks by curl; status 0 when there is no answer.
  func ask(_ target: String, token: String? = nil, _ options: String...) throws -> Reply {
    let authorization = token.map { ["-H", "Authorization: Bearer \($0)"] } ?? []
    let result = try OVATestSupport.run(
      "curl",
      ["-sg", "--max-time", "20", "-w", "\n%{http_code}"] + authorization + options
        + ["http://127.0.0.1:\(port)\(target)"])
    let end = result.text.lastIndex(of: "\n") ?? result.text.startIndex
    let body = Data(result.text[..<end].utf8)
    return Reply(
      status: Int(result.text[end...].trimmingCharacters(in: .newlines)) ?? 0,
      json: (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:])
  }

  /// Asks until the answer is as wanted, or too long.
  func ask(
    _ target: String, token: String? = nil, until isWanted: (Reply) -> Bool
  ) throws -> Reply {
    let start = ContinuousClock.now
    while true {
      let reply = try ask(target, token: token)
      if isWanted(reply) || ContinuousClock.now - start > .seconds(60) { return reply }
      usleep(5000)
    }
  }
}
