import OVACatalog

extension CatalogStore {
  /// All that a catalog says of packages and unowned files, without ids and the times of scans.
  func wholeContent() throws -> [String] {
    var result: [String] = []
    try read { reader in
      for record in try reader.page(ImageQuery(scope: .all)).rows {
        guard var package = try reader.package(id: record.id, scope: .all) else { continue }
        package.record.id = 0
        package.record.createdOn = 0
        package.record.updatedOn = 0
        result.append("\(package)")
      }
      for (id, _) in try reader.repositories() {
        try reader.forEachUnownedFile(repository: id) { result.append("\($0)") }
      }
    }
    return result.sorted()
  }
}
