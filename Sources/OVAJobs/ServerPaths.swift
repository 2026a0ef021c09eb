import OVABasics
import OVAByteSource
import OVACatalog

/// Paths of the server that are no user's business, taken out of words from anywhere.
struct ServerPaths {
  private let replaced: [(path: String, by: String)]

  /// Those of a repository: its folder, and the root of its data store.
  init(_ mapping: RepositoryMapping) {
    let store = "[\(mapping.dataStore)]"
    let folder = mapping.folder.isEmpty ? store : "\(store) \(mapping.folder)"
    var pairs: [(String, String)] = []
    for (path, name) in [(mapping.walkedFolder, folder), (mapping.root, store)] {
      pairs.append((path, name))
      if let real = path.realPath { pairs.append((real, name)) }
    }
    // A root of one letter is in every word.
    replaced = pairs.filter { $0.0.utf8.count > 1 }
  }

  /// The words with names of the data store in place of paths.
  func removed(from text: String) -> String {
    replaced.reduce(text) { text, pair in
      text.utf8.count < pair.path.utf8.count ? text : text.replacing(pair.path, with: pair.by)
    }
  }
}
