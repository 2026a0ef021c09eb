import OVABasics

/// The headers of one member, its extensions and its own, described from the very blocks that
/// libarchive reads them from: it does not tell how they are written.
///
/// Takes the archive's bytes as they pass, in any pieces; memory is bounded by one header and the
/// part of one extension that is looked at.
struct HeaderChain {
  /// A diagnostic and the offset of the header that shows it.
  typealias Found = (kind: TarDiagnosticKind, offset: UInt64)

  private(set) var dialect = TarDialect.v7
  /// The type flag of the member's own header; nil when that was not reached.
  private(set) var typeFlag: UInt8?
  /// The bytes that follow the member's own header, by its size field.
  private(set) var storedSize: UInt64?
  private(set) var isSparse = false
  private(set) var found: [Found] = []
  /// The offset of the first header with a wrong checksum; nil for none.
  private(set) var badChecksum: UInt64?
  /// True if the end blocks follow an extension, so that its member does not come.
  private(set) var endsInExtension = false
  /// The offset of a header that is absent or cut; nil for none.
  private(set) var missing: UInt64?

  /// The meaning of the next bytes.
  private enum State {
    case header
    /// The content of an extension whose header lies at an offset, and where the next header is.
    case extensionContent(TarHeader, at: UInt64, next: UInt64)
    case done
  }

  /// The offset of the first header.
  let start: UInt64
  private var state = State.header
  /// The offset of the header or content that is being collected.
  private var offset: UInt64
  private var gathered: [UInt8] = []
  /// The number of bytes to collect of it.
  private var wanted = TarHeader.length
  private var extensions = 0
  private var pax: PaxRecords?
  /// True if the last GNU long name before the member is empty.
  private var hasEmptyName = false

  /// More extension headers than this before one member, libarchive does not take either.
  private static let mostExtensions = 64
  /// More of one extension is not looked at; facts about what lies behind are not made.
  private static let mostPayload = 64 << 10

  /// More keywords of a header for all members are not reported.
  private static let mostKeywords = 16

  /// Begins with the header at an offset.
  init(at start: UInt64) {
    self.start = start
    offset = start
  }

  /// True once all headers are described.
  var isDone: Bool {
    if case .done = state { return true }
    return false
  }

  /// The offset of the next byte to collect.
  var position: UInt64 { offset + UInt64(gathered.count) }

  /// Takes bytes that lie at an offset of the archive; what lies before the wanted ones is passed
  /// over.
  mutating func take(_ bytes: UnsafeRawBufferPointer, at blockStart: UInt64) {
    let end = blockStart + UInt64(bytes.count)
    while !isDone, position >= blockStart, position < end {
      let first = Int(position - blockStart)
      let count = min(wanted - gathered.count, bytes.count - first)
      unsafe gathered.append(contentsOf: bytes[first..<first + count])
      guard gathered.count == wanted else { return }
      advance()
    }
  }

  /// The archive has no more bytes.
  mutating func end() {
    switch state {
    case .header: missing = offset
    case .extensionContent(_, _, let next):
      advance()
      missing = next
    case .done: return
    }
    state = .done
  }

  /// The headers before an offset alone, at which libarchive has found the member's data.
  func before(_ end: UInt64) -> HeaderChain {
    var chain = self
    chain.found.removeAll { $0.offset >= end }
    if offset >= end { chain.typeFlag = nil }
    return chain
  }

  /// Reads the bytes that were collected, and goes on to the next header.
  private mutating func advance() {
    let bytes = gathered
    gathered = []
    switch state {
    case .header: readHeader(bytes)
    case .extensionContent(let header, let place, let next):
      readExtension(header, at: place, content: bytes)
      awaitHeader(at: next)
    case .done: return
    }
  }

  private mutating func awaitHeader(at next: UInt64) {
    extensions += 1
    offset = next
    wanted = TarHeader.length
    state = extensions < Self.mostExtensions ? .header : .done
  }

  private mutating func readHeader(_ bytes: [UInt8]) {
    state = .done
    guard let header = TarHeader(bytes) else { return }
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
    guard let length = readLength(header, at: offset),
      let next = offset.adding(TarHeader.length, paddedBytes: length)
    else { return }
    let place = offset
    wanted = Int(min(length, UInt64(Self.contentLength(header))))
    offset += UInt64(TarHeader.length)
    state = .extensionContent(header, at: place, next: next)
    if wanted == 0 { advance() }
  }

  /// The bytes of an extension's content that are read.
  private static func contentLength(_ header: TarHeader) -> Int {
    switch header.typeFlag {
    case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "g"): mostPayload
    case UInt8(ascii: "L"): 1
    default: 0
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
    _ header: TarHeader, at offset: UInt64, content: [UInt8]
  ) {
    switch header.typeFlag {
    case UInt8(ascii: "x"), UInt8(ascii: "X"): pax = PaxRecords(content)
    case UInt8(ascii: "g"):
      let keywords = PaxRecords(content).entries.prefix(Self.mostKeywords).map(\.keyword)
      found.append((.globalHeader(keywords: keywords), offset))
    case UInt8(ascii: "L"):
      found.append((.gnuLongName, offset))
      hasEmptyName = content.first ?? 0 == 0
    case UInt8(ascii: "K"): found.append((.gnuLongLink, offset))
    default: break
    }
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
