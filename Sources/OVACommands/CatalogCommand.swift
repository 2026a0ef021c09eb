import ArgumentParser

/// `ova catalog`: the records of an image service.
struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog", abstract: "Makes and shows catalogue records of packages.",
    subcommands: [CatalogExportCommand.self])
}
