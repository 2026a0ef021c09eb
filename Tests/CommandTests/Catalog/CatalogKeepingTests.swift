import Foundation
import OVATestSupport
import Testing

/// The commands that keep a catalog: what is registered, what is forgotten, backups, and reading
/// by who may not write.
@Suite struct CatalogKeepingTests {
  private let folder: TemporaryFolder
  private var database: String { folder.path("db/catalog.sqlite") }
  private var tree: String { folder.path("tree") }

  init() throws {
    folder = try TemporaryFolder()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: OVATool.sample("good/web.ova")))
    for name in ["a.ova", "b/b.ova"] { try folder.write(Array(bytes), to: "tree/\(name)") }
    try FileManager.default.createDirectory(
      atPath: folder.path("db"), withIntermediateDirectories: true)
  }

  @discardableResult
  private func scan(_ more: String...) throws -> ToolResult {
    try run(
      OVATool.path, ["scan", tree, "--data-store", "ds", "--db", database, "--settle", "0"] + more)
  }

  private func catalog(_ arguments: String..., input: [UInt8] = []) throws -> ToolResult {
    try run(OVATool.path, ["catalog"] + arguments + ["--db", database], input: input)
  }

  // MARK: Scans

  @Test func theSummaryCountsWhatIsWrongAndNamesTheReport() throws {
    let whole = try scan().text
    #expect(whole.contains(/2 packages, 2 added, 2 hashed, 27[0-9]\.[0-9] KiB read\n$/), "\(whole)")
    try folder.write("no archive", to: "tree/bad.ova")
    let sample = try Data(
      contentsOf: URL(fileURLWithPath: OVATool.sample("broken/wrong-digest.ova")))
    try folder.write(Array(sample), to: "tree/wrong.ova")
    let first = try scan()
    #expect(first.status == 0 && first.errorText.isEmpty)
    #expect(
      first.text.hasSuffix(
        "1 broken, 2 errors and 0 warnings (see ova report --db \(database))\n"),
      "\(first.text)")
    let second = try scan()
    #expect(second.status == 0 && second.errorText.isEmpty)
    #expect(
      second.text
        == "4 packages, 1 broken, 2 errors and 0 warnings (see ova report --db \(database))\n")
  }

  @Test func `a catalog of an earlier version learns which packages are broken`() throws {
    try folder.write("no archive", to: "tree/bad.ova")
    try scan()
    let older = try run(
      "sqlite3",
      [
        "-batch", database,
        """
        UPDATE images SET state = 'unreadable' WHERE state = 'broken';
        DELETE FROM grdb_migrations WHERE identifier = '9-broken';
        """,
      ])
    #expect(older.status == 0, "\(older.errorText)")
    let shown = try catalog("show", "[ds] bad.ova").text
    #expect(shown.contains("broken: the file is not a tar archive"), "\(shown)")
    #expect(shown.contains("archive-not-tar"), "\(shown)")
  }

  @Test func programsGetTheSummaryAsJSON() throws {
    try folder.write("no archive", to: "tree/bad.ova")
    let result = try scan("--format", "json")
    #expect(result.status == 0)
    let object = try result.object()
    #expect(object["schema"] as? String == "ovakit/scan/1.2")
    #expect(object["partial"] as? Bool == false)
    #expect(object["added"] as? [String] == ["[ds] a.ova", "[ds] b/b.ova", "[ds] bad.ova"])
    let states = try #require(object["states"] as? [String: Int])
    #expect(
      states
        == [
          "whole": 2, "changing": 0, "waiting": 0, "truncated": 0, "broken": 1, "unreadable": 0,
        ])
    let counts = try #require(object["counts"] as? [String: Int])
    #expect(counts["packages"] == 3 && counts["added"] == 3 && counts["problems"] == 0)
    let line = try JSONSerialization.data(withJSONObject: object)
    #expect(try complaints("scan-1.schema.json", about: Array(line) + [0x0A]) == [])
  }

  @Test func anEmptyFolderIsBelievedOnlyWhenThatIsSaid() throws {
    try scan()
    for name in ["a.ova", "b"] { try FileManager.default.removeItem(atPath: "\(tree)/\(name)") }
    let refused = try scan()
    #expect(refused.status == 3)
    #expect(refused.errorText.contains("\(tree): the folder is empty"))
    #expect(try catalog("list").text.contains("2 images"))
    let accepted = try scan("--accept-removals")
    #expect(accepted.status == 0)
    #expect(accepted.text.hasSuffix("0 packages, 2 gone\n"))
    #expect(try catalog("list").text.contains("0 images"))
  }

  @Test func foldersThatOverlapAreWrongUse() throws {
    try scan()
    let result = try run(
      OVATool.path,
      ["scan", "\(tree)/b", "--data-store", "other", "--db", database, "--settle", "0"])
    #expect(result.status == 2)
    #expect(result.errorText.contains("[other] and [ds] overlap"))
  }

  // MARK: What is registered

  @Test func whatIsRegisteredIsListed() throws {
    try scan()
    let text = try catalog("repositories").text
    #expect(text.contains("[ds]") && text.contains(tree) && text.hasSuffix("1 repository\n"))
    let object = try catalog("repositories", "--json").object()
    let row = try #require((object["repositories"] as? [[String: Any]])?.first)
    #expect(row["repository"] as? String == "[ds]" && row["folder"] as? String == tree)
    #expect(row["packages"] as? Int == 2 && row["public"] as? Bool == true)
    #expect(row["completed_on"] is String && row["owner"] is NSNull)
    let line = try JSONSerialization.data(withJSONObject: object)
    #expect(
      try complaints("catalog-repositories-1.schema.json", about: Array(line) + [0x0A]) == [])
  }

  @Test func aFolderIsForgottenOnlyWhenThatIsSaid() throws {
    try scan()
    let dry = try catalog("forget", tree)
    #expect(dry.status == 0 && dry.text.contains("2 packages would leave the list"))
    #expect(try catalog("list").text.contains("2 images"))
    #expect(try catalog("forget", "\(tree)/b").status == 2)
    let done = try catalog("forget", "[ds]", "--yes")
    #expect(done.status == 0 && done.text.contains("2 packages left the list"))
    #expect(try catalog("list").text.contains("0 images"))
    #expect(FileManager.default.fileExists(atPath: "\(tree)/a.ova"))
    #expect(try catalog("repositories").text.contains("0 repositories"))
    let again = try OVATool.run("scan", "--db", database)
    #expect(again.status == 3 && again.errorText.contains("no repository was scanned yet"))
    #expect(try scan().text.contains("2 returned"))
  }

  // MARK: Records

  @Test func recordsAreReadFromStandardInput() throws {
    try scan()
    let records = try catalog("export").output
    let other = folder.path("db/other.sqlite")
    let result = try run(
      OVATool.path, ["catalog", "import", "-", "--db", other], input: records)
    #expect(result.text == "2 records imported\n")
    #expect(try OVATool.run("catalog", "export", "--db", other).output == records)
    let wrong = try run(
      OVATool.path, ["catalog", "import", "-", "--db", other], input: Array("[{]".utf8))
    #expect(wrong.status == 2 && wrong.errorText.contains("standard input"))
  }

  @Test func `an answer that is one page of several is told as that, with the next`() throws {
    try scan()
    let whole = try catalog("export", "--format", "api").text
    let other = folder.path("db/other.sqlite")
    func imported(_ answer: String) throws -> ToolResult {
      try run(OVATool.path, ["catalog", "import", "-", "--db", other], input: Array(answer.utf8))
    }
    let all = try imported(whole)
    #expect(all.status == 0 && all.text == "2 records imported\n" && all.errorText.isEmpty)

    let start = try #require(whole.range(of: "\"pages\":{")).upperBound
    let end = try #require(whole[start...].firstIndex(of: "}"))
    func page(_ page: Int, next: String) -> String {
      whole.replacingCharacters(
        in: start..<end,
        with: "\"page\":\(page),\"pages\":3,\"per_page\":2,\"total\":5,\"next_url\":\(next)")
    }
    let second = try imported(page(2, next: "\"https://images.example.org/v2/image?page=3\""))
    #expect(second.status == 0 && second.text == "2 records imported\n")
    #expect(
      second.errorText == """
        ova: standard input is page 2 of 3; the whole list has 5 records, and the next page is \
        https://images.example.org/v2/image?page=3

        """)
    let last = try imported(page(3, next: "null"))
    #expect(last.status == 0 && last.text == "2 records imported\n")
    #expect(
      last.errorText == "ova: standard input is page 3 of 3; the whole list has 5 records\n")
  }

  @Test(arguments: [
    ("2017-11-24 Fri 15:37:36 EST", "'EST' is no zone of UTC", "--time-zone"),
    ("2017-11-24 Mon 15:37:36 UTC", "that day is a Fri, not a Mon", ""),
    ("2017-02-30 00:00", "there is no such day", ""),
    ("24.11.2017", "it is not of a form that is read", "2017-11-24T15:37:36Z"),
  ])
  func itIsSaidWhyATimeCannotBeRead(time: String, reason: String, fix: String) throws {
    let record = """
      {"created_on":"\(time)","data_store":"ds","folder":null,"id":1,"label":"a.ova",\
      "name":"a.ova","path":"[ds] a.ova","public":true,"updated_on":"2017-11-24T20:37:36Z"}
      """
    let result = try catalog("import", "-", input: Array(record.utf8))
    #expect(result.status == 2)
    #expect(
      result.errorText.contains("created_on: '\(time)' is not a valid time: \(reason)"),
      "\(result.errorText)")
    #expect(fix.isEmpty || result.errorText.contains(fix))
  }

  @Test func sqlIsWrittenForADatabase() throws {
    try scan()
    let mysql = try catalog("export", "--format", "sql", "--dialect", "mysql")
    #expect(mysql.text.contains("SET NAMES utf8mb4;") && mysql.text.contains("CREATE TABLE"))
    #expect(try catalog("export", "--dialect", "mysql").status == 2)
    let sqlite = try catalog("export", "--format", "sql")
    let result = try run(
      "sqlite3", ["-batch", folder.path("x.sqlite")],
      input: sqlite.output + Array("SELECT path FROM images ORDER BY id;\n".utf8))
    #expect(result.text == "[ds] a.ova\n[ds] b/b.ova\n", "\(result.errorText)")
  }

  // MARK: Backups

  @Test func aBackupIsMadeAndPutBack() throws {
    try scan()
    let file = folder.path("backup.sqlite")
    #expect(try catalog("backup", file).text == "2 images backed up to \(file)\n")
    #expect(try catalog("backup", file).status == 2)
    #expect(try catalog("backup", file, "--force").status == 0)
    try FileManager.default.removeItem(atPath: "\(tree)/a.ova")
    try scan()
    let before = try catalog("restore", file)
    #expect(before.status == 2 && before.errorText.contains("say --yes"))
    #expect(try catalog("list").text.contains("1 image\n"))
    #expect(try catalog("restore", file, "--yes").text == "2 images restored from \(file)\n")
    #expect(try catalog("list").text.contains("2 images"))
    // What became of packages since is found by a scan.
    #expect(try scan().text.contains("gone  [ds] a.ova"))
    // Into a catalog that is not there yet nothing is lost.
    let other = folder.path("other.sqlite")
    #expect(try OVATool.run("catalog", "restore", file, "--db", other).status == 0)
    #expect(try OVATool.run("catalog", "list", "--db", other).text.contains("2 images"))
  }

  // MARK: Without permission to write

  private static let isRoot = geteuid() == 0

  /// Runs a command as a user who may write nothing of this.
  private func asNobody(_ arguments: [String]) throws -> ToolResult {
    try run(
      "setpriv",
      ["--reuid=65534", "--regid=65534", "--clear-groups", OVATool.path] + arguments,
      environment: ["TMPDIR": "/tmp"])
  }

  private static let reading: [[String]] = [
    ["catalog", "list"], ["catalog", "show", "1"], ["catalog", "export"],
    ["catalog", "export", "--format", "hardware"], ["catalog", "diff"],
    ["catalog", "repositories"], ["report", "--format", "json"], ["report", "--print-cleanup"],
  ]

  private func expectReadable(_ note: Comment) throws {
    for arguments in Self.reading {
      let own = try run(OVATool.path, arguments + ["--db", database])
      let result = try asNobody(arguments + ["--db", database])
      #expect(result.status == 0, "\(note) \(arguments) \(result.errorText)")
      #expect(result.output == own.output, "\(note) \(arguments)")
    }
  }

  @Test func whatOnlyReadsLeavesNoLogBehind() throws {
    try scan()
    for arguments in Self.reading {
      try run(OVATool.path, arguments + ["--db", database])
      #expect(try names() == ["catalog.sqlite", "catalog.sqlite-scan"], "\(arguments)")
    }
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path("db")).sorted()
  }

  @Test(.enabled(if: isRoot)) func whoMayNotWriteReadsAll() throws {
    try scan()
    chmod(database, 0o644)
    chmod(folder.path("db"), 0o755)
    let before = try names()
    try expectReadable("closed")
    #expect(try names() == before)
    chmod(database, 0o444)
    chmod(folder.path("db"), 0o555)
    try expectReadable("read-only")
    let refused = try asNobody(["scan", "--db", database])
    #expect(refused.status == 3 && refused.errorText.contains("permission"))
  }

  @Test(.enabled(if: isRoot)) func whoMayNotWriteReadsWhileOthersWrite() throws {
    try scan()
    // Another process has it open, so that there is a log, which holds what was written last.
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    writer.arguments = [
      "python3", "-c",
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], isolation_level=None)
      db.execute("PRAGMA journal_mode").fetchall()
      db.execute("UPDATE images SET label = 'written last' WHERE id = 1")
      print("ready", flush=True)
      sys.stdin.read()
      """, database,
    ]
    let (input, output) = (Pipe(), Pipe())
    writer.standardInput = input
    writer.standardOutput = output
    try writer.run()
    _ = output.fileHandleForReading.availableData
    try expectReadable("open")
    #expect(
      try asNobody(["catalog", "export", "--db", database]).text.contains("written last"))
    // Its shared memory may not be read either.
    chmod("\(database)-shm", 0o600)
    #expect(
      try asNobody(["catalog", "export", "--db", database]).text.contains("written last"))
    try input.fileHandleForWriting.close()
    writer.waitUntilExit()
  }

  @Test(.enabled(if: isRoot)) func aDatabaseOfAnOlderVersionIsReadToo() throws {
    try scan()
    let older = try run(
      "sqlite3",
      [
        database,
        """
        DROP TABLE stray_places; DROP TABLE needs; DROP TABLE mounts;
        ALTER TABLE files DROP COLUMN device; ALTER TABLE files DROP COLUMN links;
        ALTER TABLE files DROP COLUMN allocated_bytes; ALTER TABLE files DROP COLUMN linked;
        ALTER TABLE images DROP COLUMN broken_for;
        ALTER TABLE repositories DROP COLUMN device; ALTER TABLE repositories DROP COLUMN inode;
        ALTER TABLE repositories DROP COLUMN root_device;
        ALTER TABLE repositories DROP COLUMN root_inode;
        ALTER TABLE repositories DROP COLUMN last_scan;
        ALTER TABLE repositories DROP COLUMN complete_scan;
        DELETE FROM grdb_migrations WHERE identifier = '6-places';
        """,
      ])
    #expect(older.status == 0, "\(older.errorText)")
    chmod(database, 0o444)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: database))
    let result = try asNobody(["catalog", "list", "--db", database])
    #expect(result.status == 0 && result.text.contains("2 images"), "\(result.errorText)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: database)) == bytes)
    // Whoever may write brings it up to date.
    chmod(database, 0o644)
    let next = try scan()
    #expect(next.status == 0 && next.text.hasPrefix("2 packages"), "\(next.text)")
    try expectReadable("renewed")
  }

  @Test(.enabled(if: isRoot)) func aFileThatMayNotBeReadIsSaid() throws {
    try scan()
    chmod(database, 0o600)
    let result = try asNobody(["catalog", "list", "--db", database])
    #expect(result.status == 3)
    #expect(result.errorText.contains("Permission denied"))
    #expect(result.errorText.contains("read permission"))
  }
}
