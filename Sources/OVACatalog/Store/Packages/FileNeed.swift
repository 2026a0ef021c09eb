/// Something that is not to be deleted because a package, a machine or a disk may need it.
///
/// Written by the scanner, which sees files; read by the audit, which sees the catalog alone.
public enum FileNeed: Hashable, Sendable, Codable {
  /// The file of these numbers, by whatever name.
  case file(device: Int64, inode: Int64)
  /// Whatever lies at this path of the operating system, without links in it.
  case path(String)
  /// Every file of this name, wherever it lies; letter case and the way accents are encoded do not
  /// count.
  case name(String)
  /// Every file with this ending, in lower case: a disk says that it has a parent, and not which.
  case suffix(String)
  /// Everything in this folder, a path of the operating system with a slash at its end: what of it
  /// is needed cannot be determined.
  case folder(String)
  /// Everything in this folder and below it, down to folders that have packages of their own.
  case tree(String)
  /// Everything in this folder and below it, packages too: a library that others subscribe to.
  case below(String)
  /// Every file of so many bytes: a reference that leads nowhere says this size.
  case size(Int64)

  /// The text that is stored.
  public var text: String {
    switch self {
    case .file(let device, let inode): "file:\(device):\(inode)"
    case .path(let path): "path:\(path)"
    case .name(let name): "name:\(Self.folded(name))"
    case .suffix(let suffix): "suffix:\(suffix)"
    case .folder(let path): "folder:\(path)"
    case .tree(let path): "tree:\(path)"
    case .below(let path): "below:\(path)"
    case .size(let size): "size:\(size)"
    }
  }

  /// Reads what `text` wrote; nil for what a later version may have written.
  public init?(text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let rest = String(text[text.utf8.index(after: colon)...])
    switch text[..<colon] {
    case "file":
      let numbers = rest.split(separator: ":").compactMap { Int64($0) }
      guard numbers.count == 2 else { return nil }
      self = .file(device: numbers[0], inode: numbers[1])
    case "path": self = .path(rest)
    case "name": self = .name(rest)
    case "suffix": self = .suffix(rest)
    case "folder": self = .folder(rest)
    case "tree": self = .tree(rest)
    case "below": self = .below(rest)
    case "size":
      guard let size = Int64(rest) else { return nil }
      self = .size(size)
    default: return nil
    }
  }

  /// A name without letter case, its accents composed.
  public static func folded(_ name: String) -> String { name.lowercased() }
}
