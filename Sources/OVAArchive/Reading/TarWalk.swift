import CArchive
import OVABasics
import OVAByteSource

/// Goes through an input from member to member and gathers what can be said of each.
struct TarWalk {
  let input: any ArchiveInput
  let handle: ReadHandle
  private(set) var diagnostics: [TarDiagnostic] = []
  private let limits: Limits
  private var count = 0
  /// The members' names so far, in the form in which they are compared, and the first index of each.
  private var names: [ExactName: Int] = [:]
  private(set) var last: ArchiveMember?
  private var isOver = false

  init(_ input: any ArchiveInput, limits: Limits) throws(ArchiveError) {
    self.input = input
    self.limits = limits
    handle = try ReadHandle(input)
  }

  /// The next member; nil when there is none, whatever the reason, which is then among the facts.
  mutating func next() throws(ArchiveError) -> ArchiveMember? {
    guard !isOver else { return nil }
    switch try handle.next() {
    case .member(let entry):
      if let member = try member(entry) { return member }
      try describeDamage(entry.note ?? "a header without a name or size")
    case .end: try describeEnd()
    case .damaged(let reason): try describeDamage(reason)
    }
    isOver = true
    return nil
  }

  mutating func add(_ kind: TarDiagnosticKind, at offset: UInt64, member: Int? = nil) {
    diagnostics.append(
      TarDiagnostic(
        kind, at: Place(input.name, offset: offset), facts: TarDiagnosticKind.Facts(member: member))
    )
  }

  func limitExceeded(_ name: String, _ limit: Int, at offset: UInt64) -> ArchiveError {
    ArchiveError(
      code: .limitExceeded, doing: "read the archive",
      reason: "more than the limit '\(name)' of \(limit)", place: Place(input.name, offset: offset))
  }

  /// Nil when the header describes no member.
  private mutating func member(_ entry: ReadHandle.RawEntry) throws(ArchiveError) -> ArchiveMember?
  {
    let headerOffset = handle.headerOffset
    let dataOffset = handle.offset
    guard count < limits.members else {
      throw limitExceeded("members", limits.members, at: headerOffset)
    }
    guard let rawName = entry.name, entry.size >= 0 else { return nil }
    let chain = try handle.chain()
    guard rawName.count <= limits.nameBytes else {
      throw limitExceeded("nameBytes", limits.nameBytes, at: headerOffset)
    }
    // A name is there several times: as written, as a path, in places and in indices.
    let held = 16 * max(0, rawName.count - 128) + (entry.symbolicLink?.count ?? 0)
    guard limits.take(held + (entry.hardLink?.count ?? 0), of: .heldBytes) else {
      throw ArchiveError(
        code: .limitExceeded, doing: "read the archive", reason: limits.excess(of: .heldBytes),
        place: Place(input.name, offset: headerOffset))
    }
    let name = FileNameText.text(of: rawName)
    let isUTF8 = String(validating: rawName, as: UTF8.self) != nil
    let size = UInt64(entry.size)
    let kind = kind(entry, chain: chain)
    let there = input.size.map { $0 - min(dataOffset, $0) } ?? .max
    let stored = kind == .sparse ? chain.storedSize ?? 0 : size
    let member = ArchiveMember(
      index: count, name: name, nameIsUTF8: isUTF8, kind: kind, dialect: chain.dialect, size: size,
      storedSize: min(stored, there), headerOffset: headerOffset, dataOffset: dataOffset,
      modified: entry.modified, mode: entry.mode)
    count += 1
    last = member
    record(member, rawName, chain: chain, note: entry.note)
    return member
  }

  private mutating func record(
    _ member: ArchiveMember, _ rawName: [UInt8], chain: HeaderChain, note: String?
  ) {
    for found in chain.found { add(found.kind, at: found.offset, member: member.index) }
    for kind in MemberName.kinds(rawName) {
      add(kind, at: member.headerOffset, member: member.index)
    }
    if !member.nameIsUTF8 { add(.nameNotUTF8, at: member.headerOffset, member: member.index) }
    if let note {
      add(.note(note), at: member.headerOffset, member: member.index)
    }
    // Most names are in that form, and then the key shares the member's text.
    let canonical = MemberName.canonical(rawName)
    let key = ExactName(canonical == rawName ? member.name : FileNameText.text(of: canonical))
    if let first = names[key] {
      add(.duplicateName(first: first), at: member.headerOffset, member: member.index)
    } else {
      names[key] = member.index
    }
  }

  private func kind(_ entry: ReadHandle.RawEntry, chain: HeaderChain) -> ArchiveMember.Kind {
    if let target = entry.hardLink { return .hardLink(target: FileNameText.text(of: target)) }
    switch entry.type {
    case mode_t(S_IFDIR): return .folder
    case mode_t(S_IFLNK):
      return .symbolicLink(target: FileNameText.text(of: entry.symbolicLink ?? []))
    case mode_t(S_IFCHR), mode_t(S_IFBLK): return .device
    case mode_t(S_IFIFO): return .fifo
    default: break
    }
    if chain.isSparse { return .sparse }
    switch chain.typeFlag {
    case nil, 0, UInt8(ascii: "0"), UInt8(ascii: "7"): return .file
    case .some(let flag): return .other(flag: flag)
    }
  }

  func look(at offset: UInt64, count: Int) throws(ArchiveError) -> [UInt8] {
    do throws(ByteSourceError) {
      return try input.look(at: offset, count: count)
    } catch {
      throw ArchiveError(error, doing: "read the archive")
    }
  }
}
