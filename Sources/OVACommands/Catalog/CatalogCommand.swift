import ArgumentParser

/// `ova catalog`: the records of an image service.
struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog", abstract: "Makes, keeps and shows catalog records of packages.",
    discussion: """
      Examples:
        ova catalog list --db catalog.sqlite
        ova help catalog export
      """,
    subcommands: [
      CatalogListCommand.self, CatalogShowCommand.self, CatalogExportCommand.self,
      CatalogImportCommand.self, CatalogDiffCommand.self, CatalogRepositoriesCommand.self,
      CatalogForgetCommand.self, CatalogMergeCommand.self, CatalogBackupCommand.self,
      CatalogRestoreCommand.self, CatalogCopyCommand.self,
    ])
}
