package import OVACatalog
package import OVAConfiguration

/// What a scan of one repository did.
package struct ScanOutcome: Sendable, Hashable {
  /// Datastore paths of packages that are new, or there again.
  package var added: [String] = []
  /// Datastore paths of packages that are gone.
  package var deleted: [String] = []
  /// What could not be read.
  package var errors: [String] = []
  /// What a person should know.
  package var warnings: [String] = []

  /// Nothing done.
  package init() {}
}

/// Brings what the catalogue knows of a repository up to date.
package protocol RepositoryScanning: Sendable {
  /// Scans a repository. Blocks its thread.
  ///
  /// Throws when nothing can be said; then nothing of the repository was changed.
  func scan(
    _ repository: Repository, into store: CatalogStore, now: Int64
  ) throws -> ScanOutcome
}
