import OVABasics
import OVAByteSource
import OVACatalog
import OVFXML

/// The surroundings of a parsing task.
struct ParsingContext {
  /// The limits on what is accepted from a file.
  var limits = Limits()
  /// Nanoseconds since 1970, now.
  var clock: @Sendable () -> Int64 = { FileFacts.now }
  /// The files of the package's folder as they were before it was opened; not of all packages.
  var folder: [ExactName: FileFacts] = [:]
  /// Files of its folder that a download tool still writes.
  var loading: Set<ExactName> = []
  /// The folder of the package where that lies elsewhere than in this machine's file system.
  var listed: (any ListedFolder)?
  /// Asked now and then; once true it stays so.
  var isStopped: @Sendable () -> Bool = { false }
  /// Called with the number of bytes read, after each piece.
  var progress: @Sendable (UInt64) -> Void = { _ in }
  /// Asks what earlier scans know of the very bytes of a package with these files.
  var earlier: ([FileRow]) -> EarlierScan = { _ in EarlierScan() }
}

/// The knowledge of earlier scans about the very bytes of a package.
struct EarlierScan: Codable, Sendable {
  /// The files that are what they were, with their digests.
  @PackedFiles var digests: [FileRow] = []
  /// True if the package was known under another path, and was moved from there.
  var isRenamed = false
  /// All files, with the digests of before.
  @PackedFiles var carried: [FileRow] = []
  /// True if digests are known of files of the same names and sizes, with other times.
  var isSameShape = false
}
