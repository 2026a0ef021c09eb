import ArgumentParser
import OVABasics
import OVACatalog

/// How local folders are named in the catalogue.
struct RepositoryOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Folders to walk.", valueName: "folder"), completion: .directory)
  var folders: [String]

  @Option(help: "The data store's name, as records show it.")
  var dataStore: String

  @Option(
    help: ArgumentHelp(
      "The local folder that stands for the root of the data store; the folder itself if left out.",
      valueName: "folder"), completion: .directory)
  var root: String?

  @Option(
    help: ArgumentHelp(
      "The folder below the root that labels are relative to; the root if left out.",
      valueName: "path"))
  var labelBase = ""

  @Flag(help: "Whether everybody sees the images, or one user.")
  var visibility: Visibility = .public

  @Option(help: "Leave out paths like this: '*.part', 'old/**'. May be given several times.")
  var exclude: [String] = []

  enum Visibility: String, EnumerableFlag { case `public`, personal }

  func validate() throws {
    if folders.isEmpty { throw ValidationError("Name at least one folder.") }
  }

  /// One mapping for each folder.
  func mappings() throws(CatalogError) -> [RepositoryMapping] {
    var mappings: [RepositoryMapping] = []
    for folder in folders {
      let root = root ?? folder
      guard let below = below(root, folder) else {
        throw CatalogError(
          code: .invalidMapping, doing: "map the repository",
          reason: "the folder is not below the root '\(root)'", place: Place(folder),
          fix: "give --root a folder above it")
      }
      mappings.append(
        try RepositoryMapping(
          dataStore: dataStore, root: root, folder: below, labelBase: labelBase,
          isPublic: visibility == .public))
    }
    return mappings
  }

  /// The path of `folder` below `root`, empty for the root itself; nil when it lies elsewhere.
  private func below(_ root: String, _ folder: String) -> String? {
    let (a, b) = (parts(root), parts(folder))
    guard b.starts(with: a) else { return nil }
    return b.dropFirst(a.count).joined(separator: "/")
  }

  private func parts(_ path: String) -> [String] {
    let names = path.split(separator: "/").map(String.init).filter { $0 != "." }
    return path.hasPrefix("/") ? ["/"] + names : names
  }
}
