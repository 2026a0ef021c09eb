import GRDBSQLite
import OVABasics
import SystemPackage

/// The name by which SQLite is asked for a database file.
enum DatabaseName {
  /// The name of the file at a path, whatever bytes the path is of.
  ///
  /// SQLite gets names as UTF-8; other bytes only a URI can tell. A path that looks like a URI, or
  /// like one of the names that mean no file, is distinguished from it by its folder.
  static func of(_ path: String) throws -> String {
    let bytes = FilePath(text: path).bytes
    if let name = String(validating: bytes, as: UTF8.self) {
      return name.utf8.starts(with: "file:".utf8) || name.utf8.first == UInt8(ascii: ":")
        ? "./\(name)" : name
    }
    guard unsafe sqlite3_compileoption_used("USE_URI") != 0 else {
      throw StoreFailure.error(
        .notWritable, "open the catalog", path,
        "its name is not UTF-8, and SQLite on this machine takes no other",
        fix: "rename it")
    }
    return "file:" + PercentCoding.encoded(bytes) { $0.isUnreserved || $0 == UInt8(ascii: "/") }
  }
}
