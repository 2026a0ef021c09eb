import OVABasics

/// A file in a data store, written `[data store] folder/name`: VMware's datastore path.
///
/// The one parser and the one printer of that form. Compared by bytes.
public struct DatastorePath: Sendable, CustomStringConvertible {
  /// The data store's name; never empty, without `]`.
  public let dataStore: String
  /// The path below the data store's root, `/` between its parts; empty for the root.
  public let path: String

  /// Nil when no datastore path can carry the name: it is empty or holds a `]`.
  public init?(dataStore: String, path: String) {
    guard !dataStore.isEmpty, !dataStore.utf8.contains(UInt8(ascii: "]")) else { return nil }
    self.dataStore = dataStore
    self.path = path
  }

  /// Reads `[data store] folder/name`; the space may be missing. Nil when it is not of that form.
  public init?(_ text: String) {
    let bytes = text.utf8
    guard bytes.first == UInt8(ascii: "["), let end = bytes.firstIndex(of: UInt8(ascii: "]")) else {
      return nil
    }
    var start = bytes.index(after: end)
    if start < bytes.endIndex, bytes[start] == UInt8(ascii: " ") {
      start = bytes.index(after: start)
    }
    let name = bytes[bytes.index(after: bytes.startIndex)..<end]
    self.init(dataStore: String(Substring(name)), path: String(Substring(bytes[start...])))
  }

  /// The last part of the path.
  public var name: String { String(PathText.split(path).name) }

  /// The path without its last part; nil at the root.
  public var folder: String? { PathText.split(path).folder.map(String.init) }

  /// `[data store] folder/name`.
  public var description: String { path.isEmpty ? "[\(dataStore)]" : "[\(dataStore)] \(path)" }
}

extension DatastorePath: Hashable, Comparable {
  public static func == (a: DatastorePath, b: DatastorePath) -> Bool {
    a.dataStore.isExactly(b.dataStore) && a.path.isExactly(b.path)
  }

  public static func < (a: DatastorePath, b: DatastorePath) -> Bool {
    a.dataStore.isExactly(b.dataStore)
      ? a.path.precedesInBytes(b.path) : a.dataStore.precedesInBytes(b.dataStore)
  }

  public func hash(into hasher: inout Hasher) {
    dataStore.hashBytes(into: &hasher)
    path.hashBytes(into: &hasher)
  }
}

/// Paths as text: parts with `/` between them, worked on as bytes.
enum PathText {
  private static let slash = UInt8(ascii: "/")

  /// The last part, and what comes before its slash.
  static func split(_ path: String) -> (folder: Substring?, name: Substring) {
    guard let last = path.utf8.lastIndex(of: slash) else { return (nil, Substring(path)) }
    return (path[..<last], path[path.utf8.index(after: last)...])
  }

  /// The path without empty and `.` parts; nil when a part is `..`.
  static func normalized(_ path: String) -> String? {
    let parts = path.utf8.split(separator: slash).map { Substring($0) }
    guard !parts.contains(where: { $0.utf8.elementsEqual("..".utf8) }) else { return nil }
    return parts.filter { !$0.utf8.elementsEqual(".".utf8) }.joined(separator: "/")
  }

  /// `a/b`, or the other when one is empty.
  static func joined(_ a: String, _ b: String) -> String {
    a.isEmpty ? b : b.isEmpty ? a : "\(a)/\(b)"
  }

  /// Returns the path relative to the base; nil when it does not lie below it.
  static func below(_ base: String, _ path: String) -> String? {
    if base.isEmpty { return path }
    if base.isExactly(path) { return "" }
    guard path.utf8.starts(with: base.utf8) else { return nil }
    let rest = path.utf8.dropFirst(base.utf8.count)
    return rest.first == slash ? String(Substring(rest.dropFirst())) : nil
  }
}
