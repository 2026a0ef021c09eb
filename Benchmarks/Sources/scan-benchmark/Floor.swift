import CSQLite
import CXML2
import Foundation
import Glibc

/// What the parts of a first scan cost at the least, one thread at work.
struct Floor {
  /// How far the packages are taken.
  enum Depth {
    /// The folders are walked and every file is looked at.
    case looking
    /// Header and descriptor are read as well: open, fstat, one or two preads, close.
    case reading
    /// libxml2 builds its tree of each descriptor as well.
    case parsing
  }

  /// Seconds for all packages below a folder.
  static func seconds(_ depth: Depth, in folder: String) throws -> Double {
    var floor = Walk(depth: depth)
    let time = ContinuousClock().measure { floor.walk(AT_FDCWD, folder) }
    return time.inSeconds
  }

  /// Seconds that SQLite takes to put the rows of a catalog into an empty one with the same
  /// tables, indexes and checks, one transaction for all and no program around it.
  static func copying(_ catalog: String, to copy: String) throws -> Double {
    var database: OpaquePointer?
    guard sqlite3_open(copy, &database) == SQLITE_OK else {
      throw Failure(reason: "no database at \(copy)")
    }
    defer { sqlite3_close(database) }
    func execute(_ sql: String) throws {
      guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else {
        throw Failure(reason: String(cString: sqlite3_errmsg(database)))
      }
    }
    try execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ATTACH '\(catalog)' AS source")
    for sql in try texts("SELECT sql FROM source.sqlite_schema WHERE sql IS NOT NULL AND type <> "
      + "'view' AND name NOT LIKE 'sqlite_%'", database)
    { try execute(sql) }
    let tables = try texts(
      "SELECT name FROM source.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
      database)
    var copies: [String] = []
    for table in tables {
      // Computed columns are no one's to insert.
      let columns = try texts("SELECT name FROM pragma_table_info('\(table)', 'source')", database)
        .joined(separator: ", ")
      copies.append(
        "INSERT OR REPLACE INTO main.\(table) (\(columns)) SELECT \(columns) FROM source.\(table)")
    }
    return try ContinuousClock().measure {
      try execute("BEGIN")
      for copy in copies { try execute(copy) }
      try execute("COMMIT")
    }.inSeconds
  }

  private static func texts(_ sql: String, _ database: OpaquePointer?) throws -> [String] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK else {
      throw Failure(reason: String(cString: sqlite3_errmsg(database)))
    }
    defer { sqlite3_finalize(statement) }
    var result: [String] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      if let text = sqlite3_column_text(statement, 0) { result.append(String(cString: text)) }
    }
    return result
  }
}

/// A walk in C's own terms.
private struct Walk {
  let depth: Floor.Depth
  private let buffer = UnsafeMutableRawPointer.allocate(byteCount: 1 << 20, alignment: 512)

  init(depth: Floor.Depth) { self.depth = depth }

  mutating func walk(_ parent: Int32, _ name: UnsafePointer<CChar>) {
    let descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0, let folder = fdopendir(descriptor) else { return }
    defer { closedir(folder) }
    var facts = stat()
    while let entry = readdir(folder) {
      let type = Int(entry.pointee.d_type)
      withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          if name[0] == 0x2E { return }
          if type == DT_DIR { return walk(descriptor, name) }
          guard fstatat(descriptor, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else { return }
          let length = strlen(name)
          guard depth != .looking, length > 4 else { return }
          if strcmp(name + length - 4, ".ova") == 0 {
            read(descriptor, name, isArchive: true)
          } else if strcmp(name + length - 4, ".ovf") == 0 {
            read(descriptor, name, isArchive: false)
          }
        }
      }
    }
  }

  private func read(_ folder: Int32, _ name: UnsafePointer<CChar>, isArchive: Bool) {
    let file = openat(folder, name, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0 else { return }
    var size = min(Int(facts.st_size), 1 << 20)
    var offset: off_t = 0
    if isArchive {
      guard pread(file, buffer, 512, 0) == 512 else { return }
      size = min(
        strtol((buffer + 124).assumingMemoryBound(to: CChar.self), nil, 8), 1 << 20)
      offset = 512
    }
    guard pread(file, buffer, size, offset) == size, depth == .parsing else { return }
    let options = Int32(XML_PARSE_NONET.rawValue)
    let text = buffer.assumingMemoryBound(to: CChar.self)
    xmlFreeDoc(xmlReadMemory(text, Int32(size), nil, nil, options))
  }
}
