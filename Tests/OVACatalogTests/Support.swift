import Foundation
import OVACatalog
import OVATestSupport

/// A folder of its own for a test, removed when the test releases it.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "ova-catalog-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path()
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }
}

func image(
  _ id: Int64, _ path: String, store: String = "ds", folder: String? = nil, isPublic: Bool = true,
  created: Int64 = 1000, updated: Int64 = 2000
) -> Record {
  Record(
    id: id, name: path.split(separator: "/").last.map(String.init) ?? path, dataStore: store,
    folder: folder, label: path, path: "[\(store)] \(path)", isPublic: isPublic,
    createdOn: created, updatedOn: updated)
}

func package(
  _ path: String, size: Int64 = 10, modified: Int64 = 1, inode: Int64 = 1,
  digest: String? = nil, created: Int64 = 1000, updated: Int64 = 2000
) -> PackageRow {
  let record = image(0, path, created: created, updated: updated)
  var facts = PackageFacts()
  facts.product = "Product"
  facts.virtualCPUs = 2
  facts.memory = 2 << 30
  facts.size = size
  facts.document = #"{"a":1}"#
  let file = FileRow(
    name: record.name, size: size, modified: modified, changed: modified, inode: inode,
    digests: digest.map { ["sha256": $0] } ?? [:])
  return PackageRow(
    record: record, facts: facts,
    files: [file, FileRow(name: "disk.vmdk", isMember: true, size: 5)],
    disks: [DiskRow(name: "vmdisk1", file: "disk.vmdk", capacity: 1 << 30, slot: "SCSI 0:0")],
    findings: [
      FindingRow(rule: "a-rule", severity: "warning", file: path, line: 3, message: "text")
    ], rulesVersion: 7)
}

/// All that a catalog's file holds, by table, as SQLite's own client shows it: the lines in order.
func contents(ofFile file: String) throws -> [String: [String]] {
  let tables = try run(
    "sqlite3",
    [
      file,
      """
      SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%trigrams%'
        AND name NOT LIKE 'sqlite%'
        AND name NOT IN ('catalogue', 'grdb_migrations')
      """,
    ]
  ).text.split(separator: "\n").map(String.init)
  // All in one process, with a line that no row has in front of each table's.
  let mark = "— table"
  let rows = try run(
    "sqlite3", [file] + tables.flatMap { [".print \"\(mark)\"", "SELECT * FROM \($0)"] })
  let parts = rows.text.split(separator: "\n")
    .split(separator: Substring(mark), omittingEmptySubsequences: false).dropFirst()
  return Dictionary(
    uniqueKeysWithValues: zip(tables, parts).map { ($0, $1.map(String.init).sorted()) })
}
