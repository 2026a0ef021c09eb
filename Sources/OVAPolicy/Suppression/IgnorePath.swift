import OVABasics

/// The packages, folders and files that an entry of an ignore file is for.
///
/// It is written relative to the file's folder: `legacy/*.ova`, `./web.ova` in that folder alone,
/// `../images/` beside it; from the root of the file system too. Bytes that are not UTF-8 are written
/// as messages show them: `\xE9`.
package struct IgnorePath: Hashable, Sendable {
  private static let slash = UInt8(ascii: "/")

  /// The path as it is written.
  package let text: String
  private let meanings: [Meaning]

  /// A pattern of paths below a folder.
  private struct Meaning: Hashable {
    let base: BasePath
    /// Nil for everything in the folder.
    let pattern: PathPattern?
    /// The pattern's own folders, one of which may be a package whose files are meant.
    let folders: [PathPattern]

    /// - Parameter pattern: empty for everything in the folder.
    init(_ base: BasePath, _ pattern: String) {
      self.base = base
      self.pattern = pattern.isEmpty ? nil : PathPattern(pattern)
      let bytes = pattern.utf8
      folders = bytes.indices.filter { bytes[$0] == IgnorePath.slash && $0 > bytes.startIndex }
        .map { PathPattern(String(Substring(bytes[..<$0]))) }
    }

    func contains(whole path: String) -> Bool {
      let relative = base.relative(whole: path)
      guard let pattern else {
        return relative.utf8.first != IgnorePath.slash && !BasePath.isURL(relative)
      }
      return pattern.matchesPathOrFolder(of: relative)
    }

    func isFor(package path: String) -> Bool {
      contains(whole: path) || folders.contains { $0.matches(base.relative(whole: path)) }
    }
  }

  /// Reads a path.
  /// - Parameter base: the folder of the file that it is written in.
  /// - Returns: nil where it leads up from a folder that is not named but matched, which nothing
  ///   does.
  package init?(_ text: String, from base: BasePath) {
    self.text = text
    let body = text.utf8.last == Self.slash ? text.utf8.dropLast() : text.utf8[...]
    let isRooted = text.utf8.first == Self.slash
    guard body.contains(Self.slash) || isRooted || [".", ".."].contains(Substring(body)),
      !BasePath.isURL(text)
    else {
      // A name in any folder, or a URL as it is.
      meanings = [Meaning(base, text)]
      return
    }
    var names: [Substring] = []
    var up = ""
    for name in body.split(separator: Self.slash).map(Substring.init) where name != "." {
      guard name == ".." else {
        names.append(name)
        continue
      }
      guard let last = names.popLast() else {
        up += "../"
        continue
      }
      if Self.isMatched(last) { return nil }
    }
    // A slash in front: what follows starts at the folder, and is no name in any folder.
    let pattern = names.isEmpty ? "" : "/" + names.joined(separator: "/")
    if isRooted {
      let root = BasePath("/", workingFolder: "/")
      // What begins with a slash is looked for below the file's folder, as other ignore files have
      // it, and as a path of the file system where it begins with a folder's name.
      let isPath = names.first.map { !Self.isMatched($0) } ?? false
      meanings = [Meaning(base, pattern)] + (isPath ? [Meaning(root, pattern)] : [])
    } else {
      meanings = [Meaning(base.folder(up), pattern)]
    }
  }

  private static func isMatched(_ name: Substring) -> Bool {
    name.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }

  /// Returns whether a file or package, or a folder or archive that it lies in, is meant.
  /// - Parameter path: as `BasePath.whole(_:)` gives it.
  package func contains(whole path: String) -> Bool {
    meanings.contains { $0.contains(whole: path) }
  }

  /// Returns whether a package or something in it is meant.
  /// - Parameter path: as `BasePath.whole(_:)` gives it.
  package func isFor(package path: String) -> Bool { meanings.contains { $0.isFor(package: path) } }
}
