import OVABasics
import OVACatalog

/// Packages of a run that a catalog knows under another path: those that were moved.
struct MovedPackages {
  private static let batch = 500

  /// A file and where the file system has it.
  private struct File {
    var inode: Int64
    var device: Int64?
  }

  private let store: CatalogStore
  private let isNeeded: Bool
  private var waiting: [(dataStore: String, path: String, anchor: FileRow)] = []
  /// Datastore paths under which the catalog knows the file of a new package, and what lies there
  /// now; nil for nothing.
  private var places: [ExactName: File?] = [:]
  /// True if the places are known; they are not in a run with missing parts.
  private var isKnown = false

  /// - Parameter isNeeded: whether the catalog holds anything.
  init(store: CatalogStore, isNeeded: Bool) {
    self.store = store
    self.isNeeded = isNeeded
  }

  /// Notes where the catalog knows the file of a package that it does not know by its path.
  mutating func add(
    _ package: PackageLine, in folder: String, of repository: ShardRepository
  ) throws {
    guard isNeeded, let anchor = package.anchor else { return }
    let path = Self.prefix(repository) + folder + package.name
    waiting.append((repository.dataStore, path, anchor))
    if waiting.count >= Self.batch { try ask() }
  }

  private static func prefix(_ repository: ShardRepository) -> String {
    "[\(repository.dataStore)] " + (repository.folder.isEmpty ? "" : repository.folder + "/")
  }

  private mutating func ask() throws {
    let found = try store.read { [waiting] reader in
      var found: [String] = []
      for (dataStore, path, anchor) in waiting
      where try reader.image(dataStore: dataStore, path: path) == nil {
        for id in try reader.packages(withFileLike: anchor) {
          if let place = try reader.place(of: id) { found.append(place.path) }
        }
      }
      return found
    }
    for path in found { places[ExactName(path)] = .some(nil) }
    waiting = []
  }

  /// Looks what lies at those places now.
  mutating func look(for set: ShardSet) throws {
    if !waiting.isEmpty { try ask() }
    isKnown = set.isComplete
    guard isKnown, !places.isEmpty else { return }
    for part in set.parts {
      let devices = set.devices(of: part)
      var reader = try part.reader()
      var prefix = ""
      var folder = ""
      while let line = try reader.next() {
        if let repository = line.repository {
          prefix = Self.prefix(set.header.repositories[repository.number])
        }
        if let next = line.folder { folder = next.path }
        guard let package = line.package, let anchor = package.anchor else { continue }
        let key = ExactName(prefix + folder + package.name)
        guard places[key] != nil else { continue }
        places[key] = File(inode: anchor.inode, device: anchor.device.map(devices.number))
      }
    }
  }

  /// Returns whether a package of the catalog no longer has its file, which another one has now.
  func isLeft(_ path: String, by anchor: FileRow) -> Bool {
    guard isKnown, let place = places[ExactName(path)] else { return false }
    guard let file = place else { return true }
    return file.inode != anchor.inode || file.device != anchor.device
  }
}
