import Foundation
import OVABasics
import OVACatalog
import OVAConcurrency
import OVAIndexer
import OVATestSupport
import Synchronization
import Testing

/// SQLite itself that refuses a row in the middle of a store: of each table, the first and a later
/// one, when it is added, changed and removed.
struct TableFaultTests {
  /// Holds a catalog's lock from the given store of a scan on.
  private final class Hold: Sendable {
    private let number: Int
    private let holder: CatalogStore
    private let group = WorkGroup(on: WorkPool(name: "holding", threads: 1))
    private let asked = Mutex(0)
    private let begun = CancelFlag()
    private let end = CancelFlag()

    init(at number: Int, of holder: CatalogStore) {
      self.number = number
      self.holder = holder
    }

    var hasStruck: Bool { begun.isCancelled }

    func store() throws {
      let number = asked.withLock { asked in
        asked += 1
        return asked
      }
      guard number == self.number else { return }
      group.add { [holder, begun, end] in
        try? holder.write { _ in
          begun.cancel()
          _ = end.wait(for: .seconds(60))
        }
      }
      _ = begun.wait(for: .seconds(60))
    }

    func release() {
      end.cancel()
      group.wait()
    }
  }

  private static let operations = ["INSERT", "UPDATE", "DELETE"]

  /// Runs SQL on the database as another program does; a row of output a line.
  private func sql(_ text: String, on path: String) throws -> [String] {
    let script = """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], isolation_level=None)
      for statement in sys.argv[2].split(';;'):
          for row in db.execute(statement): print(*row)
      """
    let result = try run("python3", ["-c", script, path, text])
    try #require(result.status == 0, "\(result.errorText)")
    return result.text.split(separator: "\n").map(String.init)
  }

  /// Has a database count the rows that are added to, changed in or removed from each of its tables.
  /// - Returns: The tables.
  private func countRows(_ operation: String, in path: String) throws -> [String] {
    // Tables in which FTS5 keeps an index are its own: SQLite crashes where a trigger is put on them.
    let tables = try sql(
      """
      SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' \
      AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%' AND name NOT GLOB '*_trigrams_*' \
      ORDER BY name
      """, on: path)
    let counters = tables.map { table in
      """
      INSERT INTO counts VALUES ('\(table)', 0);;
      CREATE TRIGGER "count \(table)" AFTER \(operation) ON "\(table)" BEGIN
        UPDATE counts SET n = n + 1 WHERE name = '\(table)';
      END
      """
    }
    _ = try sql((["CREATE TABLE counts (name, n)"] + counters).joined(separator: ";;"), on: path)
    return tables
  }

  /// Ends the counting.
  /// - Returns: The tables in which at least so many rows were counted.
  private func countedTables(
    _ tables: [String], atLeast row: Int, in path: String
  ) throws -> [String] {
    let drops = tables.map { "DROP TRIGGER \"count \($0)\"" } + ["DROP TABLE counts"]
    return try sql(
      (["SELECT name FROM counts WHERE n >= \(row) ORDER BY name"] + drops)
        .joined(separator: ";;"), on: path)
  }

  private func makeTree() throws -> Tree {
    let tree = try Tree()
    for number in [0, 1, 2, 6, 7, 12, 18, 20] {
      try tree.addArchive("f\(number / 6)/p\(number).ova")
    }
    try tree.addFolder("folder")
    try tree.write([1], to: "g/stray.vmdk")
    return tree
  }

  /// Changes of every kind, for a second scan to store.
  private func change(_ tree: Tree) throws {
    try tree.remove("f0/p1.ova")
    try tree.move("f0/p2.ova", to: "moved/p2.ova")
    try tree.addArchive("f1/p7.ova", machine: "other")
    try tree.addArchive("new/p99.ova")
    try tree.remove("g/stray.vmdk")
    try tree.write([0x4B, 2, 3], to: "f3/p20.ova")
    try tree.remove("f2")
  }

  @Test(arguments: operations, [1, 5])
  func aRowThatCannotBeWrittenEndsTheScanInItsErrorAndTheNextGoesOn(
    operation: String, row: Int
  ) throws {
    let tree = try makeTree()
    try tree.store.close()
    let first = try CatalogStore(path: tree.folder.path("first.sqlite"))
    try tree.scan(into: first) { $0.targets = ["proxmox"] }
    try first.close()
    try change(tree)
    let firstBytes = try tree.folder.read("first.sqlite")
    let expected = tree.folder.path("expected.sqlite")
    try tree.folder.write(firstBytes, to: "expected.sqlite")
    let tables = try countRows(operation, in: expected)
    #expect(tables.count > 8)
    let undisturbed = try CatalogStore(path: expected)
    func judge(_ options: inout ScanOptions) { options.targets = ["proxmox", "virtualbox"] }
    try tree.scan(into: undisturbed, judge)
    try undisturbed.close()
    // Where fewer rows are written nothing would strike.
    let written = try countedTables(tables, atLeast: row, in: expected)
    let whole = try CatalogStore(path: expected)
    let content = try whole.wholeContent()
    try whole.close()
    var struck: [String] = []
    for table in written {
      let name = "\(table).sqlite"
      let path = try tree.folder.write(firstBytes, to: name)
      _ = try sql(
        """
        CREATE TABLE fault_count (n);;INSERT INTO fault_count VALUES (0);;
        CREATE TRIGGER fault BEFORE \(operation) ON "\(table)" BEGIN
          UPDATE fault_count SET n = n + 1;
          SELECT RAISE(ABORT, 'this row cannot be written') FROM fault_count WHERE n = \(row);
        END
        """, on: path)
      let store = try CatalogStore(path: path)
      let result = Result {
        try tree.scan(into: store) {
          $0.workers = 4
          judge(&$0)
        }
      }
      if case .failure(let error) = result {
        struck.append(table)
        let error = try #require(error as? CatalogError, "\(table)")
        #expect(error.reason == "this row cannot be written", "\(table)")
      }
      try store.close()
      _ = try sql("DROP TRIGGER fault;;DROP TABLE fault_count", on: path)
      let mended = try CatalogStore(path: path)
      try mended.verify()
      #expect(try !tree.scan(into: mended, judge).isPartial, "\(table)")
      #expect(try mended.wholeContent() == content, "\(table)")
      try mended.close()
      try FileManager.default.removeItem(atPath: path)
    }
    // Not all tables are written so by a scan, but the main ones are.
    #expect(row > 1 || struck.contains(operation == "UPDATE" ? "images" : "files"), "\(struck)")
    #expect(!struck.isEmpty)
  }

  @Test func aDatabaseThatAnotherHoldsForTooLongEndsTheScanInThatError() throws {
    let tree = try makeTree()
    let holder = try CatalogStore(path: tree.database)
    var options = CatalogStore.Options()
    options.patience = 0.05
    for failing in 1... {
      let store = try CatalogStore(path: tree.database, options: options)
      let hold = Hold(at: failing, of: holder)
      let result = Result { try tree.scan(into: store) { $0.willStore = hold.store } }
      hold.release()
      guard hold.hasStruck else {
        #expect(try !result.get().isPartial)
        break
      }
      let error = #expect(throws: CatalogError.self) { try result.get() }
      #expect(error?.code == .locked)
      try store.close()
    }
    let fresh = try CatalogStore(path: TestDatabase.location(tree.folder.path("fresh.sqlite")))
    try tree.scan(into: fresh)
    #expect(try holder.wholeContent() == fresh.wholeContent())
  }
}
