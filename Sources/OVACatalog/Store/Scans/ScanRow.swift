/// A run of the scanner.
public struct ScanRow: Hashable, Sendable {
  /// The id.
  public var id: Int64
  /// Seconds since 1970.
  public var startedOn: Int64
  /// Nil while it runs, or when it was killed.
  public var finishedOn: Int64?
  /// The counts of the scan.
  public var counts: ScanCounts

  /// Makes a scan from its parts.
  public init(id: Int64, startedOn: Int64, finishedOn: Int64?, counts: ScanCounts) {
    self.id = id
    self.startedOn = startedOn
    self.finishedOn = finishedOn
    self.counts = counts
  }
}

/// The numbers of one scan.
public struct ScanCounts: Hashable, Sendable {
  /// Packages that were found.
  public var packages = 0
  /// Packages that were not known before.
  public var added = 0
  /// Packages with other content than before.
  public var changed = 0
  /// Packages that are no longer there.
  public var gone = 0
  /// Files and folders that could not be read.
  public var errors = 0
  /// True if something could not be read, so that the rest is not all there is.
  public var isPartial = false

  /// Nothing done.
  public init() {}
}
