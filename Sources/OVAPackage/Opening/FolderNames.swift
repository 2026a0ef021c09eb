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
    let listing: Listing
  }

  /// The names in a folder.
  final class Listing: Sendable {
    /// The names in the order of their bytes.
    let names: [String]
    private let found = Mutex<[String: [String]]?>(nil)

    init(_ names: [String]) { self.names = names }

    /// The names that differ in letter case or Unicode normalization alone, by their folded form;
    /// found when they are first asked for.
    var similar: [String: [String]] {
      found.withLock { found in
        if let found { return found }
        let similar = Dictionary(grouping: names, by: \.foldedName).filter { $0.value.count > 1 }
        found = similar
        return similar
      }
    }
  }

  /// The number of folders that are kept.
  private static let most = 4
  /// The age in nanoseconds below which a folder may change again within what its file system takes
  /// for the same time.
  private static let settled: Int64 = 2_000_000_000

  private let kept = Mutex<[Folder]>([])

  /// The folder's listing.
  func listing(of path: String, limit: Int) throws(ByteSourceError) -> Listing {
    let facts = try FileFacts.of(path: path)
    let known = kept.withLock { $0.first { $0.facts == facts && $0.path == path } }
    if let known, known.listing.names.count <= limit { return known.listing }
    let listing = Listing(try FolderListing.of(path: path, limit: limit).entries.map(\.name))
    let age = FileFacts.now.subtractingReportingOverflow(facts.changed)
    if !age.overflow, age.partialValue > Self.settled {
      kept.withLock { kept in
        kept.removeAll { $0.path == path }
        kept.insert(Folder(path: path, facts: facts, listing: listing), at: 0)
        if kept.count > Self.most { kept.removeLast() }
      }
    }
    return listing
  }
}
