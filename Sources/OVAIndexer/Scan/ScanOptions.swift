public import OVABasics
import OVAByteSource
public import OVACatalog
import OVAConcurrency
public import OVAPolicy
public import OVASandbox

/// How a scan goes about its work.
public struct ScanOptions: Sendable {
  /// Which digests are computed although the files' size, time and inode are what they were.
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
  /// What is required of packages besides being sound; nil for nothing.
  public var policy: PackagePolicy?
  /// Whether digests are computed that are not known yet. Without them a scan reads headers alone.
  public var computesDigests = true
  /// What is read again to find bytes that decayed.
  public var rehash = Rehash.nothing
  /// The most bytes read for digests in this scan, the oldest digests first; nil for no end.
  public var hashBudget: UInt64?
  /// Seconds after its last write during which a package may still grow.
  public var settle: Double = 30
  /// How many packages are worked on at a time; nil for as many as suit the work.
  public var workers: Int?
  /// Whether packages are read by threads of a lower priority, since nobody waits for the scan.
  public var isInBackground = false
  /// What is made of packages that are not there any more.
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

  /// What is made of packages that are not there any more.
  public var removals = Removals.checked
  /// The most paths that the summary names of each kind; its counts are always whole.
  public var namedPaths = 10_000
  /// The names of the targets that packages are judged for from now on, as `Target.named` takes
  /// them; nil for those of before, which the catalog knows. An empty list judges for none.
  public var targets: [String]?
  /// How much of anything is accepted from a file.
  public var limits = Limits()
  /// The program that parses packages in processes that can do nothing else; nil for parsing them
  /// in this process.
  public var sandbox: WorkerProgram?
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

  /// How many packages are opened at a time: by default two for each processor, since half of them
  /// wait for the disk.
  var openedAtATime: Int { workers ?? 2 * Self.processors }
  /// How many packages are read through at a time: by default one for each processor.
  var readAtATime: Int { workers ?? Self.processors }

  /// The threads that do it: shared ones, unless a number was asked for.
  var pool: WorkPool {
    guard let workers else { return isInBackground ? .scanning : .reading }
    return WorkPool(
      name: "scanning", threads: workers, priority: isInBackground ? .background : .normal)
  }

  private static let processors = min(16, Processors.count)
}
