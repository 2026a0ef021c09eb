import OVABasics
import OVAByteSource

/// The headers of one member: its extensions and its own, read again to describe them.
struct HeaderChain {
  /// A fact and the offset of the header that shows it.
  typealias Found = (kind: TarFact.Kind, offset: UInt64)

  private(set) var dialect = TarDialect.v7
  /// The type flag of the member's own header; nil when that was not reached.
  private(set) var typeFlag: UInt8?
  /// The bytes that follow the member's own header, by its size field.
  private(set) var storedSize: UInt64?
  private(set) var isSparse = false
  private(set) var found: [Found] = []
  /// Where the first header with a wrong checksum is, if one has been met.
  private(set) var badChecksum: UInt64?
  /// Whether the end blocks follow an extension, so that its member does not come.
  private(set) var endsInExtension = false
  /// Where a header should be that is not there, or not to its end.
  private(set) var missing: UInt64?

  private var pax: PaxRecords?
  /// Whether the last GNU long name before the member is empty.
  private var hasEmptyName = false

  /// More extension headers than this before one member, libarchive does not take either.
  private static let mostExtensions = 64
  /// More of one extension is not looked at; facts about what lies behind are not made.
  private static let mostPayload = 64 << 10

  /// More keywords of a header for all members are not told.
  private static let mostKeywords = 16

  /// Reads the headers from `start` to where the member's data begins.
  init(_ tape: any Tape, from start: UInt64, to end: UInt64?) throws(ByteSourceError) {
    var offset = start
    for _ in 0..<Self.mostExtensions {
      if let end, offset >= end { return }
      guard let header = TarHeader(try tape.look(at: offset, count: TarHeader.length)) else {
        missing = offset
        return
      }
      guard !header.isZero else {
        endsInExtension = offset > start
        return
      }
      guard header.hasRightChecksum else {
        badChecksum = offset
        return
      }
      guard header.isExtension else {
        readOwn(header, at: offset)
        return
      }
      let length = readLength(header, at: offset)
      guard let length, let next = offset.adding(TarHeader.length, paddedBytes: length)
      else { return }
      try readExtension(header, at: offset, length: length, tape: tape)
      offset = next
    }
  }

  private mutating func readLength(_ header: TarHeader, at offset: UInt64) -> UInt64? {
    switch header.size {
    case .octal(let size), .base256(let size): return size
    case .negative:
      found.append((.negativeSize, offset))
      return nil
    case .unreadable:
      found.append((.unreadableSize, offset))
      return nil
    }
  }

  private mutating func readExtension(
    _ header: TarHeader, at offset: UInt64, length: UInt64, tape: any Tape
  ) throws(ByteSourceError) {
    switch header.typeFlag {
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      pax = PaxRecords(try payload(at: offset, length: length, tape: tape))
    case UInt8(ascii: "g"):
      let records = PaxRecords(try payload(at: offset, length: length, tape: tape))
      found.append(
        (.globalHeader(keywords: records.entries.prefix(Self.mostKeywords).map(\.keyword)), offset))
    case UInt8(ascii: "L"):
      found.append((.gnuLongName, offset))
      let name = try payload(at: offset, length: min(length, 1), tape: tape)
      hasEmptyName = name.first ?? 0 == 0
    case UInt8(ascii: "K"): found.append((.gnuLongLink, offset))
    default: break
    }
  }

  private func payload(
    at offset: UInt64, length: UInt64, tape: any Tape
  ) throws(ByteSourceError) -> [UInt8] {
    try tape.look(
      at: offset + UInt64(TarHeader.length), count: Int(min(length, UInt64(Self.mostPayload))))
  }

  private mutating func readOwn(_ header: TarHeader, at offset: UInt64) {
    typeFlag = header.typeFlag
    dialect =
      switch header.magic {
      case .gnu: .gnu
      case .posix: pax == nil ? .ustar : .pax
      case .none: pax == nil ? .v7 : .pax
      }
    isSparse = header.typeFlag == UInt8(ascii: "S") || pax?.isSparse ?? false
    if isSparse { found.append((.sparse, offset)) }
    storedSize = readLength(header, at: offset)
    if case .base256 = header.size { found.append((.base256Size, offset)) }
    if hasEmptyName || pax?.value("path")?.isEmpty ?? false {
      found.append((.emptyExtendedName(headerName: FileNameText.text(of: header.name)), offset))
    }
    guard let pax else { return }
    if pax.value("size")?.first == UInt8(ascii: "-") { found.append((.negativeSize, offset)) }
    if let size = pax.number("size") {
      found.append((.paxSize(size), offset))
      if let own = storedSize, Self.disagrees(header: own, pax: size) {
        found.append((.paxSizeDisagrees(header: own, pax: size), offset))
      }
      storedSize = size
    }
    if pax.value("path")?.isEmpty == false {
      found.append((.paxPath(headerName: FileNameText.text(of: header.name)), offset))
    }
    if [pax.value("path"), pax.value("linkpath")].contains(where: { $0?.contains(0) ?? false }) {
      found.append((.zeroByteInName, offset))
    }
  }

  /// Above what octal holds the header's own field cannot be right: writers put zero, the largest
  /// number or the lowest bits there.
  private static func disagrees(header: UInt64, pax: UInt64) -> Bool {
    let largest: UInt64 = 0o77_777_777_777
    if pax <= largest { return header != pax }
    return header != 0 && header != largest && header != pax & largest && header != pax
  }
}

extension UInt64 {
  /// The sum with a header's length and a content's, filled up to whole blocks; nil past 64 bits.
  func adding(_ header: Int, paddedBytes length: UInt64) -> UInt64? {
    let block = UInt64(TarHeader.length)
    let (blocks, _) = length.addingReportingOverflow(block - 1)
    guard blocks >= length || length == 0 else { return nil }
    let padded = blocks / block * block
    let (sum, overflow) = addingReportingOverflow(UInt64(header))
    let (total, overflowed) = sum.addingReportingOverflow(padded)
    return overflow || overflowed ? nil : total
  }
}
