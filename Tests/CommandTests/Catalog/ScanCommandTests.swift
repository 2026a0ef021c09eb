import Foundation
import OVATestSupport
import Testing

/// A folder of samples and a catalog beside it.
private struct Repository {
  let folder: TemporaryFolder
  var tree: String { folder.path("tree") }
  var database: String { folder.path("catalog.sqlite") }

  init(_ names: [String]) throws {
    folder = try TemporaryFolder()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: OVATool.sample("good/web.ova")))
    for name in names {
      let path = try folder.write(bytes, to: "tree/\(name)")
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_500_000_000)], ofItemAtPath: path)
    }
  }

  @discardableResult
  func scan(_ more: String...) throws -> ToolResult {
    try run(
      OVATool.path, ["scan", tree, "--data-store", "ds", "--db", database, "--settle", "0"] + more)
  }

  func catalog(_ arguments: String...) throws -> ToolResult {
    try run(OVATool.path, ["catalog"] + arguments + ["--db", database])
  }
}

@Suite struct ScanCommandTests {
  @Test func aScanSaysWhatItDidAndALaterOneNeedsNoFolders() throws {
    let repository = try Repository(["a.ova", "b/c.ova"])
    let first = try repository.scan()
    #expect(first.status == 0)
    #expect(first.text.contains("added  [ds] b/c.ova"))
    let again = try OVATool.run("scan", "--db", repository.database)
    #expect(again.status == 0)
    #expect(again.text == "2 packages\n")
  }

  @Test func `what is no package is broken, and the scan is whole`() throws {
    let repository = try Repository(["a.ova"])
    try repository.folder.write("no archive", to: "tree/bad.ova")
    let result = try repository.scan()
    #expect(result.status == 0 && result.errorText.isEmpty, "\(result.errorText)")
    #expect(result.text.contains("1 broken, 1 error and 0 warnings"))
    #expect(!result.text.contains("partial") && !result.text.contains("unreadable"))
    let show = try repository.catalog("show", "2")
    #expect(show.text.contains("broken: the file is not a tar archive"), "\(show.text)")
    #expect(show.text.contains("archive-not-tar"), "\(show.text)")
  }

  private static let descriptor = URL(
    fileURLWithPath: OVATool.sample("good/database/database.ovf"))

