public import OVABasics
public import OVAByteSource
public import OVACatalog
import OVAConcurrency
public import OVAPolicy
public import OVASandbox

/// The options of a scan.
public struct ScanOptions: Sendable {
  /// The files whose digests are computed again although size, time and inode are the same.
  public enum Rehash: Hashable, Sendable {
    /// None.
    case nothing
    /// All.
    case everything
    /// Those computed more than so many seconds ago.
    case olderThan(seconds: Int64)
  }

  /// Patterns of paths to leave out.
  public var excludes: [String] = []
  /// Further patterns of paths to leave out of single repositories.
  public var ownExcludes: [RepositoryMapping: [String]] = [:]
  /// The requirements on packages besides being sound; nil for none.
  public var policy: PackagePolicy?
  /// True if digests are computed that are not known yet. Without them a scan reads headers alone.
  public var computesDigests = true
  /// The files that are read again to find bytes that decayed.
  public var rehash = Rehash.nothing
  /// The most bytes read for digests in this scan, the oldest digests first; nil for no end.
  public var hashBudget: UInt64?
  /// Seconds after its last write during which a package may still grow.
  public var settle: Double = 30
  /// The number of packages that are worked on at a time; nil for as many as suit the work.
  public var workers: Int?
  /// True if packages are read by threads of a lower priority, since nobody waits for the scan.
  public var isInBackground = false
  /// The treatment of packages that are missing.
  public enum Removals: Hashable, Sendable {
    /// They are gone, unless it looks as if their folder were not mounted: it is empty, another
    /// folder or file system than before, or has lost most of its packages.
    case checked
    /// They are gone as long as the data store's root is the folder that it was: the folder's owner
    /// says that it is as it should be.
    case believedBelowRoot
    /// They are gone, whatever it looks like.
    case accepted
  }

  /// The treatment of packages that are missing.
  public var removals = Removals.checked
  /// The most paths that the summary names of each kind; its counts are always whole.
  public var namedPaths = 10_000
  /// The names of the targets that packages are judged for from now on, as `Target.named` takes
  /// them; nil for those of before, which the catalog knows. An empty list judges for none.
  public var targets: [String]?
  /// The part of the repositories that is scanned; nil for all.
  var shard: Shard?
  /// Called with how a repository looked, once its walk came to its end.
  var didSee: @Sendable (RepositorySighting) -> Void = { _ in }
  /// The limits on the cost of any file.
  public var limits = Limits()
  /// The program that parses packages in processes that can do nothing else; nil for parsing them
  /// in this process.
  public var sandbox: WorkerProgram?
  /// Opens the tree of a repository that lies elsewhere than in this machine's file system, by its
  /// URL; nil where such repositories cannot be scanned.
  public var trees: FileTreeOpening?
  /// Asked now and then; true ends the scan early, as a partial one.
  public var isCancelled: @Sendable () -> Bool = { false }
  /// Nanoseconds since 1970, now; tests turn the clock.
  package var clock: @Sendable () -> Int64 = { FileFacts.now }
  /// Called before anything is stored; tests let it fail.
  package var willStore: @Sendable () throws -> Void = {}
  /// Stands for the version of all rules; tests raise it.
  package var rulesVersion: Int?

  /// The defaults.
  public init() {}

  /// The number of packages that are opened at a time: by default two for each processor, since
  /// half of them wait for the disk.
  var openedAtATime: Int { workers ?? 2 * Self.processors }
  /// The number of packages that are read through at a time: by default one for each processor.
  var readAtATime: Int { workers ?? Self.processors }

  /// Packages of repositories elsewhere that are worked on at a time unless a number is asked for: most
  /// of them wait for a server.
  static let elsewhereAtATime = 8

  /// The tree of a repository elsewhere.
  /// - Throws: `ByteSourceError`; `notAFile` where such repositories cannot be scanned.
  func tree(of mapping: RepositoryMapping) throws(ByteSourceError) -> any FileTree {
    guard let trees else {
      throw ByteSourceError(
        code: .notAFile, doing: "list it", reason: "nothing that lies elsewhere is scanned here",
        place: Place(mapping.walkedFolder), fix: "scan it with 'ova scan'")
    }
    return try trees(mapping.walkedFolder)
  }

  /// The threads that do it: shared ones, unless a number was asked for.
  var pool: WorkPool {
    guard let workers else { return isInBackground ? .scanning : .reading }
    return WorkPool(
      name: "scanning", threads: workers, priority: isInBackground ? .background : .normal)
  }

  private static let processors = min(16, Processors.count)
}
