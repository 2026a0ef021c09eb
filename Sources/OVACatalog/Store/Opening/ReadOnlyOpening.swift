import FoundationEssentials
internal import GRDB
import OVABasics
import OVAByteSource
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Opens a database for who may read it and not write: neither the file nor its folder.
///
/// SQLite reads a database with a write-ahead log only where the log's files are there or may be
/// made. Where they are not, and where the tables are an older version's, a copy is read that
/// nobody else sees.
enum ReadOnlyOpening {
  /// Returns whether the database is to be opened so.
  static func isNeeded(_ path: String, folder: String) -> Bool {
    unsafe path.withFileSystemPath { unsafe access($0, W_OK) } != 0
      || folder.withFileSystemPath { unsafe access($0, W_OK | X_OK) } != 0
  }

  /// The number of attempts to copy while another process writes.
  private static let attempts = 20

  /// The database as it is, for reading alone.
  static func open(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
    guard unsafe path.withFileSystemPath({ unsafe access($0, R_OK) }) == 0 else {
      throw StoreFailure.error(
        .missing, "open the catalog", path, unsafe String(cString: strerror(errno)),
        fix: "give the user who runs this read permission")
    }
    if let queue = try? inPlace(path, configuration) { return queue }
    return try copy(path, configuration)
  }

  private static func inPlace(
    _ path: String, _ configuration: Configuration
  ) throws -> DatabaseQueue? {
    var configuration = configuration
    configuration.readonly = true
    let queue = try DatabaseQueue(path: DatabaseName.of(path), configuration: configuration)
    let isCurrent = try queue.read { db in
      try Schema.migrator.hasCompletedMigrations(db)
        || Schema.migrator.hasBeenSuperseded(db)
    }
    return isCurrent ? queue : nil
  }

  private static func copy(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
    let folder = FileManager.default.temporaryDirectory.path + "/ova-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // An open file needs no name.
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let name = "\(folder)/catalog.sqlite"
    guard try copyUnchanged(path, to: name) else {
      throw StoreFailure.error(
        .locked, "open the catalog", path, "somebody writes it without a pause",
        fix: "wait until that is done, or run this as a user who may write its folder")
    }
    let queue = try DatabaseQueue(path: name, configuration: configuration)
    try queue.inDatabase { db in
      _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
    }
    let isNewer = try queue.read { db in try Schema.migrator.hasBeenSuperseded(db) }
    if !isNewer { try Schema.migrator.migrate(queue) }
    return queue
  }

  /// Copies the file and its log; false when they were written to meanwhile, each time.
  private static func copyUnchanged(_ path: String, to copy: String) throws -> Bool {
    for attempt in 0..<attempts {
      if attempt > 0 { usleep(50_000) }
      let before = [state(path), state(path + "-wal")]
      for suffix in ["", "-wal"] {
        try? FileManager.default.removeItem(atPath: copy + suffix)
        if state(path + suffix) != nil {
          try copyBytes(path + suffix, to: copy + suffix)
        }
      }
      if before == [state(path), state(path + "-wal")] { return true }
    }
    return false
  }

  private static func copyBytes(_ path: String, to copy: String) throws {
    let source = try FileDescriptor.open(FilePath(text: path), .readOnly, options: .closeOnExec)
    try source.closeAfter {
      let target = try FileDescriptor.open(
        FilePath(copy), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: .ownerReadWrite)
      try target.closeAfter {
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
          let count = try unsafe piece.withUnsafeMutableBytes { try unsafe source.read(into: $0) }
          guard count > 0 else { return }
          _ = try unsafe piece.withUnsafeBytes { bytes in
            try unsafe target.writeAll(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
          }
        }
      }
    }
  }

  private struct State: Hashable {
    let inode: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int
  }

  private static func state(_ path: String) -> State? {
    var facts = stat()
    guard unsafe path.withFileSystemPath({ unsafe stat($0, &facts) }) == 0 else { return nil }
    return State(
      inode: UInt(facts.st_ino), size: Int(facts.st_size), seconds: facts.st_mtim.tv_sec,
      nanoseconds: facts.st_mtim.tv_nsec)
  }
}
