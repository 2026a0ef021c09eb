import OVACatalog

/// Something that a catalog knows.
enum CatalogEntry: Hashable {
  case package(PackageRow)
  case unowned(UnownedFileRow)
}

extension CatalogStore {
  /// All that a catalog says of packages and unowned files, without ids and the times of scans.
  func wholeContent() throws -> [CatalogEntry] {
    var packages: [PackageRow] = []
    var unowned: [UnownedFileRow] = []
    try read { reader in
      for record in try reader.page(ImageQuery(scope: .all)).rows {
        guard var package = try reader.package(id: record.id, scope: .all) else { continue }
        package.record.id = 0
        package.record.createdOn = 0
        package.record.updatedOn = 0
        packages.append(package)
      }
      for (id, _) in try reader.repositories() {
        try reader.forEachUnownedFile(repository: id) { unowned.append($0) }
      }
    }
    return packages.sorted { $0.record.path < $1.record.path }.map(CatalogEntry.package)
      + unowned.sorted { $0.path < $1.path }.map(CatalogEntry.unowned)
  }
}
