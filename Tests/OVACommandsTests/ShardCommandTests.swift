import Foundation
import OVACommands
import OVATestSupport
import Testing

/// Tests of `ova scan --shard` and `ova catalog merge`: a command line in, its whole result out.
@MainActor @Suite struct ShardCommandTests {
  private let fixture: CommandFixture
  private let database: String
  private let root: String

  init() throws {
    fixture = try CommandFixture()
    database = fixture.path("c.sqlite")
    root = try fixture.makeFolder("root")
    for name in ["web", "sizes"] {
      let path = try fixture.sample("good/\(name).ova")
      try FileManager.default.moveItem(atPath: path, toPath: "\(root)/\(name).ova")
      // What was written moments ago counts as unsettled.
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_500_000_000)],
        ofItemAtPath: "\(root)/\(name).ova")
    }
  }

  private func file(_ number: Int) -> String { fixture.path("shard-r-\(number).ndjson") }

  private func shard(_ number: Int, _ options: String...) async -> CommandResult {
    await OVACommand.result(
      of: [
        "scan", "--no-sandbox", "--shard", "\(number)/2", "--run", "r", "--to",
        fixture.folder.path, "--data-store", "ds", root,
      ] + options)
  }

  private func merge(_ arguments: String...) async -> CommandResult {
    await OVACommand.result(of: ["catalog", "merge", "--db", database] + arguments)
  }

  /// Scans both parts. Files in the folder itself are all one part's.
  private func scanAll() async {
    #expect(
      await shard(0)
        == .success("shard 0 of 2: 2 packages, 2 hashed, 276.7 KiB read, in \(file(0))\n"))
    #expect(await shard(1) == .success("shard 1 of 2: 0 packages, in \(file(1))\n"))
  }

  private static let added = "added  [ds] sizes.ova\nadded  [ds] web.ova\n"

  @Test func `the parts of a run are merged into what one scan makes`() async {
    await scanAll()
    #expect(
      await merge(file(1), file(0))
        == .success("\(Self.added)2 packages, 2 added, 2 hashed, 276.7 KiB read\n"))
    let whole = fixture.path("whole.sqlite")
    #expect(
      await fixture.run("scan", "--no-sandbox", "--db", whole, "--data-store", "ds", root)
        == .success("\(Self.added)2 packages, 2 added, 2 hashed, 276.7 KiB read\n"))
    for command in [
      ["catalog", "list"], ["catalog", "show", "1"], ["report", "--format", "text"],
    ] {
      let merged = await OVACommand.result(of: command + ["--db", database])
      let scanned = await OVACommand.result(of: command + ["--db", whole])
      #expect(merged.status == .success)
      #expect(merged == scanned)
    }
  }

  @Test func `a part that is there is left as it is`() async throws {
    await scanAll()
    try FileManager.default.removeItem(atPath: "\(root)/web.ova")
    let before = FileManager.default.contents(atPath: file(0))
    #expect(
      await shard(0)
        == CommandResult(
          .success,
          errorText:
            "ova: \(file(0)): the shard of this run is there already; --force scans it again\n"
        ))
    #expect(FileManager.default.contents(atPath: file(0)) == before)
    #expect(
      await shard(0, "--force")
        == .success("shard 0 of 2: 1 package, 1 hashed, 139 KiB read, in \(file(0))\n"))
  }

  @Test func `a part that is missing is named, and nothing is stored`() async {
    await scanAll()
    #expect(
      await merge(file(0))
        == CommandResult(
          .tryAgain,
          errorText: """
            ova: \(file(0)): cannot merge the shards: shard 1 of 2 is missing from run 'r'
              fix: run it, or say with --partial to take in what is there, without telling what was removed

            """))
    #expect(
      await fixture.run("catalog", "diff", "0", "--db", database)
        == .success("0 changes\n"))
    #expect(
      await merge(file(0), "--partial")
        == CommandResult(
          .unreadable,
          output: Array(
            "\(Self.added)2 packages, 2 added, 2 hashed, 276.7 KiB read, partial\n".utf8),
          errorText: "ova: 1 shard of 2 missing; nothing was marked gone\n"))
  }

  @Test func `a file that was cut off is to be copied again, and one that was changed is refused`()
    async throws
  {
    await scanAll()
    let bytes = try #require(FileManager.default.contents(atPath: file(0)))
    let cut = try fixture.folder.write(bytes.prefix(200), to: "cut.ndjson")
    #expect(
      await merge(file(1), cut)
        == CommandResult(
          .tryAgain,
          errorText: """
            ova: \(cut):1: cannot merge the shard: it ends inside a line: it is not all there
              fix: run the shard again, or copy its file again

            """))
    let text = String(decoding: bytes, as: UTF8.self)
    let changed = try fixture.folder.write(
      text.replacing("sizes.ova", with: "sixes.ova"), to: "changed.ndjson")
    let lines = text.split(separator: "\n").count
    #expect(
      await merge(file(1), changed)
        == CommandResult(
          .wrongUse,
          errorText: """
            ova: \(changed):\(lines): cannot merge the shard: its content is not what was written: the digest in the closing line differs
              fix: run shard 0 of 2 again with --force

            """))
  }

  @Test(arguments: [
    (["--shard", "2/2"], "The value '2/2' is invalid for '--shard <n/m>': N is 0 to 1 of 2"),
    (
      ["--shard", "0/2", "--run", "r/x"],
      "The value 'r/x' is invalid for '--run <id>': what a run is called is 1 to 100 characters "
        + "without slashes and control characters"
    ),
    (["--shard-depth", "0"], "The value '0' is invalid for '--shard-depth <1-16>'"),
  ])
  func `a value that names no part of a run is wrong use`(
    arguments: [String], fault: String
  ) async {
    let result = await OVACommand.result(of: ["scan", "--data-store", "ds", root] + arguments)
    #expect(result.status == .wrongUse)
    #expect(result.errorText.hasPrefix("Error: \(fault)\nHelp:  "), "\(result.errorText)")
  }

  @Test(arguments: [
    (["--shard", "0/2", "--run", "r"], "Say with --to where --shard writes the part."),
    (["--shard", "0/2", "--to", "."], "Say with --run what all shards of this run call it."),
    (
      ["--run", "r", "--db", "m.sqlite"],
      "--run, --to, --force and --shard-depth go with --shard."
    ),
    (
      ["--shard", "0/2", "--run", "r", "--to", ".", "--accept-removals"],
      "--accept-removals goes with 'ova catalog merge', which sees all parts."
    ),
  ])
  func `options that do not go together are wrong use`(
    arguments: [String], fault: String
  ) async {
    #expect(
      await OVACommand.result(of: ["scan", "--data-store", "ds", root] + arguments)
        == CommandResult(
          .wrongUse,
          errorText: """
            Error: \(fault)
            Usage: ova scan [<options>] [<folder> ...]
              See 'ova scan --help' for more information.

            """))
  }

  @Test func `merge without files is wrong use`() async {
    #expect(
      await merge()
        == CommandResult(
          .wrongUse,
          errorText: """
            Error: Name the files of the shards.
            Usage: ova catalog merge [<options>] [<file> ...] --db <file>
              See 'ova catalog merge --help' for more information.

            """))
  }
}
