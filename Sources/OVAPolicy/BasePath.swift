/// A folder that paths are written relative to.
public struct BasePath: Hashable, Sendable {
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
    let slash = file.utf8.lastIndex(of: UInt8(ascii: "/"))
    self.init(slash.map { String(file[...$0]) } ?? "", workingFolder: workingFolder)
  }

  /// The path from the base, such as `images/web.ova`; the whole path, from the root, of what lies
  /// outside of it; a URL as it is. Links are not followed.
  public func relative(_ path: String) -> String {
    if Self.isURL(path) { return path }
    let whole = whole(path)
    if whole == folder { return "." }
    let start = folder == "/" ? "/" : folder + "/"
    return whole.hasPrefix(start) ? String(whole.dropFirst(start.count)) : whole
  }

  /// The path from the root of the file system, without `.`, `..` and doubled slashes.
  public func whole(_ path: String) -> String {
    Self.isURL(path) ? path : Self.whole(path, from: workingFolder)
  }

  /// Whether it lies on no file system, but where a URL leads to.
  private static func isURL(_ path: String) -> Bool {
    ["https://", "http://", "s3://"].contains(where: path.hasPrefix)
  }

  private static func whole(_ path: String, from workingFolder: String) -> String {
    var parts: [Substring] = []
    let text = path.hasPrefix("/") ? path : "\(workingFolder)/\(path)"
    for part in text.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
