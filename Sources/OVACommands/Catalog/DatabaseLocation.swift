import ArgumentParser
import OVABasics
import OVACatalog
import SystemPackage

/// What `--db` names: a file, or a database on a PostgreSQL server by its URL.
struct DatabaseLocation: ExpressibleByArgument {
  /// What the catalog is opened by.
  let location: String
  /// What messages say: the file, or the URL without its password.
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

  /// For a message: control characters are escaped, too.
  var shown: String { text.forDisplay }

  var defaultValueDescription: String { shown }
}
