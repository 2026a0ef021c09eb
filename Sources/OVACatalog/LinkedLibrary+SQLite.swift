import GRDBSQLite
public import OVABasics

extension LinkedLibrary {
  /// The catalog's database engine.
  public static var sqlite: LinkedLibrary {
    LinkedLibrary(
      name: "SQLite", version: unsafe sqlite3_libversion().map { unsafe String(cString: $0) } ?? "")
  }
}
