import OVABasics
public import OVACatalog

/// Looks at repositories as a whole, as the last scan found them.
public struct RepositoryAudit: Sendable {
  let store: CatalogStore
  /// The most findings of each kind.
  let most: Int
  /// The patterns that the name of each folder must match as a whole; nil for no policy.
  let policy: NamingPolicy?

  /// An audit of all repositories of a catalog.
  /// - Parameters:
  ///   - namingPolicy: what the name of each folder must match.
  ///   - limit: the most findings of each kind.
  public init(store: CatalogStore, namingPolicy: NamingPolicy? = nil, limit: Int = 100_000) {
    self.store = store
    policy = namingPolicy
    most = limit
  }

  /// All findings, by kind and path; those that waste space, the most wasteful first.
  public func findings() throws -> [RepositoryFinding] {
    try store.read { reader in
      let repositories = try reader.repositories().map {
        ScannedRepository(id: $0.id, mapping: $0.mapping)
      }
      var findings: [RepositoryFinding] = []
      let unownedFiles = try UnownedFileAudit(reader, repositories)
      findings += try unownedFiles.findings()
      findings += try DuplicateAudit(reader, repositories, unownedFiles.needs, most: most)
        .findings()
      findings += try reader.sharedFiles(limit: most).map { group in
        RepositoryFinding(
          .sharedFile, [group.common] + group.places,
          message: "\(group.places.count) packages reference it",
          fix: "do not delete it with one of them; give each package its own copy or folder")
      }
      findings += try reader.foldersWithSeveralDescriptors(limit: most).map { group in
        RepositoryFinding(
          .clashingDescriptors, group.places,
          message: "\(group.places.count) descriptors lie in \(group.common.forDisplay)",
          fix: "give each package a folder of its own")
      }
      findings += try NameAudit(reader, policy: policy, most: most).findings()
      return RepositoryFinding.Kind.allCases.flatMap { kind in
        Array(findings.filter { $0.kind == kind }.prefix(most))
      }
    }
  }
}
