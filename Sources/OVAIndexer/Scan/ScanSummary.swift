public import OVACatalog

/// The result of a scan.
public struct ScanSummary: Hashable, Sendable {
  /// The scan's number in the catalog; `CatalogReader.changes(of:)` tells all that it changed.
  public internal(set) var scan: Int64 = 0
  /// Datastore paths of packages never seen before, at most `ScanOptions.namedPaths`.
  public internal(set) var added: [String] = []
  /// Datastore paths of packages whose content is another.
  public internal(set) var changed: [String] = []
  /// Datastore paths of packages that are back under their old ids.
  public internal(set) var returned: [String] = []
  /// Datastore paths of packages that are no longer there.
  public internal(set) var gone: [String] = []
  /// Packages under a new path, with the path before.
  public internal(set) var renamed: [Rename] = []
  /// The files and folders that could not be read, in the order met.
  public internal(set) var problems: [Problem] = []
  /// Repositories that became part of one of the scanned ones, as datastore paths.
  public internal(set) var merged: [String] = []
  /// The state of the packages in the scanned repositories now, whichever scan found it.
  public internal(set) var health = CatalogHealth()
  /// The numbers of packages and files, by what became of them.
  public internal(set) var counts = Counts()
  /// True if something could not be read, so that the catalog is not all there is.
  public internal(set) var isPartial = false

  /// A package under another path.
  public struct Rename: Hashable, Sendable {
    /// The datastore path before.
    public let from: String
    /// The datastore path now.
    public let to: String
  }

  /// Something that could not be read.
  public struct Problem: Hashable, Sendable {
    /// The datastore path, or the folder's path.
    public let path: String
    /// The cause, for people.
    public let reason: String
  }

  /// Numbers of a scan.
  public struct Counts: Hashable, Sendable {
    /// Packages met.
    public internal(set) var packages = 0
    /// Files looked at.
    public internal(set) var files = 0
    /// Packages that were opened because something about them had changed.
    public internal(set) var read = 0
    /// Packages that new rules judged by what is known of them.
    public internal(set) var rejudged = 0
    /// Packages that were written moments ago, or wait for a file.
    public internal(set) var unsettled = 0
    /// Packages whose bytes were read for digests.
    public internal(set) var hashed = 0
    /// Bytes read for digests.
    public internal(set) var bytes: UInt64 = 0
    /// Packages that were not known before.
    public internal(set) var added = 0
    /// Packages with other content than before.
    public internal(set) var changed = 0
    /// Packages that were gone and are back.
    public internal(set) var returned = 0
    /// Packages that are no longer there.
    public internal(set) var gone = 0
    /// Packages that were moved.
    public internal(set) var renamed = 0
    /// Files and folders that could not be read.
    public internal(set) var problems = 0
  }
}

/// The progress of a scan.
public struct ScanProgress: Hashable, Sendable {
  /// The part of the scan that runs.
  public enum Phase: Hashable, Sendable {
    /// Folders are walked and descriptors read.
    case looking
    /// Bytes are read for digests.
    case hashing
  }

  /// The part of the scan that is under way.
  public var phase: Phase
  /// Packages done in this phase.
  public var packages: Int
  /// Packages to do; nil as long as it is not known.
  public var packagesTotal: Int?
  /// Bytes read in this phase.
  public var bytes: UInt64
  /// Bytes to read; nil as long as it is not known.
  public var bytesTotal: UInt64?
  /// The package that has been in work the longest.
  public var slowest: String?
}
