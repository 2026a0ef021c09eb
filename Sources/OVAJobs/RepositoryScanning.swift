package import OVACatalog
package import OVAConfiguration

/// The result of a scan of one repository.
package struct ScanOutcome: Sendable, Hashable {
  /// Datastore paths of packages that are new, or there again.
  package var added: [String] = []
  /// Datastore paths of packages that are gone.
  package var deleted: [String] = []
  /// The faults: `[store] josem/images/a.ova: <rule>: <text>`.
  package var errors: [String] = []
  /// Messages that are no errors.
  package var warnings: [String] = []
  /// The reason why the scan did not finish, in words without paths of the server; nil when it did.
  package var failure: String?
  /// True if it was stopped half-way, to be taken up again.
  package var isCancelled = false

  /// Nothing done.
  package init() {}
}

/// Brings what the catalog knows of a repository up to date.
package protocol RepositoryScanning: Sendable {
  /// Scans a repository and tells what changed in it: in this scan, and when one before it was
  /// stopped half-way, from the instant on that it began, in seconds since 1970. Blocks its
  /// thread; `isCancelled` is asked now and then.
  ///
  /// Throws `ScanBusy` when another scan works on the catalog, and whatever else keeps it from
  /// saying anything.
  func scan(
    _ repository: Repository, into store: CatalogStore, resuming: Int64?,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ScanOutcome
}

/// Another scan works on the catalog; this one has to wait for its turn.
package struct ScanBusy: Error {
  /// Makes the error.
  package init() {}
}
