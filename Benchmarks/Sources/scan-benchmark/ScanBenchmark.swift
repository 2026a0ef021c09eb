import Foundation

/// `scan-benchmark OVA [PACKAGES] [FOLDER]`: times of `ova scan` beside those of `find`, in one run on
/// one tree, so that the ratios hold on any machine.
@main
struct ScanBenchmark {
  static func main() throws {
    guard CommandLine.arguments.count > 1 else {
      print("usage: scan-benchmark OVA [PACKAGES] [FOLDER]")
      return
    }
    let ova = CommandLine.arguments[1]
    let packages =
      CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 10_000 : 10_000
    let work =
      CommandLine.arguments.count > 3
      ? CommandLine.arguments[3]
      : FileManager.default.temporaryDirectory.appendingPathComponent("scan-benchmark").path
    try? FileManager.default.removeItem(atPath: work)
    defer { try? FileManager.default.removeItem(atPath: work) }
    let tree = try Tree(at: "\(work)/tree", packages: packages)
    let database = "\(work)/catalog.sqlite"
    let find = ["find", tree.root, "-printf", "%s %T@ %i\\n"]
    let scan = [
      ova, "scan", tree.root, "--data-store", "ds", "--db", database, "--no-digests", "--settle",
      "0", "--quiet",
    ]
    _ = try seconds(find)
    let bare = try best(of: 5, find)
    print("packages           \(packages)")
    report("find", bare, bare, packages)
    let first = try seconds(scan)
    report("first scan", first, bare, packages)
    report("nothing changed", try best(of: 5, scan), bare, packages)
    for number in stride(from: 0, to: packages, by: 10_000) { try tree.change(number) }
    report("1 in 10,000 changed", try seconds(scan), bare, packages)
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/strace") else { return }
    for (name, command) in [("find", find), ("nothing changed", scan)] {
      let calls = try systemCalls(command, "\(work)/calls")
      print(
        "\(name.padding(toLength: 20, withPad: " ", startingAt: 0))"
          + String(format: "%8.2f system calls a package", Double(calls) / Double(packages)))
    }
  }

  private static func report(_ name: String, _ time: Double, _ bare: Double, _ packages: Int) {
    print(
      "\(name.padding(toLength: 20, withPad: " ", startingAt: 0))"
        + String(
          format: "%8.3f s %8.1f µs a package %8.2f times find", time,
          time / Double(packages) * 1e6, time / bare))
  }

  private static func best(of count: Int, _ command: [String]) throws -> Double {
    try (0..<count).map { _ in try seconds(command) }.min() ?? 0
  }

  private static func seconds(_ command: [String]) throws -> Double {
    let clock = ContinuousClock()
    let time = try clock.measure { try run(command) }
    return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
  }

  private static func run(_ command: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      print("\(command[0]) ended with \(process.terminationStatus)")
      return
    }
  }

  /// The system calls of a command and its threads, counted by strace.
  private static func systemCalls(_ command: [String], _ file: String) throws -> Int {
    try run(["strace", "-f", "-c", "-o", file] + command)
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    let total = lines.last { $0.hasSuffix("total") }?.split(separator: " ")
    return total.flatMap { $0.count > 3 ? Int($0[3]) : nil } ?? 0
  }
}
