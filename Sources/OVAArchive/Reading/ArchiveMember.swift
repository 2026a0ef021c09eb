import OVABasics

/// One member of a tar archive: what its header says and where its bytes lie.
///
/// A class of constants, since an archive may have as many members as its limit allows, and the table
/// of a package's files names each of them again.
public final class ArchiveMember: Sendable {
  /// The kinds of members.
  public enum Kind: Hashable, Sendable {
    /// An ordinary file; its bytes are the source's from `dataOffset` on.
    case file
    /// A folder.
    case folder
    /// A symbolic link and what it leads to. Never followed.
    case symbolicLink(target: String)
    /// A second name of an earlier member. Never followed.
    case hardLink(target: String)
    /// A character or block device.
    case device
    /// A named pipe.
    case fifo
    /// A file stored with holes: its bytes are not the source's from `dataOffset` on.
    case sparse
    /// Anything else, by the type flag of its header.
    case other(flag: UInt8)
  }

  /// The position in the archive, counted from 0.
  public let index: Int
  /// The name in UTF-8; a byte that is none is shown as `\xFF`.
  public let name: String
  /// True if the name is UTF-8 as it stands.
  public let nameIsUTF8: Bool
  /// The kind: a file, a folder, a link or a special file.
  public let kind: Kind
  /// The tar dialect of its header.
  public let dialect: TarDialect
  /// The length of the content as declared, in bytes.
  public let size: UInt64
  /// The number of its bytes in the archive: fewer than `size` when the archive ends early, and
  /// when the member is sparse. From a stream it is the declared length.
  public let storedSize: UInt64
  /// The offset in the archive of its first header, an extension's when there is one.
  public let headerOffset: UInt64
  /// The offset of its content in the archive.
  public let dataOffset: UInt64
  /// Time of the last change, in seconds since 1970 (UTC).
  public let modified: Int64
  /// The permission bits (0o7777).
  public let mode: UInt32

  /// The name's bytes as the archive has them, joined from prefix and name or from extensions.
  ///
  /// Derived from the text, so that no name is held twice.
  public var rawName: [UInt8] { FileNameText.bytes(of: name) }

  init(
    index: Int, name: String, nameIsUTF8: Bool, kind: Kind, dialect: TarDialect, size: UInt64,
    storedSize: UInt64, headerOffset: UInt64, dataOffset: UInt64, modified: Int64, mode: UInt32
  ) {
    self.index = index
    self.name = name
    self.nameIsUTF8 = nameIsUTF8
    self.kind = kind
    self.dialect = dialect
    self.size = size
    self.storedSize = storedSize
    self.headerOffset = headerOffset
    self.dataOffset = dataOffset
    self.modified = modified
    self.mode = mode
  }

  /// The member of a stream, now that its bytes have passed: it has so many of them.
  package func with(storedSize: UInt64) -> ArchiveMember {
    ArchiveMember(
      index: index, name: name, nameIsUTF8: nameIsUTF8, kind: kind, dialect: dialect, size: size,
      storedSize: min(storedSize, size), headerOffset: headerOffset, dataOffset: dataOffset,
      modified: modified, mode: mode)
  }

  /// True if the archive ends before the member's last byte.
  public var isTruncated: Bool { kind == .file && storedSize < size }
}

/// The ways in which a tar header is written.
public enum TarDialect: String, Hashable, Sendable, CaseIterable {
  /// Seventh Edition Unix: no magic number.
  case v7
  /// POSIX.1-1988, the form that the standard asks for (DSP0243 5.3).
  case ustar
  /// GNU tar's own.
  case gnu
  /// POSIX.1-2001: a ustar header with an extended header of the member's own before it.
  case pax
}
