import OVABasics
import OVAByteSource
import OVACatalog

/// Decides which folders become, or are, repositories of a catalog: those that can be opened, and
/// none that shares a folder with another.
struct Registration {
  /// Folders that could not be opened and were not registered, with the cause.
  let unopened: [(folder: String, reason: String)]
  /// Datastore paths of repositories that become part of a new one.
  var merged: [String] { merging.map { Self.name($0.inner.mapping) } }

  private struct Known {
    let id: Int64
    let mapping: RepositoryMapping
  }

  private let mappings: [RepositoryMapping]
  private let known: [Known]
  private let merging: [(inner: Known, outer: RepositoryMapping)]

  /// Looks at the folders.
  /// - Parameters:
  ///   - opens: whether the folders have to be there; not when others have looked at them.
  ///   - tree: opens the tree of a repository elsewhere.
  /// - Throws: `IndexError` when folders overlap, or none can be opened.
  init(
    store: CatalogStore, mappings: [RepositoryMapping], opens: Bool = true,
    tree: (RepositoryMapping) throws(ByteSourceError) -> any FileTree
  ) throws {
    known = try store.read { try $0.repositories() }.map { Known(id: $0.id, mapping: $0.mapping) }
    var opened: [RepositoryMapping] = []
    var unopened: [(folder: String, reason: String)] = []
    var advice: String?
    for mapping in mappings {
      let isKnown = !opens || known.contains { Self.isSame($0.mapping, mapping) }
      do throws(ByteSourceError) {
        if !mapping.isRemote {
          _ = try RepositoryWalk(folder: mapping.walkedFolder, boundary: mapping.linkBoundary)
        } else if !isKnown {
          try tree(mapping).confirm()
        }
        opened.append(mapping)
      } catch {
        // One that was scanned before stays registered: its file system may not be mounted.
        if isKnown {
          opened.append(mapping)
        } else {
          // A URL that is none may hold a secret.
          let name = mapping.isRemote ? error.place.file : mapping.walkedFolder
          unopened.append((name, error.reason))
          if mapping.isRemote { advice = advice ?? error.fix }
        }
      }
    }
    if opened.isEmpty, let first = unopened.first {
      throw IndexError(
        code: .notOpened, doing: "scan the folder", reason: first.reason,
        place: Place(first.folder), fix: advice ?? "name a folder that is there")
    }
    self.mappings = opened
    self.unopened = unopened
    merging = try Self.check(opened, known)
  }

  /// Stores the repositories in the order given.
  func register(in writer: CatalogWriter) throws -> [ScannedRepository] {
    let repositories = try mappings.map { mapping in
      ScannedRepository(id: try writer.saveRepository(mapping), mapping: mapping)
    }
    for (inner, outer) in merging {
      guard let home = repositories.first(where: { Self.isSame($0.mapping, outer) }) else {
        continue
      }
      let path = inner.mapping.folder.utf8.dropFirst(
        outer.folder.isEmpty ? 0 : outer.folder.utf8.count + 1)
      try writer.merge(
        repository: inner.id, into: home.id, at: String(Substring(path)) + "/", mapping: outer)
    }
    return repositories
  }

  /// Takes back new descriptions of repositories whose folders turned out not to be those that were
  /// scanned before.
  func takeBack(refused: Set<Int64>, store: CatalogStore) throws {
    for repository in known where refused.contains(repository.id) {
      let now = mappings.first { Self.isSame($0, repository.mapping) }
      guard let now, now != repository.mapping else { continue }
      try store.write { try $0.saveRepository(repository.mapping) }
    }
  }

  // MARK: Overlaps

  /// Returns whether both describe one repository of the catalog.
  private static func isSame(_ a: RepositoryMapping, _ b: RepositoryMapping) -> Bool {
    a.dataStore.utf8.elementsEqual(b.dataStore.utf8) && a.folder.utf8.elementsEqual(b.folder.utf8)
  }

  private static func name(_ mapping: RepositoryMapping) -> String {
    DatastorePath(dataStore: mapping.dataStore, path: mapping.folder)?.description
      ?? mapping.dataStore
  }

  /// The known repositories that become part of a new one: those in its folder that are described
  /// alike but for the folder. Any other overlap of a new one is an error.
  private static func check(
    _ mappings: [RepositoryMapping], _ known: [Known]
  ) throws -> [(inner: Known, outer: RepositoryMapping)] {
    var merging: [(inner: Known, outer: RepositoryMapping)] = []
    for (index, mapping) in mappings.enumerated() {
      for other in mappings[..<index] where overlap(mapping, other) {
        throw overlapping(mapping, other)
      }
      guard !known.contains(where: { isSame($0.mapping, mapping) }) else { continue }
      for other in known where overlap(mapping, other.mapping) {
        guard isPart(other.mapping, of: mapping),
          !mappings.contains(where: { isSame($0, other.mapping) })
        else { throw overlapping(mapping, other.mapping) }
        merging.append((other, mapping))
      }
    }
    return merging
  }

  private static func isPart(_ inner: RepositoryMapping, of outer: RepositoryMapping) -> Bool {
    inner.dataStore.utf8.elementsEqual(outer.dataStore.utf8)
      && real(inner.root).utf8.elementsEqual(real(outer.root).utf8)
      && inner.isPublic == outer.isPublic && inner.owner == outer.owner
      && (outer.folder.isEmpty || inner.folder.utf8.starts(with: "\(outer.folder)/".utf8))
  }

  /// Returns whether a file may belong to both, by its place on disk or by its datastore path.
  private static func overlap(_ a: RepositoryMapping, _ b: RepositoryMapping) -> Bool {
    func place(_ mapping: RepositoryMapping) -> String {
      mapping.isRemote ? mapping.walkedFolder : real(mapping.walkedFolder)
    }
    let (left, right) = (place(a), place(b))
    if holds(left, right) || holds(right, left) { return true }
    return a.dataStore.utf8.elementsEqual(b.dataStore.utf8)
      && (holds(a.folder, b.folder) || holds(b.folder, a.folder))
  }

  private static func real(_ path: String) -> String { path.realPath ?? path }

  private static func holds(_ outer: String, _ inner: String) -> Bool {
    outer.isEmpty || outer == "/" || outer.utf8.elementsEqual(inner.utf8)
      || inner.utf8.starts(with: "\(outer)/".utf8)
  }

  private static func overlapping(
    _ a: RepositoryMapping, _ b: RepositoryMapping
  ) -> IndexError {
    IndexError(
      code: .overlapping, doing: "scan the folder",
      reason:
        "\(name(a).forDisplay) and \(name(b).forDisplay) overlap, and a package belongs to one "
        + "repository",
      place: Place(a.walkedFolder),
      fix: "scan one of them; `ova catalog forget` takes out one that is registered")
  }
}
