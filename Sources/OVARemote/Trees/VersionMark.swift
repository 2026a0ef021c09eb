import Crypto
import Foundation
import OVABasics
import OVAByteSource

/// The mark of a version of a file in a list.
enum VersionMark {
  /// The mark of a path with an ETag, whose quotes do not matter; nil for none.
  static func of(_ path: String, tag: String?) -> UInt64 {
    var bytes = Data(path.utf8)
    if let tag {
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: plain(tag).utf8)
    }
    return SHA256.hash(data: bytes).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The tag without quotes and without the sign that it is a weak one.
  private static func plain(_ tag: String) -> Substring {
    var plain = Substring(tag.trimmed)
    if plain.hasPrefix("W/") { plain = plain.dropFirst(2) }
    if plain.utf8.count > 1, plain.hasPrefix("\""), plain.hasSuffix("\"") {
      plain = plain.dropFirst().dropLast()
    }
    return plain
  }
}

extension ListedFile {
  /// A file with what its list tells of its version.
  init(_ path: String, size: UInt64, modified: Int64?, tag: String?) {
    self.init(
      path: path, size: size, modified: modified ?? 0, mark: VersionMark.of(path, tag: tag))
  }

  /// Returns whether an answer may be of the version that was listed.
  /// - Parameter tagDecides: whether lists and answers have the same tags, as those of buckets do;
  ///   else the time may tell as well.
  func mayBe(_ version: RemoteVersion, tagDecides: Bool) -> Bool {
    if let size = version.size, size != self.size { return false }
    if let tag = version.tag, VersionMark.of(path, tag: tag) == mark { return true }
    if tagDecides, version.tag != nil { return false }
    if modified != 0, let seconds = version.modified.flatMap(HTTPDate.seconds) {
      return seconds == modified.quotientAndRemainder(dividingBy: 1_000_000_000).quotient
    }
    return version.tag == nil || mark == VersionMark.of(path, tag: nil)
  }
}
