import Foundation
import OVACatalog
import OVAIndexer
import OVARules
import OVATestSupport
import Synchronization

/// A repository of a test's own, with a catalog beside it.
final class Tree {
  let folder: TemporaryFolder
  let database: String
  let store: CatalogStore

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("tree"), withIntermediateDirectories: true)
    database = try TestDatabase.location(folder.path("catalog.sqlite"))
    store = try CatalogStore(path: database)
  }

  var root: String { folder.path("tree") }

  func path(_ name: String) -> String { "\(root)/\(name)" }

  func mapping() throws -> RepositoryMapping {
    try RepositoryMapping(dataStore: "ds", root: root, isPublic: true)
  }

  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try folder.write(bytes, to: "tree/\(name)")
  }

  /// Writes an archive of a sound package.
  func addArchive(
    _ name: String, machine: String = "web", product: String? = nil
  ) throws {
    try write(try Sample.archive(machine: machine, product: product), to: name)
  }

  /// Writes a sound package as files in a folder.
  func addFolder(_ name: String, machine: String = "web", disksIn folder: String = "") throws {
    for (file, bytes) in try Sample.files(machine: machine) {
      if file.hasSuffix(".ovf") {
        let text = String(decoding: bytes, as: UTF8.self)
        try write(
          Array(text.replacing("href=\"web", with: "href=\"\(folder)web").utf8),
          to: "\(name)/\(file)")
      } else {
        try write(bytes, to: "\(name)/\(folder)\(file)")
      }
    }
  }

  /// Writes a package whose disk lies in two chunks, the second of so many bytes.
  func addChunks(_ name: String, machine: String, bytes count: Int) throws {
    try? remove("\(name)/web-disk1.vmdk")
    for (file, bytes) in try Sample.files(machine: machine) {
      guard file.hasSuffix(".ovf") else {
        let first = Array(bytes.prefix(bytes.count / 2))
        try write(first, to: "\(name)/\(file).000000000")
        try write([UInt8](repeating: 5, count: count), to: "\(name)/\(file).000000001")
        continue
      }
      let text = String(decoding: bytes, as: UTF8.self)
      try write(
        Array(
          text.replacing("ovf:href=\"web", with: "ovf:chunkSize=\"70000\" ovf:href=\"web").utf8),
        to: "\(name)/\(file)")
    }
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

  func move(_ name: String, to new: String) throws {
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: path(new)).deletingLastPathComponent(),
      withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: path(name), toPath: path(new))
  }

  /// Scans as if all files had been written long ago.
  @discardableResult
  func scan(
    into store: CatalogStore? = nil, _ change: (inout ScanOptions) -> Void = { _ in }
  ) throws -> ScanSummary {
    var options = ScanOptions()
    options.settle = 0
    options.workers = 2
    change(&options)
    return try RepositoryScan(
      store: store ?? self.store, mappings: [try mapping()], options: options
    ).run()
  }

  /// All that the catalog keeps of a package.
  func package(_ name: String) throws -> PackageRow? {
    try store.read { reader in
      guard let image = try reader.image(dataStore: "ds", path: "[ds] \(name)"), !image.isGone
      else { return nil }
      return try reader.package(id: image.id, scope: .all)
    }
  }

  func id(_ name: String) throws -> Int64? {
    try store.read { try $0.image(dataStore: "ds", path: "[ds] \(name)")?.id }
  }

  /// Takes the tables back to those before folders were kept.
  func makeOlder() throws {
    let result = try run(
      "python3",
      [
        "-c",
        """
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1], isolation_level=None)
        if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'folders'").fetchall():
            for sql in sys.argv[2].split(';'):
                db.execute(sql)
        """, database,
        """
        BEGIN; DROP VIEW v_strays; DROP TABLE strays; DROP TABLE folders; DROP INDEX files_below;
        DROP INDEX digests_age; CREATE TABLE strays (repository, path, scan);
        CREATE VIEW v_strays AS SELECT * FROM strays;
        DELETE FROM grdb_migrations WHERE identifier = '4-folders'; COMMIT
        """,
      ])
    if result.status != 0 { throw CocoaError(.fileWriteUnknown) }
  }

  func unownedFiles() throws -> [UnownedFileRow] {
    var unownedFiles: [UnownedFileRow] = []
    try store.read { reader in
      for (id, _) in try reader.repositories() {
        try reader.forEachUnownedFile(repository: id) { unownedFiles.append($0) }
      }
    }
    return unownedFiles
  }
}

/// Sound packages that differ in the machine's name.
enum Sample {
  private static let sound = Mutex<[(String, [UInt8])]>([])

  static func files(machine: String, product: String? = nil) throws -> [(String, [UInt8])] {
    let files = try sound.withLock { sound in
      if sound.isEmpty {
        let folder = try TemporaryFolder()
        _ = try ExamplePackage(Example.sound()).write(.folder, to: folder)
        sound = try ["web.ovf", "web-disk1.vmdk"].map { ($0, try folder.read($0)) }
      }
      return sound
    }
    return files.map { name, bytes in
      guard name == "web.ovf" else { return (name, bytes) }
      let text = String(decoding: bytes, as: UTF8.self)
      var named = text.replacing("<Name>web</Name>", with: "<Name>\(machine)</Name>")
      if let product {
        named = named.replacing(
          /<Product>[^<]*<\/Product>/, with: "<Product>\(product)</Product>")
      }
      return (name, Array(named.utf8))
    }
  }

  static func archive(machine: String, product: String? = nil) throws -> [UInt8] {
    var builder = TarBuilder()
    for (name, bytes) in try files(machine: machine, product: product) {
      builder.add(TarBuilder.Header(name, size: bytes.count), bytes)
    }
    builder.end()
    return builder.bytes
  }
}

/// The command beside the tests.
enum ScanTool {
  static let path = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("ova").path
}
