import Foundation
import OVATestSupport
import Testing

/// A folder of samples and a catalogue beside it.
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

  @Test func whatCannotBeReadMakesTheScanPartial() throws {
    let repository = try Repository(["a.ova"])
    try repository.folder.write("no archive", to: "tree/bad.ova")
    let result = try repository.scan()
    #expect(result.status == 3)
    #expect(result.errorText.contains("[ds] bad.ova"))
    #expect(result.text.contains("partial"))
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
    #expect(try repository.catalog("diff").text == "gone  [ds] a.ova\n1 changes\n")
    #expect(try repository.catalog("diff", "0").text == "added  [ds] b.ova\n1 changes\n")
  }

  @Test func diffOfTwoPackagesTellsHardwareDisksFilesAndProperties() throws {
    let same = try OVATool.run(
      "diff", OVATool.sample("good/web.ova"), OVATool.sample("good/web.ova"))
    #expect(same.status == 0 && same.text == "no differences\n")
    let other = try OVATool.run(
      "diff", OVATool.sample("good/web.ova"), OVATool.sample("good/database/database.ovf"))
    #expect(other.status == 1)
    for word in ["hardware", "disk", "file"] { #expect(other.text.contains(" \(word) ")) }
  }

  @Test func theReportIsOnePageAndTheCleanupAScript() throws {
    let repository = try Repository(["a.ova"])
    try repository.folder.write("x", to: "tree/b.ova.part")
    try repository.scan()
    let page = repository.folder.path("audit.html")
    let result = try OVATool.run("report", "--db", repository.database, "-o", page)
    #expect(result.status == 0)
    #expect(try String(contentsOfFile: page, encoding: .utf8).hasSuffix("</html>"))
    let script = try OVATool.run("report", "--db", repository.database, "--print-cleanup")
    #expect(script.text.contains("# rm -- '\(repository.tree)/b.ova.part'"))
  }
}
