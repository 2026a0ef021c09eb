public import OVABasics
import OVFXML

/// A file's path inside a package: relative, without `.` and `..`, safe to look for.
public struct PackagePath: Hashable, Sendable {
  /// The components joined by slashes.
  public let text: String

  /// The reason why a path may not be followed.
  public enum Fault: String, Error, Hashable, Sendable {
    /// It begins at a root or a drive.
    case absolute = "is absolute"
    /// It climbs out of the package's folder.
    case climbs = "climbs out of the package"
    /// It holds a zero byte.
    case zeroByte = "holds a zero byte"
    /// It separates folders by backslashes, which some systems follow.
    case backslash = "holds a backslash"
    /// It names nothing.
    case empty = "is empty"
    /// It is longer than `Limits.nameBytes`.
    case tooLong = "is longer than the limit 'nameBytes'"
  }

  /// Normalizes a path as written: `./` and doubled slashes go, `a/../b` becomes `b`.
  ///
  /// - Parameters:
  ///   - written: the path, percent-decoded where it was a URL.
  ///   - folder: the folder that it is relative to; empty for the package's own.
  ///   - limits: how long it may be.
  public static func read(
    _ written: String, in folder: String = "", limits: Limits
  ) -> Result<PackagePath, Fault> {
    if folder.isEmpty, isPlainName(written), written.utf8.count <= limits.nameBytes {
      return .success(PackagePath(text: written))
    }
    let bytes = Array(written.utf8)
    if bytes.count > limits.nameBytes { return .failure(.tooLong) }
    if bytes.contains(0) { return .failure(.zeroByte) }
    if bytes.first == UInt8(ascii: "/") || startsWithDrive(bytes) { return .failure(.absolute) }
    if written.fileSystemBytes.contains(UInt8(ascii: "\\")) { return .failure(.backslash) }
    var parts = folder.split(separator: "/").map(String.init)
    for part in written.unicodeScalars.split(separator: "/") {
      switch String(part) {
      case ".": continue
      case "..":
        if parts.isEmpty { return .failure(.climbs) }
        parts.removeLast()
      case let name: parts.append(name)
      }
    }
    let text = parts.joined(separator: "/")
    // `./C:` leads where `C:` does.
    if startsWithDrive(Array(text.utf8)) { return .failure(.absolute) }
    return text.isEmpty ? .failure(.empty) : .success(PackagePath(text: text))
  }

  /// The last component.
  public var name: String { text.lastComponent }

  /// The folder it lies in, without a slash at the end; empty at the top.
  public var folder: String {
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(text[..<slash])
  }

  /// Returns whether it is a name of letters, digits and the like, at which there is nothing to
  /// normalize: most are.
  private static func isPlainName(_ written: String) -> Bool {
    guard let first = written.utf8.first, first != UInt8(ascii: ".") else { return false }
    return written.utf8.allSatisfy { byte in
      byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "\\")
        && byte != UInt8(ascii: ":")
    }
  }

  private static func startsWithDrive(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 1, bytes[1] == UInt8(ascii: ":") else { return false }
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[0] | 0x20)
  }

  /// Two paths are one when their bytes are.
  public static func == (a: PackagePath, b: PackagePath) -> Bool {
    a.text.utf8.elementsEqual(b.text.utf8)
  }

  /// Feeds the bytes.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ExactName(text))
  }
}

extension String {
  /// The name without its last extension, and the extension in lower case without the dot.
  package var baseAndExtension: (base: String, suffix: String) {
    guard let dot = utf8.lastIndex(of: UInt8(ascii: ".")), dot != utf8.startIndex else {
      return (self, "")
    }
    return (String(self[..<dot]), self[utf8.index(after: dot)...].lowercased())
  }

  /// The text after the last slash, slashes at the end left out; all where there is none.
  package var lastComponent: String {
    let slash = UInt8(ascii: "/")
    guard let last = utf8.lastIndex(where: { $0 != slash }) else { return self }
    let end = utf8.index(after: last)
    let start = utf8[..<last].lastIndex(of: slash).map { utf8.index(after: $0) }
    if start == nil, end == endIndex { return self }
    return String(self[(start ?? startIndex)..<end])
  }

  /// Returns whether two names differ in letter case alone.
  package func equalsIgnoringCase(_ other: String) -> Bool {
    lowercased().utf8.elementsEqual(other.lowercased().utf8)
  }
}
