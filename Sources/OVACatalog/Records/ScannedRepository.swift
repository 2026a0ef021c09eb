import OVAByteSource

/// A repository of a catalog, with the mapping between its real paths and datastore paths.
package struct ScannedRepository: Sendable {
  /// The number in the catalog.
  package let id: Int64
  /// The mapping of its folder.
  package let mapping: RepositoryMapping
  /// The beginning of the datastore paths of its packages.
  package let prefix: String
  /// The data store's root for the operating system without links in its path; as the mapping has
  /// it when there is no such folder now.
  package let realRoot: String
  private let realFolder: String
  /// The folder that all files of a user's packages must lie in, without links in its path; nil in
  /// a public repository, whose links are its operator's.
  package let boundary: String?

  /// Resolves the links in the paths of a mapping.
  package init(id: Int64, mapping: RepositoryMapping) {
    self.id = id
    self.mapping = mapping
    func real(_ path: String) -> String? { mapping.isRemote ? nil : path.realPath }
    realRoot = real(mapping.root) ?? mapping.root
    let folder = real(mapping.walkedFolder) ?? mapping.walkedFolder
    realFolder = folder.hasSuffix("/") ? folder : folder + "/"
    boundary = mapping.owner == nil ? nil : real(mapping.walkedFolder)
    prefix = "[\(mapping.dataStore)] " + (mapping.folder.isEmpty ? "" : mapping.folder + "/")
  }

  /// The name of the folder in messages: a user learns nothing of where their data store lies.
  package var toldFolder: String {
    guard mapping.owner != nil else { return mapping.walkedFolder }
    return DatastorePath(dataStore: mapping.dataStore, path: mapping.folder)?.description
      ?? mapping.dataStore
  }

  /// The beginning of the datastore paths of packages in a folder below the walked one, as the
  /// catalog keeps it: empty for the root of the data store.
  package func parent(of folder: String) -> String {
    folder.isEmpty && mapping.folder.isEmpty ? "" : prefix + folder
  }

  /// The path below the walked folder of a datastore path.
  package func below(_ path: String) -> String {
    path.utf8.starts(with: prefix.utf8)
      ? String(Substring(path.utf8.dropFirst(prefix.utf8.count))) : path
  }

  /// The path without links in it of a folder below the walked one, which ends with a slash or is
  /// empty; with a slash at its end.
  package func realPath(ofFolder folder: String) -> String { realFolder + folder }

  /// The path for the operating system of a path below the walked folder.
  package func systemPath(_ below: String) -> String {
    let folder = mapping.walkedFolder
    return folder.hasSuffix("/") ? folder + below : "\(folder)/\(below)"
  }
}
