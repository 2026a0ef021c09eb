import FoundationEssentials
internal import GRDB
public import OVABasics
import OVAByteSource

#if canImport(Glibc)
  import Glibc
#endif

extension CatalogStore {
  /// Copies the catalog, as it is at one instant, into a file. It is checked and on the disk
  /// before it gets its name.
  /// - Parameter replaces: whether a file of that name is replaced; else it is an error.
  /// - Returns: how many images the copy lists.
  @discardableResult
  public func backUp(to file: String, replaces: Bool = false) throws(CatalogError) -> Int {
    let doing = "back up the catalog"
    let database = try keptFile(to: doing).database
    try Self.refuseExisting(file, replaces: replaces, doing)
    guard FileIdentity(file) != FileIdentity(path) || FileIdentity(file) == nil else {
      throw StoreFailure.error(.conflict, doing, file, "it is the catalog itself")
    }
    // A name may have 255 bytes, so that of the copy is its own.
    let folder = PathText.split(file).folder.map { "\($0)/" } ?? ""
    let copy = "\(folder).ova-backup-\(UUID().uuidString).tmp"
    defer {
      for suffix in ["", "-wal", "-shm", "-journal"] {
        _ = unsafe (copy + suffix).withFileSystemPath { unsafe unlink($0) }
      }
    }
    do {
      // Only the owner may read a table of secrets.
      let descriptor = uninterrupted {
        unsafe copy.withFileSystemPath {
          unsafe open($0, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        }
      }
      guard descriptor >= 0 else { throw Self.writing(file, doing) }
      Glibc.close(descriptor)
      let queue = try DatabaseQueue(path: DatabaseName.of(copy))
      do {
        try database.backup(to: queue)
      } catch let error as DatabaseError where StoreFailure.isOfReading(error) {
        // The copy is written only: what could not be read is the catalog.
        throw StoreFailure.explained(error, doing: doing, path: path)
      }
      let (complaints, images) = try queue.inDatabase { db in
        // One file, without a log beside it.
        _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
        return (
          try String.fetchAll(db, sql: "PRAGMA integrity_check"),
          try Int.fetchOne(db, sql: "SELECT count(*) FROM images WHERE gone_at IS NULL") ?? 0
        )
      }
      try queue.close()
      guard complaints == ["ok"] else {
        throw StoreFailure.error(.corrupt, doing, path, complaints.joined(separator: "; "))
      }
      try Self.synchronize(copy, file, doing)
      try Self.move(copy, to: file, replaces: replaces, doing)
      return images
    } catch {
      throw StoreFailure.explained(error, doing: doing, path: file)
    }
  }

  /// The file of the catalog; a server's is backed up by the server's own tools.
  private func keptFile(to doing: String) throws(CatalogError) -> SQLiteCatalog {
    switch keeper {
    case .file(let file): return file
    case .server:
      throw StoreFailure.error(
        .conflict, doing, path, "it is on a PostgreSQL server",
        fix: "use pg_dump and pg_restore")
    }
  }

  /// Refuses a path where something is that is not to be replaced: anything but an ordinary file,
  /// and that too unless it was asked for.
  private static func refuseExisting(
    _ file: String, replaces: Bool, _ doing: String
  ) throws(CatalogError) {
    var status = stat()
    guard unsafe file.withFileSystemPath({ unsafe lstat($0, &status) }) == 0 else { return }
    let isFile = status.st_mode & S_IFMT == S_IFREG
    guard replaces, isFile else {
      throw StoreFailure.error(
        .conflict, doing, file,
        isFile ? "there is such a file already" : "there is something that is no ordinary file",
        fix: isFile ? "name another one, or say --force to replace it" : "name another one")
    }
  }

  /// Gives the copy its name. A link never replaces, as a renaming would; not every file system has
  /// links.
  private static func move(
    _ copy: String, to file: String, replaces: Bool, _ doing: String
  ) throws {
    if !replaces {
      let linked = unsafe copy.withFileSystemPath { copy in
        unsafe file.withFileSystemPath { unsafe link(copy, $0) }
      }
      if linked == 0 { return }
      if errno == EEXIST { return try refuseExisting(file, replaces: false, doing) }
      guard errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK else {
        throw writing(file, doing)
      }
    }
    let renamed = unsafe copy.withFileSystemPath { copy in
      unsafe file.withFileSystemPath { unsafe rename(copy, $0) }
    }
    guard renamed == 0 else { throw writing(file, doing) }
  }

  private static func synchronize(_ copy: String, _ file: String, _ doing: String) throws {
    let descriptor = uninterrupted {
      unsafe copy.withFileSystemPath { unsafe open($0, O_RDONLY | O_CLOEXEC) }
    }
    guard descriptor >= 0 else { throw writing(file, doing) }
    defer { Glibc.close(descriptor) }
    guard uninterrupted({ fsync(descriptor) }) == 0 else { throw writing(file, doing) }
  }

  private static func writing(_ file: String, _ doing: String) -> CatalogError {
    let number = errno
    return StoreFailure.error(
      number == ENOSPC || number == EDQUOT ? .full : .notWritable, doing, file,
      unsafe String(cString: strerror(number)))
  }

  /// Puts a backup in place of all that the catalog holds; as a whole or not at all. Whoever has
  /// the catalog open goes on with what was restored.
  /// - Returns: how many images the catalog lists now.
  @discardableResult
  public func restore(from backup: CatalogStore) throws(CatalogError) -> Int {
    let doing = "restore the catalog"
    let (database, copy) = (
      try keptFile(to: doing).database, try backup.keptFile(to: doing).database
    )
    guard let lock = try lockForScan() else {
      throw StoreFailure.error(
        .locked, doing, path, "a scan works on it", fix: "wait until it is done")
    }
    do {
      return try withExtendedLifetime(lock) {
        let before = try read { try $0.generation() }
        try copy.backup(to: database)
        return try write { writer in
          // Lists that are kept by their generation are others now.
          try writer.db.execute(
            sql: "UPDATE catalogue SET generation = max(generation, ?) + 1", arguments: [before])
          return try Int.fetchOne(
            writer.db, sql: "SELECT count(*) FROM images WHERE gone_at IS NULL") ?? 0
        }
      }
    } catch {
      throw StoreFailure.explained(error, doing: doing, path: path)
    }
  }
}
