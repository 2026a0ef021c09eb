import Foundation

/// `server-benchmark OVA [ROWS…]`: requests per second of lists beside those of a route that does
/// nothing, of the same server in the same run, so that the ratios hold on any machine; and what pages
/// cost that are far down. Needs `wrk` and `curl`.
@main
struct ServerBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let ova = arguments.first else {
      print("usage: server-benchmark OVA [ROWS…]")
      return
    }
    let sizes = arguments.dropFirst().compactMap { Int($0) }
    for rows in sizes.isEmpty ? [10_000, 1_000_000] : sizes {
      try measure(ova, rows: rows)
    }
  }

  private static func measure(_ ova: String, rows: Int) throws {
    let work = FileManager.default.temporaryDirectory
      .appendingPathComponent("server-benchmark-\(rows)").path
    try? FileManager.default.removeItem(atPath: work)
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: work) }
    let database = "\(work)/catalog.sqlite"
    try CatalogRecords.write(rows: rows, to: "\(work)/rows.csv")
    _ = try output([ova, "catalog", "import", "\(work)/rows.csv", "--db", database])
    let server = try Server(ova, database: database)
    defer { server.stop() }
    print("rows               \(rows)")

    // What is asked first after a change has to be found out.
    print("order               first page  deepest  middle, first  middle, again  (ms)")
    let middle = max(rows / 200, 1)
    for order in CatalogRecords.orders {
      let sort = order.isEmpty ? "" : "&sort=\(order)"
      let path = "/v2/image?expand=1&per_page=100\(sort)&page="
      let times = try [1, rows / 100, middle, middle + 1].map { try server.milliseconds(path + "\($0)") }
      print(
        order.padding(toLength: 19, withPad: " ", startingAt: 0)
          + times.map { String(format: "%11.2f", $0) }.joined())
    }

    var lists = [
      ("first page", "/v2/image?expand=1&per_page=100"),
      ("deepest page", "/v2/image?expand=1&per_page=100&page=\(rows / 100)"),
      (
        "filtered, sorted",
        "/v2/image?expand=1&per_page=100&filter=name,like,ubuntu%25&sort=updated_on,desc"
      ), ("one image", "/v2/image/\(rows / 2)"),
    ]
    lists.append(("nothing again", "/livez"))
    _ = try server.requestsPerSecond("/livez", seconds: 1)
    let bare = try server.requestsPerSecond("/livez")
    report("nothing (/livez)", bare, bare)
    for (name, path) in lists {
      report(name, try server.requestsPerSecond(path), bare)
    }
    print("memory              \(server.residentKiB / 1024) MiB")
  }

  private static func report(_ name: String, _ rate: Double, _ bare: Double) {
    print(
      name.padding(toLength: 19, withPad: " ", startingAt: 0)
        + String(format: "%9.0f requests/s %6.2f of nothing", rate, rate / bare))
  }
}

/// Runs a command to its end and returns what it wrote.
func output(_ command: [String]) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = command
  process.standardInput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
  return String(decoding: data, as: UTF8.self)
}
