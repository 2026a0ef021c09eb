import OVAByteSource
import Synchronization

/// The names in the folders that were asked for last: packages of one folder ask for the same names,
/// one after the other, and to list a folder of thousands takes longer than to read one of them.
final class FolderNames: Sendable {
  /// Those of the whole process.
  static let recent = FolderNames()

  private struct Folder {
    let path: String
    let facts: FileFacts
    let names: [String]
  }

  /// How many folders are kept.
  private static let most = 4
  /// What was written to so shortly ago may be written to again at what its file system takes for
  /// the same time.
  private static let settled: Int64 = 2_000_000_000

  private let kept = Mutex<[Folder]>([])

  /// The names, in the order of their bytes; none where they cannot be listed.
  func names(in path: String, limit: Int) -> [String] {
    guard let facts = try? FileFacts.of(path: path) else { return [] }
    let known = kept.withLock { $0.first { $0.facts == facts && $0.path == path } }
    if let known, known.names.count <= limit { return known.names }
    guard let listing = try? FolderListing.of(path: path, limit: limit) else { return [] }
    let names = listing.entries.map(\.name)
    let age = FileFacts.now.subtractingReportingOverflow(facts.changed)
    if !age.overflow, age.partialValue > Self.settled {
      kept.withLock { kept in
        kept.removeAll { $0.path == path }
        kept.insert(Folder(path: path, facts: facts, names: names), at: 0)
        if kept.count > Self.most { kept.removeLast() }
      }
    }
    return names
  }
}
