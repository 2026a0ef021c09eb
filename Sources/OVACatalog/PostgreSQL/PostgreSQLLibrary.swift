import CPQ
import OVABasics

/// libpq, loaded when a catalog on PostgreSQL is first opened.
@safe final class PostgreSQLLibrary: Sendable {
  /// The library's functions: pointers to code, set before anybody else sees them and never changed.
  let functions: ova_pq

  private static let file = "libpq.so.5"

  /// The library of this process; nil where none is installed that has the functions.
  private static let loaded: PostgreSQLLibrary? = {
    var functions = ova_pq()
    return unsafe ova_pq_load(&functions, file) == 0 ? PostgreSQLLibrary(functions) : nil
  }()

  private init(_ functions: ova_pq) { self.functions = functions }

  /// The library.
  /// - Parameter place: the catalog that it is needed for.
  /// - Throws: `.missing` where it is not installed.
  static func shared(for place: String) throws(CatalogError) -> PostgreSQLLibrary {
    guard let loaded else {
      throw StoreFailure.error(
        .missing, "open the catalog", place,
        "libpq (\(file)), which talks to PostgreSQL, is not installed",
        fix: "install it: on Debian and Ubuntu 'apt-get install libpq5'")
    }
    return loaded
  }
}
