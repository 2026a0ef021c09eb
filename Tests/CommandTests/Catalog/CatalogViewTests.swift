import Foundation
import OVATestSupport
import Testing

/// A catalog of two scans, as the tool `sqlite3` sees it.
private struct Catalog {
  let folder: TemporaryFolder
  let database: String

  init() throws {
    folder = try TemporaryFolder()
    database = folder.path("catalog.sqlite")
    for (name, sample) in [
      ("a.ova", "good/web.ova"), ("b/it's.ova", "good/web.ova"),
      ("c.ova", "broken/wrong-digest.ova"),
    ] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: OVATool.sample(sample)))
      try folder.write(Array(bytes), to: "tree/\(name)")
    }
    try folder.write("x", to: "tree/left.vmdk")
    let scan = ["scan", "--db", database, "--settle", "0"]
    try run(OVATool.path, scan + [folder.path("tree"), "--data-store", "ds"])
    try FileManager.default.removeItem(atPath: folder.path("tree/a.ova"))
    try folder.write("no archive", to: "tree/d.ova")
    try run(OVATool.path, scan)
  }

  func ask(_ sql: String, in other: String? = nil) throws -> [String] {
    let result = try run("sqlite3", ["-batch", other ?? database, sql])
    #expect(result.status == 0, "\(result.errorText)")
    return result.text.split(separator: "\n").map(String.init)
  }
}

/// Tests of a catalog's views as any SQLite tool sees them, by the tool `sqlite3`.
@Suite struct CatalogViewTests {
  @Test func everyViewAndColumnIsInTheDocumentAndNoOther() throws {
    let catalog = try Catalog()
    let text = try String(
      contentsOf: OVATool.project.appendingPathComponent("docs/scanning.md"), encoding: .utf8)
    var told: [String] = []
    for row in text.matches(of: /\| `(v_[a-z]+(?:_[a-z]+)*)` \|[^|]*\|([^|]*)\|/) {
      let columns = String(row.output.2).replacing(/\([^)]*\)/, with: "")
      told += columns.matches(of: /`([a-z0-9_]+)`/).map { "\(row.output.1).\($0.output.1)" }
    }
    let real = try catalog.ask(
      """
      SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c
      WHERE m.type = 'view'
      """)
    #expect(told.sorted() == real.sorted())
    #expect(told.count > 80)
  }

  @Test func theViewsTellWhatTheScansFound() throws {
    let catalog = try Catalog()
    #expect(
      try catalog.ask("SELECT path, state, errors FROM v_packages ORDER BY path") == [
        "[ds] b/it's.ova|whole|0", "[ds] c.ova|whole|1", "[ds] d.ova|broken|1",
      ])
    #expect(try catalog.ask("SELECT path FROM v_gone") == ["[ds] a.ova"])
    #expect(
      try catalog.ask("SELECT scan, path, change FROM v_changes WHERE scan = 2 ORDER BY path")
        == ["2|[ds] a.ova|gone", "2|[ds] d.ova|added"])
    #expect(
      try catalog.ask("SELECT id, added, gone, partial FROM v_scans") == ["1|3|0|0", "2|1|1|0"])
    #expect(try catalog.ask("SELECT scan, path FROM v_errors") == [])
    #expect(try catalog.ask("SELECT path, kind FROM v_strays") == ["left.vmdk|file"])
    #expect(
      try catalog.ask(
        "SELECT path, rule FROM v_findings WHERE severity = 'error' ORDER BY path") == [
          "[ds] c.ova|manifest-digest-mismatch", "[ds] d.ova|archive-not-tar",
        ])
    #expect(
      try catalog.ask("SELECT product, virtual_cpus, memory_mib, disks FROM v_hardware LIMIT 1")
        == [
          "Web server|2|2048|1"
        ])
    #expect(try catalog.ask("SELECT copies FROM v_duplicates").contains("2"))
  }

  @Test func exportedStatementsBringTheSameRecordsIntoAnotherDatabase() throws {
    let catalog = try Catalog()
    let export = try OVATool.run("catalog", "export", "--db", catalog.database, "--format", "sql")
    let other = catalog.folder.path("other.sqlite")
    let columns = "created_on, data_store, folder, id, label, name, path, public, updated_on"
    let script = "CREATE TABLE images (\(columns));\n" + export.text
    #expect(try run("sqlite3", [other], input: Array(script.utf8)).status == 0)
    let query = """
      SELECT id, name, data_store, coalesce(folder, ''), label, path, public,
        datetime(created_on), datetime(updated_on)
      FROM %@ ORDER BY id
      """
    let there = try catalog.ask(query.replacing("%@", with: "images"), in: other)
    #expect(there.count == 3)
    #expect(there == (try catalog.ask(query.replacing("%@", with: "v_images"))))
  }
}
