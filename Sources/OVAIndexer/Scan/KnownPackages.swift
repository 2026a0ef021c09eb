import OVACatalog

/// The packages that the catalogue knows of a repository, in the order in which folders are walked;
/// a page of them is in memory at a time.
struct KnownPackages {
  /// A package and where it lies below the walked folder.
  struct Known {
    let package: KnownPackage
    /// The folder with a slash at the end; empty for the walked folder.
    let folder: String
    let name: String
  }

  private let store: CatalogStore
  private let repository: ScannedRepository
  private var page: ArraySlice<KnownPackage> = []
  private var position: WalkPosition? = .start
  private var ahead: Known?

  init(store: CatalogStore, repository: ScannedRepository) throws {
    self.store = store
    self.repository = repository
    ahead = try fetch()
  }

  /// The packages in folders before this one, which the walk did not meet.
  mutating func takeBefore(_ folder: String, _ body: (Known) -> Void) throws {
    while let known = ahead, known.folder.precedes(folder) {
      body(known)
      ahead = try fetch()
    }
  }

  /// The packages of this folder, by name.
  mutating func take(in folder: String) throws -> [Known] {
    var result: [Known] = []
    while let known = ahead, known.folder.compareBytes(folder) == 0 {
      result.append(known)
      ahead = try fetch()
    }
    return result
  }

  /// All that are left.
  mutating func takeRest(_ body: (Known) -> Void) throws {
    while let known = ahead {
      body(known)
      ahead = try fetch()
    }
  }

  private mutating func fetch() throws -> Known? {
    if page.isEmpty, let position {
      let next = try store.read { [id = repository.id] in
        try $0.walkedPackages(repository: id, after: position, limit: 2000)
      }
      page = next.packages[...]
      self.position = next.next
    }
    guard let package = page.popFirst() else { return nil }
    let below = repository.below(package.path)
    guard let slash = below.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return Known(package: package, folder: "", name: below)
    }
    return Known(
      package: package, folder: String(below[...slash]),
      name: String(below[below.utf8.index(after: slash)...]))
  }
}
