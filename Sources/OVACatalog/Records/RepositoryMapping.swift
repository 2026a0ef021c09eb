public import OVABasics

/// The mapping of a local folder to datastore paths and labels.
///
/// Both of the image API's repositories come out of it by configuration alone:
/// public images (root `/srv/isos`, folder `VmImages`, labels relative to the root) and personal
/// ones (root `/srv/xfers`, folder `josem/images`, labels relative to that folder).
public struct RepositoryMapping: Hashable, Sendable {
  /// The data store's name.
  public let dataStore: String
  /// The local folder, or the URL, that stands for the root of the data store.
  public let root: String
  /// The folder below the root that is walked; empty for the root itself.
  public let folder: String
  /// The folder below the root that labels are relative to; `folder` itself or one above it.
  public let labelBase: String
  /// True if everybody sees the records.
  public let isPublic: Bool
  /// The user whose repository it is; nil for a public one.
  public let owner: String?

  /// Makes a mapping. Slashes at the ends of `folder` and `labelBase` do not matter.
  ///
  /// Throws `.invalidMapping` when the data store's name cannot be written as a datastore path,
  /// a folder climbs out of the root, or labels would be relative to a folder beside the walked one.
  public init(
    dataStore: String, root: String, folder: String = "", labelBase: String = "",
    isPublic: Bool, owner: String? = nil
  ) throws(CatalogError) {
    guard DatastorePath(dataStore: dataStore, path: "") != nil else {
      throw Self.invalid(root, "a data store's name is not empty and holds no ']'")
    }
    guard let folder = PathText.normalized(folder), let base = PathText.normalized(labelBase) else {
      throw Self.invalid(root, "'..' leads out of the data store's root")
    }
    guard PathText.below(base, folder) != nil else {
      throw Self.invalid(
        root, "labels are relative to '\(base)', but the walked folder '\(folder)' is not below it")
    }
    self.dataStore = dataStore
    self.root = root.isRemoteLocation ? Self.normalized(url: root) : root
    self.folder = folder
    self.labelBase = base
    self.isPublic = isPublic
    self.owner = owner
  }

  /// True if it lies on a web server or in a bucket, and its root is a URL.
  public var isRemote: Bool { root.isRemoteLocation }

  /// A URL with its scheme and host, or bucket, in one spelling, and without slashes at its end.
  private static func normalized(url: String) -> String {
    let scheme = url.prefix { $0 != ":" }.lowercased()
    var rest = url.dropFirst(scheme.count)
    while rest.hasSuffix("/"), rest.utf8.count > 3 { rest = rest.dropLast() }
    return scheme + rest
  }

  /// The local folder to walk.
  public var walkedFolder: String {
    guard !folder.isEmpty else { return root }
    return root.utf8.last == UInt8(ascii: "/") ? root + folder : "\(root)/\(folder)"
  }

  /// The folder that symbolic links may not lead out of: a user's repository ends at the user's
  /// folder, a public one at the data store's root.
  public var linkBoundary: String { owner == nil && isPublic ? root : walkedFolder }

  /// The record of the file at a path below the walked folder.
  ///
  /// Throws `.invalidMapping` when the path is empty or climbs.
  public func record(
    for pathBelowFolder: String, id: Int64, createdOn: Int64, updatedOn: Int64
  ) throws(CatalogError) -> Record {
    // Of keys in buckets each byte counts.
    let below = isRemote ? pathBelowFolder : PathText.normalized(pathBelowFolder)
    guard let below, !below.isEmpty,
      case let full = PathText.joined(folder, below),
      let label = PathText.below(labelBase, full),
      let path = DatastorePath(dataStore: dataStore, path: full)
    else { throw Self.invalid(root, "'\(pathBelowFolder)' names no file below the walked folder") }
    return Record(
      id: id, name: path.name, dataStore: dataStore,
      folder: PathText.split(label).folder.map(String.init), label: label,
      path: path.description, isPublic: isPublic, createdOn: createdOn, updatedOn: updatedOn)
  }

  /// The path below the walked folder of a record's path; nil when it lies elsewhere.
  public func pathBelowFolder(of path: DatastorePath) -> String? {
    guard path.dataStore.isExactly(dataStore) else { return nil }
    return PathText.below(folder, path.path)
  }

  private static func invalid(_ root: String, _ reason: String) -> CatalogError {
    CatalogError(
      code: .invalidMapping, doing: "map the repository", reason: reason, place: Place(root),
      fix: "correct the repository's description")
  }
}
