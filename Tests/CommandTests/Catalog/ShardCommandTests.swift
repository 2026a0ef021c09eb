import Foundation
import OVATestSupport
import Testing

/// `ova scan --shard` and `ova catalog merge`, as engines start them.
@Suite struct ShardCommandTests {
  private let folder: TemporaryFolder
  private var tree: String { folder.path("tree") }

  init() throws {
    folder = try TemporaryFolder()
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: OVATool.sample("good/web.ova"))))
    for number in 0..<6 { try folder.write(bytes, to: "tree/f\(number)/web.ova") }
    try run("find", [tree, "-exec", "touch", "-d", "2020-01-01", "{}", "+"])
  }

  private func scan(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> ToolResult {
    let none = [
      "JOB_COMPLETION_INDEX", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_JOB_ID", "PARALLEL_SEQ",
    ]
    return try run(
      OVATool.path, ["scan", tree, "--data-store", "ds"] + arguments, in: folder.path,
      environment: Dictionary(uniqueKeysWithValues: none.map { ($0, "") })
        .merging(environment) { $1 })
  }

  private func merge(_ arguments: String...) throws -> ToolResult {
    try run(
      OVATool.path, ["catalog", "merge"] + arguments + ["--db", "merged.sqlite"], in: folder.path)
  }

  private func isThere(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.path(name))
  }

  @Test func shardsAreWrittenAndMergedIntoWhatOneScanMakes() throws {
    #expect(try scan("--db", "one.sqlite").status == 0)
    for number in 0..<3 {
      let result = try scan("--shard", "\(number)/3", "--run", "tonight", "--to", ".")
      #expect(result.status == 0 && result.errorText.isEmpty, "\(result.errorText)")
      #expect(
        result.text.contains(/^shard \d of 3: .* packages?, .*in \.\/shard-tonight-\d\.ndjson\n$/),
        "\(result.text)")
    }
    let files = (0..<3).map { "shard-tonight-\($0).ndjson" }
    let missing = try merge(files[2], files[0])
    #expect(missing.status == 75 && missing.text.isEmpty)
    #expect(
      missing.errorText
        == """
        ova: shard-tonight-2.ndjson: cannot merge the shards: shard 1 of 3 is missing from run 'tonight'
          fix: run it, or say with --partial to take in what is there, without telling what was removed

        """)
    let part = try merge(files[2], "--partial", "--format", "ndjson")
    #expect(part.status == 3)
    #expect(part.errorText == "ova: 2 shards of 3 missing; nothing was marked gone\n")
    #expect(part.text.split(separator: "\n").count == 1)
    let shards = try #require(try part.object()["shards"] as? [String: Any])
    #expect(shards["missing"] as? [Int] == [0, 1] && shards["run"] as? String == "tonight")
    #expect(try complaints("scan-1.schema.json", about: part.output) == [])
    try FileManager.default.removeItem(atPath: folder.path("merged.sqlite"))
    let whole = try merge(files[2], files[0], files[1])
    #expect(whole.status == 0, "\(whole.errorText)")
    for format in ["json", "ndjson", "csv", "sql", "hardware"] {
      func export(_ database: String) throws -> String {
        try run(
          OVATool.path, ["catalog", "export", "--db", folder.path(database), "--format", format]
        ).text
      }
      #expect(try export("merged.sqlite") == export("one.sqlite"))
    }
  }

  @Test func aShardThatIsThereIsLeftAndAnotherRunsIsNotReplaced() throws {
    #expect(try scan("--shard", "0/1", "--run", "a", "--to", "x").status == 0)
    let again = try scan("--shard", "0/1", "--run", "a", "--to", "x")
    #expect(again.status == 0 && again.text.isEmpty)
    #expect(
      again.errorText
        == "ova: x: the shard of this run is there already; --force scans it again\n")
    let other = try scan("--shard", "0/1", "--run", "b", "--to", "x")
    #expect(other.status == 2 && other.errorText.contains("there is a file of that name already"))
    #expect(try scan("--shard", "0/1", "--run", "b", "--to", "x", "--force").status == 0)
  }

  @Test(arguments: [
    (["JOB_COMPLETION_INDEX": "1"], "tonight"), (["SLURM_ARRAY_TASK_ID": "1"], "tonight"),
    (["PARALLEL_SEQ": "2"], "tonight"),
    (["SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_JOB_ID": "77"], nil),
  ])
  func theEngineSaysWhichShardItIs(variables: [String: String], run: String?) throws {
    let given = run.map { ["--run", $0] } ?? []
    let result = try OVATestSupport.run(
      OVATool.path,
      ["scan", tree, "--data-store", "ds", "--shard", "auto/3", "--to", ".", "--format", "ndjson"]
        + given, in: folder.path, environment: variables)
    #expect(result.status == 0, "\(result.errorText)")
    let shards = try #require(try result.object()["shards"] as? [String: Any])
    #expect(shards["number"] as? Int == 1 && shards["count"] as? Int == 3)
    #expect(shards["run"] as? String == run ?? "77")
    #expect(shards["file"] as? String == "./shard-\(run ?? "77")-1.ndjson")
    #expect(try complaints("scan-1.schema.json", about: result.output) == [])
  }

  @Test(arguments: [
    (["--shard", "auto/3", "--run", "r", "--to", "x"], [:], "and none of them is set; say N/3."),
    (
      ["--shard", "auto/3", "--run", "r", "--to", "x"],
      ["PARALLEL_SEQ": "1", "SLURM_ARRAY_TASK_ID": "1"],
      "SLURM_ARRAY_TASK_ID and PARALLEL_SEQ are set, and only one of them can say N; say N/3."
    ),
    (
      ["--shard", "auto/3", "--run", "r", "--to", "x"], ["SLURM_ARRAY_TASK_ID": "3"],
      "SLURM_ARRAY_TASK_ID is '3', and is to be 0 to 2."
    ),
    (
      ["--shard", "auto/3", "--run", "r", "--to", "x"], ["PARALLEL_SEQ": "0"],
      "PARALLEL_SEQ is '0', and is to be 1 to 3."
    ),
    (
      ["--shard", "3/3", "--run", "r", "--to", "x"], [:],
      "The value '3/3' is invalid for '--shard <n/m>': N is 0 to 2 of 3"
    ),
    (
      ["--shard=-1/3", "--run", "r", "--to", "x"], [:],
      "The value '-1/3' is invalid for '--shard <n/m>': N is 0 to 2 of 3"
    ),
    (
      ["--shard", "0/0", "--run", "r", "--to", "x"], [:],
      "it is not N/M or auto/M with M from 1 to 10000"
    ),
    (
      ["--shard", "1", "--run", "r", "--to", "x"], [:],
      "it is not N/M or auto/M with M from 1 to 10000"
    ),
    (
      ["--shard", "0/99999999999999999999", "--run", "r", "--to", "x"], [:],
      "it is not N/M or auto/M with M from 1 to 10000"
    ),
    (["--shard", "0/3", "--to", "x"], [:], "Say with --run what all shards of this run call it."),
    (
      ["--shard", "0/3", "--run", "a/b", "--to", "x"], [:],
      "The value 'a/b' is invalid for '--run <id>': what a run is called is 1 to 100 characters"
    ),
    (["--shard", "0/3", "--run", "r"], [:], "Say with --to where --shard writes the part."),
    (
      ["--shard", "0/3", "--run", "r", "--to", "x", "--db", "postgresql://nowhere/d"], [:],
      "--to cannot be used with --db on a server: the catalog keeps the shard."
    ),
    (["--to", "x", "--db", "y"], [:], "--run, --to, --force and --shard-depth go with --shard."),
    (
      ["--shard", "0/3", "--shard-depth", "0", "--run", "r", "--to", "x"], [:],
      "The value '0' is invalid for '--shard-depth <1-16>'"
    ),
    (
      ["--shard", "0/3", "--run", "r", "--to", "x", "--accept-removals"], [:],
      "--accept-removals goes with 'ova catalog merge', which sees all parts."
    ),
    ([], [:], "Missing expected argument '--db <file>'"),
  ])
  func whatIsAskedWronglyIsNeverTriedAgain(
    arguments: [String], variables: [String: String], words: String
  ) throws {
    let result = try OVATestSupport.run(
      OVATool.path, ["scan", tree, "--data-store", "ds"] + arguments, in: folder.path,
      environment: variables)
    #expect(result.status == 2)
    #expect(result.errorText.contains(words), "\(result.errorText)")
    #expect(!isThere("x"))
  }

  @Test(arguments: [
    (["--run", "r"], "--run goes with a catalog on a server; name the files of the shards."),
    (
      ["x", "--run", "r"],
      "--run and files cannot be used together: the catalog keeps the shards of the run."
    ), ([], "Name the files of the shards."),
  ])
  func aMergeNamesFilesOrARunThatTheCatalogKeeps(arguments: [String], words: String) throws {
    let result = try run(
      OVATool.path, ["catalog", "merge"] + arguments + ["--db", "merged.sqlite"], in: folder.path)
    #expect(result.status == 2 && result.errorText.contains(words), "\(result.errorText)")
    #expect(!isThere("merged.sqlite"))
  }

  @Test func whatMayPassIsTriedAgain() throws {
    let shard = ["--shard", "0/1", "--run", "r", "--to", "x"]
    let away = try run(
      OVATool.path, ["scan", folder.path("away"), "--data-store", "ds"] + shard, in: folder.path)
    #expect(away.status == 75 && away.errorText.contains("No such file"), "\(away.errorText)")
    let catalog = try scan("--db", "one.sqlite")
    #expect(catalog.status == 0)
    let wrong = try scan("--shard", "0/1", "--run", "r", "--to", "x", "--db", "one.sqlite")
    #expect(wrong.status == 2 && wrong.errorText.contains("a shard has a database of its own"))
    let unwritable = try scan("--shard", "0/1", "--run", "r", "--to", "no/x")
    #expect(unwritable.status == 4)
    #expect(!isThere("x"))
  }

  @Test func aShardThatIsStoppedWritesNothingAndIsTriedAgain() throws {
    // Not to be done before the signal comes.
    var archive = TarBuilder()
    archive.file(
      "a.ovf",
      Array(
        try Data(contentsOf: URL(fileURLWithPath: OVATool.sample("good/database/database.ovf")))))
    try folder.write(
      archive, ending: TarBuilder.Header("database-disk1.vmdk", size: 7 << 30), to: "tree/large.ova"
    )
    try run("touch", ["-d", "2020-01-01", folder.path("tree/large.ova")])
    let process = Process()
    process.executableURL = URL(fileURLWithPath: OVATool.path)
    process.arguments = [
      "scan", tree, "--data-store", "ds", "--db", folder.path("own.sqlite"), "--shard", "0/1",
      "--run", "r", "--to", folder.path("x"),
    ]
    process.standardOutput = FileHandle.nullDevice
    let words = Pipe()
    process.standardError = words
    try process.run()
    // By then the signal is handled.
    while !isThere("own.sqlite"), process.isRunning { usleep(1000) }
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    let said = String(decoding: words.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationReason == .exit && process.terminationStatus == 75, "\(said)")
    #expect(said.contains("it was stopped before its end"))
    #expect(!isThere("x"))
  }
}
