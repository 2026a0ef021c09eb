import OVABasics
import OVFXML

/// An item's `HostResource`, in all the forms that are in use.
public enum HostResource: Hashable, Sendable {
  /// A disk of a disk section: `ovf:/disk/x`, `/disk/x`, `ovf://disk/x`, `ovf:disk/x`.
  case disk(String)
  /// A file of the references: the same with `file`.
  case file(String)
  /// Anything else, as written.
  case other(String)

  /// Reads a text.
  public init(_ text: String) {
    var rest = text.utf8[...]
    if text.utf8.prefix(4).map(\.lowercasedASCII).elementsEqual("ovf:".utf8) {
      rest = rest.dropFirst(4)
      for _ in 0..<2 where rest.first == UInt8(ascii: "/") { rest.removeFirst() }
    } else if rest.first == UInt8(ascii: "/") {
      rest.removeFirst()
    } else {
      self = .other(text)
      return
    }
    let id = rest.dropFirst(5)
    if rest.starts(with: "disk/".utf8), !id.isEmpty {
      self = .disk(String(Substring(id)))
    } else if rest.starts(with: "file/".utf8), !id.isEmpty {
      self = .file(String(Substring(id)))
    } else {
      self = .other(text)
    }
  }
}
