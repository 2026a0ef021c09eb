internal import GRDB
import GRDBSQLite
import OVABasics

/// The engines' failures in the catalog's words.
enum StoreFailure {
  static func error(
    _ code: CatalogError.Code, _ doing: String, _ path: String, _ reason: String,
    fix: String? = nil
  ) -> CatalogError {
    CatalogError(code: code, doing: doing, reason: reason, place: Place(path), fix: fix)
  }

  /// Converts an error of a database operation.
  static func explained(_ error: any Error, doing: String, path: String) -> CatalogError {
    if let error = error as? CatalogError { return error }
    if error is CancellationError { return Self.error(.cancelled, doing, path, "cancelled") }
    if let error = error as? PostgreSQLFailure {
      return error.explained(doing: doing, place: path)
    }
    guard let error = error as? DatabaseError else {
      return Self.error(.database, doing, path, "\(error)")
    }
    let (code, fix): (CatalogError.Code, String?) =
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED:
        (.locked, "wait until the other process is done, or end it")
      case .SQLITE_FULL: (.full, "make room on the file system")
      case .SQLITE_CORRUPT, .SQLITE_NOTADB:
        (.corrupt, "restore a copy, or move the file away and scan again")
      case .SQLITE_CANTOPEN: (.missing, "check the path and the permissions of its folder")
      case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
        (.notWritable, "give the user who runs this write permission on file and folder")
      case .SQLITE_IOERR: (.inputOutput, nil)
      case .SQLITE_CONSTRAINT: (.conflict, nil)
      case .SQLITE_INTERRUPT: (.tooLong, "ask for less: fewer conditions, a shorter pattern")
      default: (.database, nil)
      }
    // The statement is left out: it tells a user nothing.
    return Self.error(code, doing, path, words(error), fix: fix)
  }

  /// Returns whether SQLite could not read a file, rather than write or lock one.
  static func isOfReading(_ error: DatabaseError) -> Bool {
    error.extendedResultCode == .SQLITE_IOERR_READ
      || error.extendedResultCode == .SQLITE_IOERR_SHORT_READ
      || error.extendedResultCode == .SQLITE_IOERR_CORRUPTFS
      || error.resultCode == .SQLITE_CORRUPT
  }

  /// SQLite's message; the one for the code where the message is of another connection, which had no
  /// error, as those of a failed backup are.
  private static func words(_ error: DatabaseError) -> String {
    let none = unsafe String(cString: sqlite3_errstr(SQLITE_OK))
    if let message = error.message, message != none { return message }
    return unsafe String(cString: sqlite3_errstr(error.resultCode.rawValue))
  }
}
