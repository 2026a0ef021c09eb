import ArgumentParser
import OVABasics
import OVACatalog

/// `ova catalog copy`: a catalog on another engine.
struct CatalogCopyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy",
    abstract: "Copies a catalog into a new one, from a file to a server or back.",
    discussion: """
      Everything is copied as it is at one instant: ids, times, tokens, requests and the history of \
      scans. The second catalog must hold nothing yet; it is made where it is not there. All of it \
      is there afterwards, or nothing.

      Examples:
        ova catalog copy catalog.sqlite postgresql://ova@db.example.org/catalog
      """)

  @Argument(help: ArgumentHelp("The catalog to read.", valueName: "from"), completion: .file())
  var source: DatabaseLocation

  @Argument(help: ArgumentHelp("The catalog to make.", valueName: "to"), completion: .file())
  var target: DatabaseLocation

  @OptionGroup var access: DatabaseAccessOptions

  func run() throws {
    Output.outlivesReader()
    try explainingErrors {
      let from = try access.open(source, readsOnly: true)
      defer { try? from.close() }
      let to = try access.open(target, creates: true)
      let images = try from.copy(to: to)
      try to.tune()
      try to.close()
      Output.standardOutput.line("\(counted(images, "image")) copied to \(target.shown)")
    }
  }
}
