public import OVAArchive
public import OVABasics
public import OVAByteSource

/// One file of a package, where it lies.
///
/// A class of constants, since each copy of so many fields would cost more than most looks at them.
public final class PackageFile: Sendable {
  /// The kind of a file system entry or member.
  public enum Kind: Hashable, Sendable {
    /// Bytes that can be read.
    case file
    /// A folder.
    case folder
    /// A symbolic or hard link that is not followed, with its target as far as known.
    case link(target: String?)
    /// A sparse member, device, pipe or other thing whose bytes are not a file's.
    case special(String)
  }

  /// The path relative to the descriptor's package, normalized where that is possible.
  public let path: PackagePath?
  /// The name as the archive or folder has it.
  public let writtenName: String
  /// The kind of the file.
  public let kind: Kind
  /// Its length in bytes as declared by the archive, or as it is in a folder.
  public let size: UInt64
  /// Its bytes; nil for what is no file.
  public let source: (any ByteSource)?
  /// The member, in an archive.
  public let member: ArchiveMember?
  /// Time of the last change of the content, in seconds since 1970 (UTC).
  public let modified: Int64
  private let location: Location

  /// The place of the file in findings.
  ///
  /// Made when it is asked for: most files have nothing said of them, and an archive may have as
  /// many as its limit allows.
  public var place: Place {
    switch location {
    case .member(let archive): Place("\(archive)/\(name)")
    case .path(let path): Place(path)
    }
  }

  /// The text from which places are made.
  package enum Location: Sendable {
    /// The name of the archive whose member it is.
    case member(of: String)
    /// The path of a file of its own.
    case path(String)
  }
  /// The number of its bytes that are there; fewer than `size` when the archive was cut.
  public var storedSize: UInt64 { source?.size ?? 0 }
  /// The normalized path, or the name as written where there is none.
  public var name: String { path?.text ?? writtenName }

  /// Makes a file from its parts.
  package init(
    path: PackagePath?, writtenName: String, kind: Kind, size: UInt64,
    source: (any ByteSource)?, member: ArchiveMember?, modified: Int64, location: Location
  ) {
    self.path = path
    self.writtenName = writtenName
    self.kind = kind
    self.size = size
    self.source = source
    self.member = member
    self.modified = modified
    self.location = location
  }

  /// The same file, whose bytes are read of another source.
  func with(source: any ByteSource) -> PackageFile {
    PackageFile(
      path: path, writtenName: writtenName, kind: kind, size: size, source: source, member: member,
      modified: modified, location: location)
  }
}

extension PackageFile {
  /// True if it is the second half of a macOS file, which no package means.
  package var isAppleDouble: Bool {
    writtenName.lastComponent.utf8.starts(with: "._".utf8)
  }
}
