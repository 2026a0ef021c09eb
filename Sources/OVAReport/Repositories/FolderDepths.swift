import OVABasics
import OVACatalog

/// Sums of folders at several depths side by side, so that the greatest depth can be chosen at
/// which there are few enough to be looked at. A depth with far too many is dropped on the way.
struct FolderDepths {
  private let most: Int
  /// The sums by depth: 0 is the data store.
  private var depths: [[String: FolderSums]?] = Array(repeating: [:], count: 5)
  private static let tooMany = 10_000

  init(most: Int) { self.most = most }

  mutating func add(_ dataStore: String, _ folder: FolderSums) {
    let store = "[\(dataStore)]"
    let below = folder.path.utf8.dropFirst(store.utf8.count + 1)
    let names = below.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    for depth in depths.indices where depths[depth] != nil {
      let path = ([store] + [names.prefix(depth).joined(separator: "/")])
        .filter { !$0.isEmpty }.joined(separator: " ")
      depths[depth]?[path, default: FolderSums(path: path)].add(folder)
      if depth > 1, let count = depths[depth]?.count, count > Self.tooMany { depths[depth] = nil }
    }
  }

  /// The folders of the greatest depth that has few enough; of the first below the data stores
  /// when none has.
  var best: [FolderSums] {
    for depth in depths.indices.reversed() where depth > 0 {
      if let folders = depths[depth], folders.count <= most { return Array(folders.values) }
    }
    return depths[1].map { Array($0.values) } ?? []
  }
}

extension FolderSums {
  fileprivate mutating func add(_ other: FolderSums) {
    packages += other.packages
    withErrors += other.withErrors
    withWarnings += other.withWarnings
    unreadable += other.unreadable
    bytes = bytes.addingReportingOverflow(other.bytes).partialValue
  }
}
