public import OVABasics

/// Something about an archive that a rule may judge.
///
/// Its place is the archive, and the offset of the header or byte in it.
public typealias TarDiagnostic = Diagnostic<TarDiagnosticKind>

/// The kinds of `TarDiagnostic`.
public enum TarDiagnosticKind: DiagnosticKind {
  /// There is no member: the bytes are zero from the start.
  case noMembers

  /// The size is in GNU's base-256 form.
  case base256Size
  /// The size is taken from an extended header, as is usual above 8 GiB.
  case paxSize(UInt64)
  /// The size in the extended header is not the one in the member's own header.
  case paxSizeDisagrees(header: UInt64, pax: UInt64)
  /// The size is negative; reading stopped there.
  case negativeSize
  /// The size field is no number, or none of 64 bits; readers differ in what they make of it.
  case unreadableSize
  /// The name is in a GNU long-name header.
  case gnuLongName
  /// The link's target is in a GNU long-link header.
  case gnuLongLink
  /// The name is taken from an extended header; a reader without them sees the other name.
  case paxPath(headerName: String)
  /// An extension gives the member an empty name: some readers take the header's, which is reported
  /// here, others none.
  case emptyExtendedName(headerName: String)
  /// The name or link target in an extended header holds a zero byte, where readers differ.
  case zeroByteInName
  /// An extended header that holds for all members that follow, with the keywords in it.
  case globalHeader(keywords: [String])
  /// The member is stored with holes.
  case sparse

  /// An earlier member, by its index, has the same name.
  case duplicateName(first: Int)
  /// The name begins with `./`.
  case dotPrefix
  /// The name begins at a root: a slash, a backslash or a drive's letter.
  case absoluteName
  /// The name has a `..` component.
  case climbingName
  /// The name is empty.
  case emptyName
  /// The name is not UTF-8.
  case nameNotUTF8
  /// The file's own name begins with `._`, as the second half of a macOS file does.
  case appleDouble

  /// The archive ends before the member does; lengths in bytes.
  case truncatedMember(expected: UInt64, present: UInt64)
  /// The archive ends inside a header, after so many of its bytes.
  case truncatedHeader(present: UInt64)
  /// An extension header is the last thing before the end, with no member to go with.
  case strayExtension
  /// A header's checksum is wrong: reading stopped there, so many bytes lie behind.
  case badChecksum(behind: UInt64)
  /// The library gave up, in its words: reading stopped there, so many bytes lie behind.
  case damaged(reason: String, behind: UInt64)
  /// The library read the member with a reservation, in its words.
  case note(String)

  /// Fewer than two zero blocks end the archive: 0 or 1.
  case endBlocks(Int)
  /// So many bytes follow the end blocks, and not all are zero; the first that is not.
  case dataAfterEnd(bytes: UInt64, firstNonZero: UInt64)
  /// So many zero bytes follow the end blocks, more than fill the last record of 10,240.
  case zerosAfterEnd(bytes: UInt64)
  /// The length of the archive is not a multiple of 512: so many bytes are over.
  case oddLength(over: Int)

  /// The facts besides kind and place.
  public struct Facts: Hashable, Sendable {
    /// The member it is about, by its index.
    public let member: Int?

    /// Makes the facts of a diagnostic about one member, or about none.
    public init(member: Int?) { self.member = member }
  }
}

extension TarDiagnostic {
  /// The member it is about, by its index.
  public var member: Int? { facts.member }
}
