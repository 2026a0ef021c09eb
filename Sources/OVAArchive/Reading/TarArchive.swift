public import OVABasics
public import OVAByteSource

/// A tar archive read in place: where its members lie and what is remarkable about it.
///
/// Nothing is extracted. A member's bytes are a slice of the source; see `source(of:)`.
public struct TarArchive: Sendable {
  /// The members in the archive's order, those before the damage when it is damaged.
  public let members: [ArchiveMember]
  /// The diagnostics that a rule may judge, in reading order.
  public let diagnostics: [TarDiagnostic]
  private let base: any ByteSource

  /// Lists an archive; costs one or two small reads for each member.
  ///
  /// Damage is a diagnostic, and what lies before it is read.
  /// - Throws: `ArchiveError`: `notAnArchive` or `empty` when it is no tar at all, `inputOutput`
  ///   when the bytes cannot be read, `limitExceeded` when a limit is hit.
  public static func read(
    _ source: any ByteSource, limits: Limits
  ) throws(ArchiveError) -> TarArchive {
    guard source.size > 0 else { throw .empty(source.name) }
    let input = SourceInput(source)
    try input.requireTar()
    var walk = try TarWalk(input, limits: limits)
    var members: [ArchiveMember] = []
    while let member = try walk.next() { members.append(member) }
    return TarArchive(members: members, diagnostics: walk.diagnostics, base: source)
  }

  /// The bytes of a member where they lie; nil unless it is an ordinary file.
  ///
  /// Those of a truncated member end where the archive does.
  public func source(of member: ArchiveMember) -> SliceSource? {
    guard member.kind == .file else { return nil }
    return SliceSource(
      base, start: member.dataOffset, size: member.storedSize, member: member.name)
  }
}

extension TarArchive {
  /// The block of 512 bytes at an offset, such as a member's header; nil where the archive has none
  /// there or it cannot be read.
  public func block(at offset: UInt64) -> [UInt8]? {
    guard let bytes = try? base.bytes(at: offset, count: TarHeader.length),
      bytes.count == TarHeader.length
    else { return nil }
    return bytes
  }
}

extension ArchiveError {
  /// The error for an archive of no bytes.
  static func empty(_ name: String) -> ArchiveError {
    ArchiveError(
      code: .empty, doing: "read the archive", reason: "there are no bytes", place: Place(name),
      fix: "fetch the package again")
  }
}

extension ArchiveInput {
  /// Refuses what does not begin as a tar does. One that only has a wrong checksum passes: it is
  /// an archive, a damaged one.
  func requireTar() throws(ArchiveError) {
    let start: [UInt8]
    do throws(ByteSourceError) {
      start = try look(at: 0, count: TarHeader.length)
    } catch {
      throw ArchiveError(error, doing: "read the archive")
    }
    if let header = TarHeader(start), header.isZero || header.looksLikeOne { return }
    throw ArchiveError(
      code: .notAnArchive, doing: "read the archive", reason: "it does not begin as a tar does",
      place: Place(name, offset: 0))
  }
}

extension TarHeader {
  /// True if the block is meant as a header: by its magic number, or its checksum in old archives.
  fileprivate var looksLikeOne: Bool { magic != .none || hasRightChecksum }
}
