public import OVABasics
import OVAIntegrity

/// One of several parts of a run over repositories. Which folders are its own follows from their
/// paths alone, so that any machine may do any part, at any time and again.
///
/// A folder belongs to the part that the SHA-256 of its path's bytes says: its first 8 bytes as a
/// big-endian number, modulo the number of parts. The path begins at the repository's folder, has
/// no slash at either end, and is cut to its first `depth` names, so that everything below a folder
/// of that depth belongs to one part. The repository's folder itself is the empty path.
public struct Shard: Hashable, Sendable {
  /// The part, from 0.
  public let number: Int
  /// The number of parts.
  public let count: Int
  /// The number of names of a folder's path that decide.
  public let depth: Int

  /// The numbers of parts that a run may have.
  public static let counts = 1...10_000
  /// The depths that a run may have.
  public static let depths = 1...16

  /// Makes a part; nil where a number is out of its range.
  public init?(number: Int, of count: Int, depth: Int = 1) {
    guard Self.counts.contains(count), Self.depths.contains(depth), (0..<count).contains(number)
    else { return nil }
    self.number = number
    self.count = count
    self.depth = depth
  }

  /// The part that a folder belongs to.
  /// - Parameter folder: its path below the repository's folder, as text; see `FileNameText`.
  public func owner(of folder: String) -> Int {
    let slash = UInt8(ascii: "/")
    let key = folder.fileSystemBytes.split(separator: slash).prefix(depth)
      .joined(separator: [slash])
    var digester = Digester([.sha256])
    digester.update(Array(key))
    let hash = digester.finish().first.flatMap { UInt64($0.hex.prefix(16), radix: 16) } ?? 0
    return Int(hash % UInt64(count))
  }

  /// Returns whether a folder is one of its own.
  public func owns(_ folder: String) -> Bool { owner(of: folder) == number }

  /// Returns whether a folder is visited: one of its own, or one that may have such below it.
  func reaches(_ folder: String) -> Bool {
    folder.utf8.split(separator: UInt8(ascii: "/")).count < depth || owns(folder)
  }
}

/// The error that a part of a run could not be written or taken in.
public typealias ShardError = Explained<ShardFailure>

/// The kinds of `ShardError`.
public enum ShardFailure: String, Sendable {
  /// A repository could not be walked, so that nothing is known of the part.
  case notSeen = "not-seen"
  /// The scan was stopped before its end.
  case stopped
  /// The file of a part cannot be read.
  case unreadable
  /// The file is not the file of a part.
  case notAShard = "not-a-shard"
  /// The file has no closing line.
  case incomplete
  /// The file is not what was written.
  case damaged
  /// Files are not of one run, or two are of one part.
  case mixed
  /// Parts of the run are missing.
  case missing
  /// The catalog is newer than the run.
  case outdated
  /// The targets of the catalog are not those of the run.
  case otherTargets = "other-targets"
  /// More is known of a package than a line may have.
  case tooLarge = "too-large"
  /// The database is not one that may be used for it.
  case wrongDatabase = "wrong-database"

  /// True if the same command may succeed later, or elsewhere.
  public var mayPass: Bool {
    switch self {
    case .notSeen, .stopped, .unreadable, .incomplete, .missing: true
    case .notAShard, .damaged, .mixed, .outdated, .otherTargets, .wrongDatabase, .tooLarge: false
    }
  }
}
