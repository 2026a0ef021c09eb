import Foundation
import OVATestSupport
import Testing

/// Whatever a command writes: it is refused where something is, replaced whole when that is asked
/// for, and left as it was when it cannot be written.
@Suite struct OverwritingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["in", "out"] {
      try FileManager.default.createDirectory(
        atPath: folder.path(name), withIntermediateDirectories: true)
    }
  }

  /// A command that writes a file.
  enum Writing: String, CaseIterable, CustomTestStringConvertible {
    case tee, report, output, fix, pack, drawing, backup, page, pages, cleanup
    var testDescription: String { rawValue }

    /// The name of the file that it writes.
    var name: String {
      switch self {
      case .tee, .fix, .pack: "new.ova"
      case .report: "ova.sarif"
      case .output: "check.txt"
      case .drawing: "map.svg"
      case .backup: "copy.sqlite"
      case .page, .pages: "audit.html"
      case .cleanup: "cleanup.sh"
      }
    }

    func arguments(to output: String, database: String) -> [String] {
      switch self {
      case .tee: ["check", "-", "--tee", output]
      case .report: ["check", "--format", "sarif=\(output)", OVATool.sample("good/web.ova")]
      case .output: ["check", "-o", output, OVATool.sample("good/web.ova")]
      case .fix:
        ["fix", OVATool.sample("good/web.ova"), "--algorithm", "sha512", "--write", output]
      case .pack: ["pack", OVATool.sample("good/database"), "-o", output]
      case .drawing:
        ["disk", OVATool.sample("good/database/database-disk1.vmdk"), "--map-svg", output]
      case .backup: ["catalog", "backup", output, "--db", database]
      case .page: ["report", "--db", database, "-o", output]
      case .pages:
        ["report", "--db", database, "-o", output, "--all-packages", "--packages", "1"]
      case .cleanup: ["report", "--db", database, "--print-cleanup", "-o", output]
      }
    }
  }

  private var database: String { folder.path("in/catalog.sqlite") }

  private func scan() throws {
    for name in ["a", "b"] {
      try FileManager.default.createDirectory(
        atPath: folder.path("in/tree/\(name)"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: OVATool.sample("good/web.ova"), toPath: folder.path("in/tree/\(name)/web.ova"))
    }
    let result = try OVATool.run(
      "scan", folder.path("in/tree"), "--data-store", "ds", "--settle", "0", "--db", database)
    try #require(result.status == 0, "\(result.errorText)")
  }

  private func write(
    _ writing: Writing, _ more: String..., environment: [String: String] = [:]
  ) throws -> ToolResult {
    let arguments = writing.arguments(to: folder.path("out/\(writing.name)"), database: database)
    let input = Array(try Data(contentsOf: URL(filePath: OVATool.sample("good/web.ova"))))
    return try run(
      OVATool.path, arguments + more, input: writing == .tee ? input : [],
      environment: environment)
  }

  @Test(arguments: Writing.allCases)
  func `a file that is there is replaced only when that is said`(writing: Writing) throws {
    try scan()
    try folder.write("old", to: "out/\(writing.name)")
    chmod(folder.path("out/\(writing.name)"), 0o640)
    let refused = try write(writing)
    #expect(refused.status == 2)
    #expect(refused.errorText.contains(folder.path("out/\(writing.name)")))
    #expect(refused.errorText.contains("already") && refused.errorText.contains("--force"))
    #expect(try folder.names("out") == [writing.name])
    #expect(try folder.read("out/\(writing.name)") == Array("old".utf8))
    let forced = try write(writing, "--force")
    #expect(forced.status == 0, "\(forced.errorText)")
    let new = try folder.read("out/\(writing.name)")
    #expect(new.count > 10)
    #expect(try !folder.names("out").contains { $0.hasPrefix(".") || $0.hasSuffix(".tmp") })
    try FileManager.default.removeItem(atPath: folder.path("out"))
    try FileManager.default.createDirectory(
      atPath: folder.path("out"), withIntermediateDirectories: true)
    #expect(try write(writing).status == 0)
    #expect(try folder.read("out/\(writing.name)").count == new.count)
  }

  @Test(arguments: Writing.allCases)
  func `links, folders and devices are never replaced`(writing: Writing) throws {
    try scan()
    try folder.write("old", to: "out/target")
    let place = folder.path("out/\(writing.name)")
    for make in [
      ["ln", "-s", "target", place], ["ln", "-s", "nowhere", place], ["mkdir", place],
      ["mkfifo", place],
    ] {
      _ = try run(make[0], Array(make.dropFirst()))
      let names = try folder.names("out")
      let result = try write(writing, "--force")
      #expect(result.status == 2, "\(make): \(result.errorText)")
      #expect(result.errorText.contains(place))
      #expect(try folder.names("out") == names)
      #expect(try folder.read("out/target") == Array("old".utf8))
      _ = try run("rm", ["-r", place])
    }
  }

  @Test(.enabled(if: FaultLibrary.isThere), arguments: Writing.allCases, [false, true])
  func `a file that cannot be written leaves the old one and nothing else`(
    writing: Writing, isThere: Bool
  ) throws {
    try scan()
    if isThere { try folder.write("old", to: "out/\(writing.name)") }
    for (fault, reason) in [
      ("write,pwrite:1+:ENOSPC", writing == .backup ? "disk is full" : "No space left on device"),
      ("fsync:1:EIO", writing == .backup ? "I/O error" : "Input/output error"),
    ] {
      let result = try write(
        writing, "--force",
        environment: FaultLibrary.environment(fault, under: folder.path("out")))
      #expect(result.status == 4, "\(fault): \(result.errorText)")
      #expect(result.errorText.contains(folder.path("out/")))
      #expect(result.errorText.contains(reason), "\(fault): \(result.errorText)")
      #expect(try folder.names("out") == (isThere ? [writing.name] : []))
      if isThere {
        #expect(try folder.read("out/\(writing.name)") == Array("old".utf8))
      }
    }
  }

  @Test func `a folder is replaced only when that is said, and when nothing else is in it`()
    throws
  {
    let archive = OVATool.sample("good/web.ova")
    let arguments = ["unpack", archive, "-C", folder.path("out")]
    #expect(try run(OVATool.path, arguments).status == 0)
    let expected = try folder.read("out/web/web.ovf")
    try folder.write("edited", to: "out/web/web.ovf")
    let refused = try run(OVATool.path, arguments)
    #expect(refused.status == 2)
    #expect(refused.errorText.contains("there is a folder of that name already"))
    #expect(refused.errorText.contains("--force"))
    #expect(try folder.read("out/web/web.ovf") == Array("edited".utf8))
    try folder.write("mine", to: "out/web/below/notes.txt")
    let foreign = try run(OVATool.path, arguments + ["--force"])
    #expect(foreign.status == 2)
    #expect(foreign.errorText.contains("it holds 'below', which is not in the archive"))
    #expect(try folder.read("out/web/web.ovf") == Array("edited".utf8))
    #expect(try folder.names("out") == ["web"])
    try FileManager.default.removeItem(atPath: folder.path("out/web/below"))
    #expect(try run(OVATool.path, arguments + ["--force"]).status == 0)
    #expect(try folder.read("out/web/web.ovf") == expected)
    #expect(try folder.names("out") == ["web"])
  }

  @Test func `a reader that goes away loses nothing that is written`() throws {
    let out = folder.path("out/copy.ova")
    let sample = OVATool.sample("good/web.ova")
    let result = try run(
      "bash",
      [
        "-c",
        """
        exec 3> >(true); sleep 0.2
        "$0" check - --format json --tee '\(out)' < '\(sample)' >&3
        """,
        OVATool.path,
      ])
    #expect(result.status == 4)
    #expect(result.errorText.contains("Broken pipe"))
    #expect(try folder.read("out/copy.ova") == Array(Data(contentsOf: URL(filePath: sample))))
  }

  @Test(arguments: ["> /dev/full", ">&-"])
  func `a token that could not be shown opens nothing`(redirection: String) throws {
    let result = try run(
      "bash",
      ["-c", "\"$0\" token add josem --db '\(database)' \(redirection)", OVATool.path])
    #expect(result.status == 4)
    #expect(result.errorText.contains("token 1 could not be shown, and is revoked"))
    let list = try OVATool.run("token", "list", "--json", "--db", database)
    let tokens = try list.json() as? [[String: Any]]
    #expect(tokens?.map { $0["state"] as? String } == ["revoked"])
    // Somebody who sees the token has one that is in force.
    #expect(try OVATool.run("token", "add", "josem", "--db", database).status == 0)
  }
}
