import CPQ
import OVABasics

/// An error that PostgreSQL or libpq reported.
struct PostgreSQLFailure: Error, Hashable {
  /// The five characters that say what kind of error it is (PostgreSQL's documentation, appendix
  /// A); empty when libpq itself reports it.
  let state: String
  /// The server's words, or libpq's.
  let message: String
  /// True if the connection can no longer be used.
  let isLost: Bool

  /// Returns whether the state is of one of these classes, its first characters.
  func isOf(_ classes: String...) -> Bool {
    classes.contains { state.utf8.starts(with: $0.utf8) }
  }
}

extension PostgreSQLFailure {
  /// The failure in the catalog's words.
  func explained(doing: String, place: String) -> CatalogError {
    let (code, fix) = meaning
    let words = message.split(whereSeparator: \.isNewline).map { line in
      String(line.drop { $0 == " " || $0 == "\t" })
    }.joined(separator: "; ")
    return StoreFailure.error(code, doing, place, words, fix: fix)
  }

  private var meaning: (CatalogFailure, fix: String?) {
    switch state {
    case "": (.unreachable, "see that the server runs and that the URL names it")
    case "28P01", "28000":
      (.refused, "name the user in the URL and keep the password in ~/.pgpass or PGPASSWORD")
    case "3D000": (.missing, "create the database, or name another one in the URL")
    case "3F000": (.missing, "create the schema that the connection's search path names")
    case "42501": (.notWritable, "grant the user of the connection what it needs")
    case "25006": (.notWritable, "name a server that takes writes, not a standby")
    case "22021", "22P05": (.malformedRecord, "correct the text: PostgreSQL takes no NUL in it")
    case "53100": (.full, "make room on the server's disk")
    case "53300": (.unreachable, "wait, or allow the server more connections")
    case "55P03", "40001", "40P01":
      (.locked, "wait until the other process is done, or end it")
    case "57014": (.tooLong, "ask for less: fewer conditions, a shorter pattern")
    case _ where isOf("08", "57P"): (.unreachable, "wait until the server is back")
    case _ where isOf("23"): (.conflict, nil)
    case _ where isOf("58"): (.inputOutput, nil)
    case _ where isOf("XX"): (.corrupt, "look at the server's log, and restore a backup")
    default: (.database, nil)
    }
  }
}
