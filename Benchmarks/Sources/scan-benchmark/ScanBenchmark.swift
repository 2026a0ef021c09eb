import Foundation
import Glibc

/// Times of `ova scan` beside those of `find` and of what the work costs at the least, in one run
/// on one tree and taking turns, so that the ratios hold on any machine.
@main
struct ScanBenchmark {
  static func main() {
    var words = Array(CommandLine.arguments.dropFirst())
    let isCold = words.contains("--cold")
    words.removeAll { $0 == "--cold" }
    guard let ova = words.first else {
      print(
        """
        usage: scan-benchmark OVA [PACKAGES] [FOLDER] [--cold]
        --cold also scans with nothing of the tree in memory, which takes root
        """)
      return
    }
    let packages = words.count > 1 ? Int(words[1]) ?? 10_000 : 10_000
    let folder =
      words.count > 2
      ? words[2] : FileManager.default.temporaryDirectory.appendingPathComponent("scan-benchmark").path
    do {
      try? FileManager.default.removeItem(atPath: folder)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try ScanBenchmark(ova: ova, packages: packages, folder: folder).run(isCold: isCold)
    } catch {
      print("scan-benchmark: \(error)")
      exit(1)
    }
  }

  private let ova: String
  private let packages: Int
  private let folder: String
  private let tree: Tree
  private let find: Command
  /// Turns that each of the things compared gets; the best of them is told.
  private let turns = 3

  private init(ova: String, packages: Int, folder: String) throws {
    self.ova = ova
    self.packages = packages
    self.folder = folder
    tree = try Tree(at: "\(folder)/tree", packages: packages)
    find = Command(words: ["find", tree.root, "-printf", "%s %T@ %i\\n"])
  }

  private var database: String { "\(folder)/catalog.sqlite" }

  private func scan(_ more: String...) -> Command {
    Command(
      words: [
        ova, "scan", tree.root, "--data-store", "ds", "--db", database, "--no-digests", "--settle",
        "0", "--quiet",
      ] + more)
  }

  private func run(isCold: Bool) throws {
    print("\(packages) packages; times are the best of \(turns) turns, one thread in the floors\n")
    try runFirst(isCold: false)
    if isCold { try runFirst(isCold: true) }
    try runLater()
    try runSystemCalls()
  }

  // MARK: - A first scan

  private func runFirst(isCold: Bool) throws {
    var looking = Times()
    var reading = Times()
    var parsing = Times()
    var rows = Times()
    var scans = Times()
    for _ in 0..<turns {
      if isCold { try forgetPages() }
      if !isCold { looking.add(try Floor.seconds(.looking, in: tree.root)) }
      reading.add(try Floor.seconds(.reading, in: tree.root))
      if isCold { try forgetPages() }
      if !isCold { parsing.add(try Floor.seconds(.parsing, in: tree.root)) }
      try removeDatabase()
      scans.add(try scan().run())
      let copy = "\(folder)/copy.sqlite"
      if !isCold { rows.add(try Floor.copying(database, to: copy)) }
      for end in ["", "-wal", "-shm"] { unlink(copy + end) }
    }
    if isCold {
      print("first scan, nothing in memory: times the bare system calls")
      report("walk, read header and descriptor", reading, over: reading)
      report("ova scan --no-digests", scans, over: reading)
    } else {
      print("first scan: times the bare system calls")
      report("walk", looking, over: reading)
      report("walk, read header and descriptor", reading, over: reading)
      report("… and libxml2", parsing, over: reading)
      report("SQLite, the same rows", rows, over: reading)
      var sum = Times()
      sum.best = parsing.best + rows.best
      report("… sum of these two", sum, over: reading)
      report("ova scan --no-digests", scans, over: reading)
      print(String(format: "%34@ %8.2f times that sum", "" as NSString, scans.best / sum.best))
    }
    print("")
  }

  /// Writes out and drops what the system keeps of files in memory.
  private func forgetPages() throws {
    sync()
    guard let file = fopen("/proc/sys/vm/drop_caches", "w") else {
      throw Failure(reason: "--cold takes root")
    }
    defer { fclose(file) }
    fputs("3\n", file)
  }

  private func removeDatabase() throws {
    for end in ["", "-wal", "-shm", "-scan"] { unlink(database + end) }
  }

  // MARK: - Later scans

  private func runLater() throws {
    var bare = Times()
    var unchanged = Times()
    var changed = Times()
    for turn in 0..<turns + 2 {
      bare.add(try find.run())
      unchanged.add(try scan().run())
      for number in stride(from: 0, to: packages, by: 10_000) { try tree.change(number + turn * 4) }
      changed.add(try scan().run())
    }
    print("later scans: times find")
    report("find -printf '%s %T@ %i\\n'", bare, over: bare)
    report("nothing changed", unchanged, over: bare)
    report("1 in 10,000 changed", changed, over: bare)
    print("")
  }

  private func runSystemCalls() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/strace") else { return }
    print("system calls a package")
    let calls = "\(folder)/calls"
    try report("find", find.systemCalls(calls))
    try report("nothing changed", scan().systemCalls(calls))
    try removeDatabase()
    try report("first scan", scan().systemCalls(calls))
  }

  // MARK: - Telling

  /// What the turns of one thing took.
  private struct Times {
    var best = Double.infinity
    var processor = 0.0
    var memory = 0

    mutating func add(_ seconds: Double) { best = min(best, seconds) }

    mutating func add(_ cost: Command.Cost) {
      if cost.seconds < best { processor = cost.processorSeconds }
      best = min(best, cost.seconds)
      memory = max(memory, cost.peakMemory)
    }
  }

  private func report(_ name: String, _ times: Times, over base: Times) {
    var line = Self.padded(name)
    line += String(
      format: "%8.3f s %8.1f µs a package %7.2f ×", times.best,
      times.best / Double(packages) * 1e6, times.best / base.best)
    if times.memory > 0 {
      line += String(
        format: "  %7.3f s of processors, %4d MB at most", times.processor,
        times.memory / 1_000_000)
    }
    print(line)
  }

  private func report(_ name: String, _ calls: Int) {
    print(Self.padded(name) + String(format: "%8.2f", Double(calls) / Double(packages)))
  }

  private static func padded(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, 36 - name.count))
  }
}
