import OVABasics
import OVAByteSource
public import OVACatalog
import OVARules

/// Brings the catalogue up to date with repositories: looks at every file once, reads again only
/// what changed, and stores each package as a whole.
///
/// Blocks the calling thread until it is done; call it from a thread that may wait.
public struct RepositoryScan: Sendable {
  let store: CatalogStore
  let mappings: [RepositoryMapping]
  let options: ScanOptions

  /// A scan of repositories, in the order given.
  public init(
    store: CatalogStore, mappings: [RepositoryMapping], options: ScanOptions = ScanOptions()
  ) {
    self.store = store
    self.mappings = mappings
    self.options = options
  }

  /// Scans.
  ///
  /// What could not be read is told in the summary and makes it partial; the rest is stored.
  /// - Parameter progress: told how far the scan is, from any thread.
  /// - Throws: `IndexError` when another process scans into the catalogue; `CatalogError` when the
  ///   catalogue cannot be read or written.
  @discardableResult
  public func run(
    progress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) throws -> ScanSummary {
    guard let lock = try store.lockForScan() else {
      throw IndexError(
        code: .busy, doing: "scan", reason: "another scan works on this catalogue",
        place: Place(store.path), fix: "wait until it is done")
    }
    return try withExtendedLifetime(lock) { try runLocked(progress) }
  }

  private func runLocked(
    _ progress: @escaping @Sendable (ScanProgress) -> Void
  ) throws -> ScanSummary {
    let now = options.clock().floorSeconds
    let (scan, repositories) = try store.write { writer in
      (try writer.startScan(now: now), try mappings.map { try writer.saveRepository($0) })
    }
    let context = ScanContext(
      store: store, options: options, scan: scan,
      repositories: zip(repositories, mappings).map { ScannedRepository(id: $0, mapping: $1) },
      rulesVersion: options.rulesVersion ?? Rule.version(of: Rule.all),
      wasEmpty: try store.read { try $0.isEmpty() }, progress: progress)
    for repository in context.repositories {
      try RepositoryPass(context: context, repository: repository).run()
    }
    if options.computesDigests || options.rehash != .nothing {
      try HashPass(context: context).run()
    }
    let summary = try context.finish()
    if summary.counts.read > 1000 { try store.tune() }
    return summary
  }
}

/// A repository in a scan, and the way between its paths and the catalogue's.
struct ScannedRepository: Sendable {
  let id: Int64
  let mapping: RepositoryMapping
  /// What datastore paths of the repository begin with.
  let prefix: String

  init(id: Int64, mapping: RepositoryMapping) {
    self.id = id
    self.mapping = mapping
    prefix = "[\(mapping.dataStore)] " + (mapping.folder.isEmpty ? "" : mapping.folder + "/")
  }

  /// What datastore paths of packages in a folder below the walked one begin with, as the
  /// catalogue keeps it: nothing for the root of the data store.
  func parent(of folder: String) -> String {
    folder.isEmpty && mapping.folder.isEmpty ? "" : prefix + folder
  }

  /// The path below the walked folder of a datastore path.
  func below(_ path: String) -> String {
    path.utf8.starts(with: prefix.utf8)
      ? String(Substring(path.utf8.dropFirst(prefix.utf8.count))) : path
  }

  /// The path for the operating system of a path below the walked folder.
  func systemPath(_ below: String) -> String {
    let folder = mapping.walkedFolder
    return folder.hasSuffix("/") ? folder + below : "\(folder)/\(below)"
  }
}
