import OVABasics
import OVACatalog
import OVAPackage

/// Finds out what a file that belongs to no package needs beside itself.
struct NeedsTask: Codable, Sendable {
  /// The path for the operating system, without links in it.
  let path: String
  /// The data store's root without links in its path, outside of which nothing is opened.
  let root: String

  /// The needs of a file that cannot be read: all that lies beside it.
  var everything: [FileNeed] {
    [.folder(String(Substring(path.utf8.dropLast(path.lastComponent.utf8.count))))]
  }

  /// Reads the file, and those that it leads to.
  func run(limits: Limits) -> [FileNeed] {
    var needed = NeededFiles(root: root, limits: limits)
    needed.add(path)
    return needed.needs.sorted { $0.text < $1.text }
  }
}
