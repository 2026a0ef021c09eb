import OVABasics
import OVAByteSource

/// A folder that paths are written relative to.
///
/// Paths are bytes between slashes: a name may begin with a mark that combines with the slash.
public struct BasePath: Hashable, Sendable {
  private static let slash = UInt8(ascii: "/")

  /// The folder's path from the root of the file system, without `.`, `..` and doubled slashes.
  public let folder: String
  private let workingFolder: String

  /// The base for a folder, which may be named relative to the working folder.
  /// - Parameter workingFolder: the folder, from the root, that relative paths start at.
  public init(_ folder: String = "", workingFolder: String) {
    self.workingFolder = workingFolder
    self.folder = Self.whole(folder, from: workingFolder)
  }

  /// The base for the folder of a file, which may be named relative to the working folder.
  public init(ofFile file: String, workingFolder: String) {
    let slash = file.utf8.lastIndex(of: Self.slash)
    self.init(slash.map { String(file[...$0]) } ?? "", workingFolder: workingFolder)
  }

  /// The base for a folder that is named relative to this one: `../`.
  func folder(_ path: String) -> BasePath {
    BasePath(path.isEmpty ? folder : "\(folder)/\(path)", workingFolder: workingFolder)
  }

  /// The path from the base, such as `images/web.ova`; the whole path, from the root, of what lies
  /// outside of it; a URL as it is. Links are followed only where the names alone lead outside: a
  /// checkout is the same by whatever link it is reached.
  public func relative(_ path: String) -> String { relative(whole: whole(path)) }

  /// The path from the base of a path as `whole(_:)` gives it.
  func relative(whole path: String) -> String {
    if Self.isURL(path) { return path }
    if let name = Self.remainder(of: path, in: folder) { return name }
    guard let folder = folder.realPath, let real = Self.realPath(path) else { return path }
    return Self.remainder(of: real, in: folder) ?? path
  }

  /// The path below a folder; nil for what does not lie in it.
  private static func remainder(of path: String, in folder: String) -> String? {
    if path.isExactly(folder) { return "." }
    let start = folder == "/" ? "/" : folder + "/"
    guard path.utf8.starts(with: start.utf8) else { return nil }
    return String(path.utf8.dropFirst(start.utf8.count))
  }

  /// The path with links followed, as far as it is there: what lies in an archive is not.
  private static func realPath(_ path: String) -> String? {
    var there = path[...]
    while let end = there.utf8.lastIndex(of: slash) {
      if let real = String(there).realPath { return real + path[there.endIndex...] }
      there = there[..<end]
    }
    return nil
  }

  /// The path from the root of the file system, without `.`, `..` and doubled slashes.
  public func whole(_ path: String) -> String {
    Self.isURL(path) ? path : Self.whole(path, from: workingFolder)
  }

  /// Returns whether it is a URL and not a path of a file system.
  static func isURL(_ path: String) -> Bool {
    ["https://", "http://", "s3://"].contains { path.utf8.starts(with: $0.utf8) }
  }

  private static func whole(_ path: String, from workingFolder: String) -> String {
    var parts: [Substring] = []
    let text = path.utf8.first == slash ? path : "\(workingFolder)/\(path)"
    for part in text.utf8.split(separator: slash).map(Substring.init) where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
