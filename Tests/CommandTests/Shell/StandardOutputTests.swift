import Foundation
import OVATestSupport
import Testing

/// A report that could not be written is no success, whatever was to be reported.
@Suite struct StandardOutputTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let good = OVATool.sample("good/web.ova")
  private static let broken = OVATool.sample("broken/wrong-digest.ova")
  private static let disk = OVATool.sample("good/database/database-disk1.vmdk")

  /// Commands that write to standard output; `DB` stands for a catalog.
  static let commands: [[String]] = [
    ["check", good], ["check", broken], ["check", "--format", "json", good],
    ["check", "--format", "ndjson", broken], ["check", "--quiet", broken], ["inspect", good],
    ["inspect", "--format", "json", good], ["inspect", "--format", "ndjson", good],
    ["inspect", "--format", "vss", good], ["disk", disk], ["disk", "--format", "json", disk],
    ["spec", good], ["diff", good, broken], ["diff", "--format", "json", good, good],
    ["fix", broken], ["fix", "--format", "json", good], ["rules"], ["explain", "file-missing"],
    ["help"], ["help", "check"], ["--version"], ["--generate-completion-script", "bash"],
    ["catalog", "list", "--db", "DB"], ["catalog", "show", "1", "--db", "DB"],
    ["catalog", "export", "--db", "DB"], ["report", "--db", "DB", "--format", "json"],
    ["report", "--db", "DB", "--format", "text"],
  ]

  private func shell(_ redirection: String, _ arguments: [String]) throws -> ToolResult {
    let database = folder.path("catalog.sqlite")
    if arguments.contains("DB"), !folder.has("catalog.sqlite") {
      try FileManager.default.createDirectory(
        atPath: folder.path("tree"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: Self.good, toPath: folder.path("tree/web.ova"))
      _ = try OVATool.run(
        "scan", folder.path("tree"), "--data-store", "ds", "--db", database, "--settle", "0")
    }
    return try run(
      "bash",
      ["-c", "\"$0\" \"$@\" \(redirection)", OVATool.path]
        + arguments.map { $0 == "DB" ? database : $0 })
  }

  @Test(arguments: commands)
  func `a full disk is said on standard error with exit code 4`(arguments: [String]) throws {
    let result = try shell("> /dev/full", arguments)
    #expect(result.status == 4)
    #expect(result.errorText.contains("standard output"))
    #expect(result.errorText.contains("No space left on device"))
    #expect(result.errorText.split(separator: "\n").count { $0.contains("standard output") } == 1)
  }

  @Test(arguments: commands)
  func `a standard output that is closed is said on standard error with exit code 4`(
    arguments: [String]
  ) throws {
    let result = try shell(">&-", arguments)
    #expect(result.status == 4)
    #expect(result.errorText.contains("standard output"))
  }

  @Test func `no file that is written stands in for a stream that is closed`() throws {
    let out = folder.path("out.ova")
    let source = folder.path("database")
    try FileManager.default.copyItem(atPath: OVATool.sample("good/database"), toPath: source)
    let whole = try shell("", ["pack", source, "-o", out])
    #expect(whole.status == 0)
    let expected = try folder.read("out.ova")
    for redirection in [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"] {
      try FileManager.default.removeItem(atPath: out)
      _ = try shell(redirection, ["pack", source, "-o", out])
      #expect(try folder.read("out.ova") == expected, "\(redirection)")
      #expect(try shell("", ["check", out]).status == 0)
    }
  }

  @Test func `who has nothing to say needs no standard output`() throws {
    #expect(try shell(">&-", ["check", "--quiet", Self.good]).status == 0)
    #expect(try shell("> /dev/full", ["check", "--quiet", Self.good]).status == 0)
  }

  @Test func `a standard input that is closed is told as that`() throws {
    let result = try shell("<&-", ["check", "-"])
    #expect(result.status == 3)
    #expect(result.text.contains("Bad file descriptor"))
  }

  @Test
  func `a reader that went away ends the command by the signal, or is told where it is ignored`()
    throws
  {
    let many = [String](repeating: Self.broken, count: 200).joined(separator: "' '")
    let command = "'\(OVATool.path)' check '\(many)'"
    let killed = try run("bash", ["-c", "\(command) | true; exit ${PIPESTATUS[0]}"])
    #expect(killed.status == 128 + SIGPIPE)
    #expect(killed.errorText.isEmpty)
    let told = try run("bash", ["-c", "trap '' PIPE; \(command) | true; exit ${PIPESTATUS[0]}"])
    #expect(told.status == 4)
    #expect(told.errorText.contains("Broken pipe"))
  }

  @Test func `a pipe that does not wait is waited for`() throws {
    let script = """
      import fcntl, os, select, subprocess, sys, time
      r, w = os.pipe()
      fcntl.fcntl(w, fcntl.F_SETFL, fcntl.fcntl(w, fcntl.F_GETFL) | os.O_NONBLOCK)
      p = subprocess.Popen(sys.argv[1:], stdout=w)
      # Until there is no room left, so that the command has to wait.
      while select.select([], [w], [], 0)[1] and p.poll() is None: time.sleep(0.001)
      os.close(w)
      data = b""
      while piece := os.read(r, 65536): data += piece
      sys.exit(p.wait() or (0 if data.count(b"\\n") > 2000 else 9))
      """
    let path = try folder.write(script, to: "slow.py")
    let result = try run(
      "python3",
      [path, OVATool.path, "check", "--fail-on", "none"]
        + [String](repeating: Self.broken, count: 400))
    #expect(result.status == 0, "\(result.errorText)")
  }
}
