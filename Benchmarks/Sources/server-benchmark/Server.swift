import Foundation

/// `ova serve` over a catalog, and a client of it.
final class Server {
  private let process = Process()
  private let token: String
  private let base: String

  /// Starts the server on a port that nobody uses.
  init(_ ova: String, database: String) throws {
    token = try output([ova, "token", "add", "bench", "--db", database])
      .trimmingCharacters(in: .newlines)
    let log = "\(database).log"
    FileManager.default.createFile(atPath: log, contents: nil)
    process.executableURL = URL(fileURLWithPath: ova)
    process.arguments = ["serve", "--db", database, "--listen", "127.0.0.1:0"]
    process.standardError = FileHandle(forWritingAtPath: log)
    try process.run()
    var port: Substring?
    for _ in 0..<600 where port == nil {
      usleep(50_000)
      port = try String(contentsOfFile: log, encoding: .utf8)
        .firstMatch(of: /listening .*port=(\d+)/)?.1
    }
    guard let port else { throw CocoaError(.executableLoad) }
    base = "http://127.0.0.1:\(port)"
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }

  /// Memory in use.
  var residentKiB: Int {
    let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
    return status?.firstMatch(of: /VmRSS:\s+(\d+)/).flatMap { Int($0.1) } ?? 0
  }

  /// How long one answer takes.
  func milliseconds(_ path: String) throws -> Double {
    let text = try output([
      "curl", "-sgf", "-o", "/dev/null", "-w", "%{time_total}", "-H",
      "Authorization: Bearer \(token)", base + path,
    ])
    return (Double(text) ?? .nan) * 1000
  }

  /// How many answers come in a second to 16 clients.
  func requestsPerSecond(_ path: String, seconds: Int = 5) throws -> Double {
    let text = try output([
      "wrk", "-t1", "-c16", "-d\(seconds)s", "-H", "Authorization: Bearer \(token)", base + path,
    ])
    guard !text.contains("Non-2xx"), let match = text.firstMatch(of: /Requests\/sec:\s+([\d.]+)/)
    else { throw CocoaError(.fileReadUnknown) }
    return Double(match.1) ?? 0
  }
}
