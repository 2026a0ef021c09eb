import ArgumentParser
import OVABasics
import OVACatalog
import SystemPackage

/// `ova catalog backup`: a copy of a catalog while it is in use.
struct CatalogBackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copies a catalog into one file, while scans and servers go on.",
    discussion: """
      The copy is of one instant, and complete: ids, times, tokens, requests and the history of \
      scans. It is checked before it gets its name. Put it back with `ova catalog restore`. A copy \
      made with cp or rsync while somebody writes may be damaged.

      Examples:
        ova catalog backup backup.sqlite --db catalog.sqlite
      """)

  @Argument(help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file())
  var file: FilePath

  @OptionGroup var database: DatabaseOptions

  @Flag(help: "Replace the file when it is there.")
  var force = false

  func run() throws {
    Output.outlivesReader()
    try explainingErrors {
      let store = try database.openForReading()
      defer { try? store.close() }
      let images = try backUp(store)
      Output.standardOutput.line("\(counted(images, "image")) backed up to \(file.shown)")
    }
  }
}

extension CatalogBackupCommand {
  /// A file that cannot be written is reported as that, not as a catalog that cannot be read.
  private func backUp(_ store: CatalogStore) throws -> Int {
    do throws(CatalogError) {
      return try store.backUp(to: file.text, replaces: force)
    } catch {
      switch error.code {
      // Of the catalog itself, not of the copy.
      case _ where error.place.file.utf8.elementsEqual(database.path.text.utf8): throw error
      case .full, .notWritable, .inputOutput, .missing:
        Output.standardError.error(error)
        throw ExitStatus.unwritten
      default: throw error
      }
    }
  }
}

/// `ova catalog restore`: puts a backup in place of a catalog.
struct CatalogRestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Puts a backup in place of a catalog, or makes a catalog of it.",
    discussion: """
      The backup is checked first, and brought up to date when an older version made it. What the \
      catalog holds now is replaced as a whole or not at all; with a catalog there, --yes is \
      needed. Servers that have it open go on with what was restored. Scan afterwards: what became \
      of packages since the backup is found then.

      Examples:
        ova catalog restore backup.sqlite --db catalog.sqlite --yes
      """)

  @Argument(help: ArgumentHelp("The backup.", valueName: "file"), completion: .file())
  var file: FilePath

  @OptionGroup var database: DatabaseOptions

  @Flag(help: "Replace what the catalog holds now.")
  var yes = false

  func run() throws {
    Output.outlivesReader()
    try explainingErrors {
      var options = CatalogStore.Options()
      options.creates = false
      options.readsOnly = true
      options.leavesFileAlone = true
      let backup = try CatalogStore(path: file.text, options: options)
      defer { try? backup.close() }
      try backup.verify()
      if !yes, let held = try imagesHeld(), held > 0 {
        let new = try backup.read { try $0.total(of: ImageQuery(scope: .all)) }
        Output.standardError.line(
          "ova: \(database.path.shown): it holds \(counted(held, "image")), which would be replaced "
            + "by \(counted(new, "image")); say --yes to do it")
        throw ExitStatus.wrongUse
      }
      let store = try database.open(creates: true)
      let images = try store.restore(from: backup)
      try store.close()
      Output.standardOutput.line("\(counted(images, "image")) restored from \(file.shown)")
    }
  }

  /// The number of images the catalog holds; nil when there is none, or nothing can be read of it.
  private func imagesHeld() throws -> Int? {
    do throws(CatalogError) {
      let store = try database.openForReading()
      defer { try? store.close() }
      return try store.read { try $0.total(of: ImageQuery(scope: .all)) }
    } catch {
      if error.code == .missing { return nil }
      throw error
    }
  }
}
