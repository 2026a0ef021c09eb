import ArgumentParser
import OVABasics
import OVAByteSource
import OVACatalog
import OVAIndexer
import SystemPackage

/// `ova catalog forget`: takes a repository out of a catalog.
struct CatalogForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Takes a folder out of a catalog; nothing on disk is touched.",
    discussion: """
      Without --yes it is only said what would happen. With it, scans pass over the folder, and its \
      packages leave the list. Their ids stay theirs: a later scan of the folder brings them back.

      Examples:
        ova catalog forget /srv/old --db catalog.sqlite
        ova catalog forget /srv/old --yes --db catalog.sqlite
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder or URL, or its datastore path: '[images] VmImages'.", valueName: "folder"),
    completion: .directory)
  var folder: PackageName

  @OptionGroup var database: DatabaseOptions

  @Flag(help: "Do it.")
  var yes = false

  func run() throws {
    Output.outlivesReader()
    try explainingErrors {
      let store = yes ? try database.open() : try database.openForReading()
      defer { try? store.close() }
      let row = try found(among: try store.read { try $0.repositoryRows() })
      let what = "\(row.mapping.name.forDisplay) (\(row.mapping.walkedFolder.forDisplay))"
      guard yes else {
        Output.standardOutput.line(
          "\(what) would be taken out, and \(counted(row.packages, "package")) would leave the "
            + "list; say --yes to do it")
        return
      }
      guard let lock = try store.lockForScan() else {
        throw IndexError(
          code: .busy, doing: "forget the folder", reason: "a scan works on this catalog",
          place: Place(database.path.text), fix: "wait until it is done")
      }
      let count = try withExtendedLifetime(lock) {
        try store.write { try $0.forget(repository: row.id, now: FileFacts.now / 1_000_000_000) }
      }
      Output.standardOutput.line(
        "\(what) is taken out, and \(counted(count, "package")) left the list")
    }
  }

  /// The one repository that is meant.
  private func found(among rows: [RepositoryRow]) throws -> RepositoryRow {
    let path = folder.absolute
    let real = folder.isRemote ? nil : path.realPath
    // By the path's bytes, or as lists show it.
    let byName = rows.filter {
      $0.mapping.name.utf8.elementsEqual(folder.text.utf8)
        || $0.mapping.name.utf8.elementsEqual(folder.text.fileSystemBytes)
    }
    let byFolder = rows.filter { row in
      let mapping = row.mapping
      if mapping.isRemote || folder.isRemote {
        let same = try? RepositoryMapping(
          dataStore: mapping.dataStore, root: path, isPublic: mapping.isPublic)
        return same.map { mapping.walkedFolder == $0.root } ?? false
      }
      let walked = mapping.walkedFolder.absolutePath
      return walked == path || real != nil && walked.realPath == real
    }
    let found = byName.isEmpty ? byFolder : byName
    if let row = found.first, found.count == 1 { return row }
    let names = (found.isEmpty ? rows : found).map(\.mapping.name.forDisplay).joined(
      separator: ", ")
    throw CatalogError(
      code: .invalidMapping, doing: "forget the folder",
      reason: found.isEmpty
        ? "it is not registered" : "\(found.count) repositories are this folder",
      place: Place(folder.text),
      fix: rows.isEmpty ? "nothing is registered" : "name one of \(names)")
  }
}
