import ArgumentParser
import OVABasics
import OVACatalog
import SystemPackage

/// The value of `--db`: a file, or the URL of a database on a PostgreSQL server.
struct DatabaseLocation: ExpressibleByArgument {
  /// The text by which the catalog is opened.
  let location: String
  /// The name in messages: the file, or the URL without its password.
  let text: String

  init?(argument: String) {
    if let address = PostgreSQLAddress(argument) {
      location = argument
      text = address.shown
    } else {
      guard let path = FilePath(argument: argument) else { return nil }
      location = path.text
      text = path.text
    }
  }

  /// True if it is on a server.
  var isOnServer: Bool { PostgreSQLAddress(location) != nil }

  /// The location for a message: control characters are escaped, too.
  var shown: String { text.forDisplay }

  var defaultValueDescription: String { shown }
}
