internal import GRDB
import OVABasics

/// SQLite's failures in the catalog's words.
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
    return Self.error(
      code, doing, path, error.message ?? "SQLite error \(error.resultCode.rawValue)", fix: fix)
  }
}

extension SQLPiece {
  /// The values as GRDB binds them.
  var statementArguments: StatementArguments {
    StatementArguments(
      arguments.map { value in
        switch value {
        case .null: DatabaseValue.null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
      })
  }
}