  @Test(arguments: [SIGINT, SIGTERM])
  func aScanThatIsStoppedKeepsWhatItDidAndTheNextGoesOn(signal: Int32) throws {
    let repository = try Repository((1...200).map { "\($0 % 20)/\($0).ova" })
    // Not to be done before the signal comes.
    var archive = TarBuilder()
    archive.file("a.ovf", Array(try Data(contentsOf: Self.descriptor)))
    try repository.folder.write(
      archive, ending: TarBuilder.Header("database-disk1.vmdk", size: 7 << 30),
      to: "tree/large.ova")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: OVATool.path)
    process.arguments = [
      "scan", repository.tree, "--data-store", "ds", "--db", repository.database, "--settle", "0",
      "--jobs", "1",
    ]
    let (output, words) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = words
    try process.run()
    func stored() throws -> Int {
      try run(
        "sqlite3", ["file:\(repository.database)?mode=ro", "SELECT count(*) FROM images"]
      ).text.split(separator: "\n").first.flatMap { Int($0) } ?? 0
    }
    while try stored() == 0, process.isRunning { usleep(1000) }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    let said = String(decoding: words.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let summary = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationStatus == 130)
    #expect(said.contains("stopped; what was done is kept"))
    #expect(summary.hasSuffix("partial\n"))
    #expect(try stored() > 0)
    let next = try repository.scan("--no-digests")
    #expect(next.status == 0)
    #expect(next.text.contains("201 packages"))
    #expect(try stored() == 201)
  }

  @Test(arguments: [["--rehash"], ["--rehash-older", "9d"], ["--hash-budget", "1GiB"]])
  func withoutDigestsNothingIsHashed(arguments: [String]) throws {
    let repository = try Repository(["a.ova"])
    let result = try run(
      OVATool.path,
      ["scan", repository.tree, "--data-store", "ds", "--db", repository.database, "--no-digests"]
        + arguments)
    #expect(result.status == 2)
    #expect(result.errorText.contains("--no-digests"))
  }

  @Test(arguments: [["--settle", "soon"], ["--hash-budget", "2 turtles"], ["--jobs", "0"]])
  func aWrongQuantityIsWrongUse(arguments: [String]) throws {
    let repository = try Repository([])
    let result = try run(
      OVATool.path,
      ["scan", repository.folder.path, "--data-store", "ds", "--db", repository.database]
        + arguments)
    #expect(result.status == 2)
  }

  @Test func aDatabaseThatIsNotThereIsSaid() throws {
    let folder = try TemporaryFolder()
    let result = try OVATool.run("catalog", "list", "--db", folder.path("none.sqlite"))
    #expect(result.status == 3)
    #expect(result.errorText.contains("none.sqlite"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("none.sqlite")))
  }

  @Test func listAndExportTakeTheAPIsFilterSortAndPages() throws {
    let repository = try Repository(["u1.ova", "u2.ova", "u3.ova", "x.ova"])
    try repository.scan()
    let page = try repository.catalog(
      "list", "--filter", "name,like,u%", "--sort", "path,desc", "--per-page", "2", "--page", "2",
      "--format", "csv")
    #expect(page.status == 0)
    #expect(page.text.split(separator: "\r\n").count == 2)
    #expect(page.text.contains("[ds] u1.ova"))
    let all = try repository.catalog("export", "--format", "ndjson", "--sort", "path,asc")
    #expect(all.text.split(separator: "\n").count == 4)
    let wrong = try repository.catalog("list", "--filter", "nonsense,eq,1")
    #expect(wrong.status == 2)
    let hardware = try repository.catalog("export", "--format", "hardware")
    let lines = hardware.text.split(separator: "\n")
    #expect(lines.count == 4)
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect((object?["package"] as? [String: Any])?["virtual_systems"] != nil)
    }
  }

  @Test func importedRecordsComeBackToTheByteAndKeepTheirIdsInAScan() throws {
    let repository = try Repository(["a.ova", "b.ova"])
    let records = try OVATool.run(
      "catalog", "export", repository.tree, "--data-store", "ds", "--first-id", "500")
    try repository.folder.write(records.output, to: "records.json")
    let imported = try repository.catalog("import", repository.folder.path("records.json"))
    #expect(imported.text == "2 records imported\n")
    try repository.scan()
    #expect(try repository.catalog("export").output == records.output)
  }

  @Test(arguments: ["json", "ndjson", "csv", "api"])
  func anImageServiceMovesOverWithoutOneIdOrPlaceChanging(format: String) throws {
    // The order of the service is neither that of ids nor that of paths.
    let repository = try Repository(["b.ova", "a.ova", "c/d.ova"])
    let ids = ["[ds] c/d.ova": 900, "[ds] a.ova": 7, "[ds] b.ova": 41]
    let records = try OVATool.run(
      "catalog", "export", repository.tree, "--data-store", "ds", "--format", "ndjson"
    ).text.split(separator: "\n").map { line in
      var record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      record["id"] = ids[record["path"] as? String ?? ""]
      record["created_on"] = "2015-01-02 Fri 03:04:05 UTC"
      return try JSONSerialization.data(withJSONObject: record)
    }
    let moved = try repository.folder.write(
      Array(records.reversed().joined(separator: [0x0A])), to: "moved.ndjson")
    // In the form that is asked for, by way of a catalog of its own.
    let first = repository.folder.path("first.sqlite")
    _ = try OVATool.run("catalog", "import", moved, "--db", first)
    let form = try OVATool.run("catalog", "export", "--db", first, "--format", format)
    let file = try repository.folder.write(form.output, to: "records.\(format)")
    #expect(try repository.catalog("import", file).text == "3 records imported\n")
    try repository.scan()
    try repository.scan()
    let after = try repository.catalog("export", "--format", format)
    #expect(after.output == form.output)
    let order = try repository.catalog("list", "--format", "ndjson").text
      .matches(of: /"id":([0-9]+)/).map { String($0.output.1) }
    #expect(order == ["900", "41", "7"])
    // What is found later comes behind, with a number that nobody had.
    try repository.folder.write(
      Array(Data(contentsOf: URL(fileURLWithPath: OVATool.sample("good/web.ova")))),
      to: "tree/new.ova")
    try repository.scan()
    let more = try repository.catalog("list", "--format", "ndjson").text
      .matches(of: /"id":([0-9]+)/).map { String($0.output.1) }
    #expect(more == ["900", "41", "7", "901"])
  }

  @Test(arguments: [
    ("x,ds,,2,l,n,[ds] n,true,2020-01-01 Wed 00:00:00 UTC", "created_on: 'x'", ":3"),
    (
      "2020-01-01 Wed 00:00:00 UTC,ds,,two,l,n,[ds] n,true,2020-01-01 Wed 00:00:00 UTC",
      "id: 'two'", ":3"
    ),
    (
      "2020-01-01 Wed 00:00:00 UTC,ds,,2,l,n,[ds] n,perhaps,2020-01-01 Wed 00:00:00 UTC",
      "public: 'perhaps'", ":3"
    ),
    ("2020-01-01 Wed 00:00:00 UTC,ds,,2,l,n", "6 fields", ":3"),
    (
      "2020-01-01 Wed 00:00:00 UTC,ds,,1,l,n,[ds] n,true,2020-01-01 Wed 00:00:00 UTC",
      "both have the id 1", ""
    ),
  ])
  func aMalformedImportSaysRowAndColumnAndChangesNothing(
    row: String, words: String, place: String
  ) throws {
    let repository = try Repository(["a.ova"])
    try repository.scan()
    let before = try repository.catalog("export").output
    let file = try repository.folder.write(
      """
      created_on,data_store,folder,id,label,name,path,public,updated_on
      2020-01-01 Wed 00:00:00 UTC,ds,,1,a.ova,a.ova,[ds] a.ova,true,2021-01-01 Fri 00:00:00 UTC
      \(row)

      """, to: "bad.csv")
    let result = try repository.catalog("import", file)
    #expect(result.status == 2)
    #expect(result.errorText.contains(words), "\(result.errorText)")
    #expect(result.errorText.contains("bad.csv\(place)"), "\(result.errorText)")
    #expect(try repository.catalog("export").output == before)
  }

  @Test func aRelativeFolderIsFoundAgainFromElsewhere() throws {
    let repository = try Repository(["a.ova"])
    let scan = ["scan", "tree", "--data-store", "ds", "--db", "catalog.sqlite", "--settle", "0"]
    #expect(try run(OVATool.path, scan, in: repository.folder.path).status == 0)
    let again = try run(OVATool.path, ["scan", "--db", repository.database], in: "/")
    #expect(again.text == "1 package\n")
  }

  @Test func showTellsAllOfAnImageByIdOrPath() throws {
    let repository = try Repository(["a.ova"])
    try repository.scan()
    let shown = try repository.catalog("show", "1")
    #expect(shown.text.contains("vmx-") && shown.text.contains("sha256"))
    #expect(try repository.catalog("show", "[ds] a.ova").text == shown.text)
    #expect(try repository.catalog("show", "99").status == 3)
  }

  @Test func catalogDiffTellsWhatChangedBetweenScans() throws {
    let repository = try Repository(["a.ova", "b.ova"])
    try repository.scan()
    try FileManager.default.removeItem(atPath: "\(repository.tree)/a.ova")
    try repository.scan()
    #expect(try repository.catalog("diff").text == "gone  [ds] a.ova\n1 change\n")
    #expect(try repository.catalog("diff", "0").text == "added  [ds] b.ova\n1 change\n")
  }

  @Test func diffOfTwoPackagesTellsHardwareDisksFilesAndProperties() throws {
    let same = try OVATool.run(
      "diff", OVATool.sample("good/web.ova"), OVATool.sample("good/web.ova"))
    #expect(same.status == 0 && same.text.hasPrefix("no differences ("))
    let other = try OVATool.run(
      "diff", OVATool.sample("good/web.ova"), OVATool.sample("good/database/database.ovf"))
    #expect(other.status == 1)
    for word in ["hardware", "disk", "file"] { #expect(other.text.contains(" \(word) ")) }
  }

  @Test func theOnlyMachinesOfTwoPackagesAreComparedWhateverTheyAreCalled() throws {
    var files = try PackageFiles()
    files.replace("ovf:id=\"web\"", "ovf:id=\"www\"", in: "web.ovf")
    files.replace("<rasd:VirtualQuantity>2048<", "<rasd:VirtualQuantity>4096<", in: "web.ovf")
    files.replace("ovf:value=\"web\"", "ovf:value=\"www\"", in: "web.ovf")
    let folder = try TemporaryFolder()
    try files.seal(folder)
    let other = try folder.write(files.archive(), to: "web.ova")
    let result = try OVATool.run("diff", OVATool.sample("good/web.ova"), other)
    #expect(result.status == 1)
    let lines = result.text.split(separator: "\n").filter { !$0.contains(" file ") }
    #expect(
      lines == [
        "~ machine id: web → www",
        "~ hardware memory: 2 GiB (2147483648 bytes) → 4 GiB (4294967296 bytes)",
        "~ property hostname value: web → www",
      ])
  }

  @Test func theReportIsOnePageAndTheCleanupAScript() throws {
    let repository = try Repository(["a.ova"])
    try repository.folder.write("x", to: "tree/b.ova.part")
    try repository.scan()
    let page = try repository.folder.write("of before", to: "out/audit.html")
    let result = try OVATool.run("report", "--db", repository.database, "-o", page, "--force")
    #expect(result.status == 0)
    #expect(try repository.folder.names("out") == ["audit.html"])
    #expect(
      try OVATool.run("report", "--db", repository.database).output
        == Array(Data(contentsOf: URL(fileURLWithPath: page))))
    let nowhere = try OVATool.run(
      "report", "--db", repository.database, "-o", repository.folder.path("none/audit.html"))
    #expect(nowhere.status == 4 && nowhere.errorText.contains("none/audit.html"))
    #expect(try String(contentsOfFile: page, encoding: .utf8).hasSuffix("</html>\n"))
    let script = try OVATool.run("report", "--db", repository.database, "--print-cleanup")
    #expect(script.text.contains("# rm -- '\(repository.tree)/b.ova.part'"))
  }

  @Test func allPackagesAreWrittenOnFurtherPagesBesideTheFile() throws {
    let repository = try Repository(["a.ova", "b.ova", "c.ova"])
    try repository.scan()
    let page = try repository.folder.write("of before", to: "out/my audit.html")
    let result = try OVATool.run(
      "report", "--db", repository.database, "-o", page, "--all-packages", "--packages", "1",
      "--force")
    #expect(result.status == 0)
    #expect(
      try repository.folder.names("out").sorted() == [
        "my audit-packages-2.html", "my audit-packages-3.html", "my audit.html",
      ])
    for name in try repository.folder.names("out") {
      let text = try String(
        contentsOfFile: repository.folder.path("out/\(name)"), encoding: .utf8)
      #expect(text.hasSuffix("</html>\n") && text.contains("Made by ova"))
    }
    #expect(
      try String(contentsOfFile: page, encoding: .utf8).contains(
        "href=\"my%20audit-packages-2.html#packages\""))
    for arguments in [[], ["-o", page, "--format", "json"], ["-o", page, "--packages", "0"]] {
      let refused = try run(
        OVATool.path, ["report", "--db", repository.database, "--all-packages"] + arguments)
      #expect(refused.status == 2 && refused.errorText.contains("--all-packages writes pages"))
    }
  }
}
