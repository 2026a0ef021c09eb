import ArgumentParser
import OVABasics
import OVACatalog
import SystemPackage

/// Options that say how paths below local folders are named.
struct MappingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The data store's name of the folders, as records show it.", valueName: "name"))
  var dataStore: String?

  @Option(
    help: ArgumentHelp(
      "The folder or URL that stands for the root of the data store; the folder itself if left out.",
      valueName: "folder"), completion: .directory)
  var root: PackageName?

  @Option(
    help: ArgumentHelp(
      "The folder below the root that labels are relative to; the root if left out.",
      valueName: "path"), transform: ProcessArguments.pathText)
  var labelBase = ""

  @Option(
    help: ArgumentHelp(
      "Leave out paths like this: '*.part', 'old/**'. May be repeated.",
      valueName: "pattern"), transform: ProcessArguments.pathText)
  var exclude: [String] = []

  /// The data store's name.
  /// - Throws: `ValidationError` without one.
  func demandDataStore() throws -> String {
    guard let dataStore else {
      throw ValidationError("Say with --data-store what the folders' data store is called.")
    }
    return dataStore
  }
}

/// Options that map local folders to datastore paths.
struct RepositoryOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Folders to walk.", valueName: "folder"), completion: .directory)
  var folders: [FilePath] = []

  @OptionGroup var mapping: MappingOptions

  @Flag(help: "Whether everybody sees the images, or one user.")
  var visibility: Visibility = .public

  enum Visibility: String, EnumerableFlag { case `public`, personal }

  /// Demands folders and what their data store is called.
  func demandFolders() throws {
    if folders.isEmpty { throw ValidationError("Name at least one folder.") }
    _ = try mapping.demandDataStore()
  }

  /// One mapping for each folder.
  func mappings() throws(CatalogError) -> [RepositoryMapping] {
    var mappings: [RepositoryMapping] = []
    for folder in folders {
      mappings.append(
        try RepositoryMapping(
          folder: folder.text, root: mapping.root?.text, dataStore: mapping.dataStore ?? "",
          labelBase: mapping.labelBase,
          isPublic: visibility == .public))
    }
    return mappings
  }
}

extension RepositoryMapping {
  /// The mapping of a folder as a command line names it.
  init(
    folder: String, root: String?, dataStore: String, labelBase: String, isPublic: Bool,
    owner: String? = nil
  ) throws(CatalogError) {
    let root = root ?? folder
    guard let below = Self.below(root, folder) else {
      throw CatalogError(
        code: .invalidMapping, doing: "map the repository",
        reason: "the folder is not below the root '\(root)'", place: Place(folder),
        fix: "give --root a folder above it")
    }
    try self.init(
      dataStore: dataStore, root: root, folder: below, labelBase: labelBase, isPublic: isPublic,
      owner: owner)
  }

  /// The path of `folder` below `root`, empty for the root itself; nil when it lies elsewhere.
  private static func below(_ root: String, _ folder: String) -> String? {
    let (a, b) = (parts(root), parts(folder))
    guard b.starts(with: a) else { return nil }
    return b.dropFirst(a.count).joined(separator: "/")
  }

  private static func parts(_ path: String) -> [String] {
    let names = path.split(separator: "/").map(String.init).filter { $0 != "." }
    return path.hasPrefix("/") ? ["/"] + names : names
  }
}
