import OVABasics
import OVAByteSource

/// Judges a VHD disk: footer, dynamic header and block allocation table. Of what blocks hold there
/// is no checksum.
enum VHDReader: StructureReader {
  private static let footerPart = "VHD footer"
  private static let headerPart = "VHD dynamic header"
  private static let tablePart = "VHD block allocation table"
  /// The most entries of a table: 2 TiB, which is all that the format can hold, in 512 KiB.
  private static let mostEntries: UInt64 = 1 << 22
  private static let unused: UInt64 = 0xFFFF_FFFF

  static func judge(_ look: inout StructureLook) throws(DiskError) {
    let size = look.fileBytes
    let head = VHDFooter(try look.source.diskBytes(at: 0, count: 512))
    let end = try readEnd(&look)
    guard let footer = (end.map(\.footer) ?? head) else {
      look.diagnostics.add(.headerIncomplete(expected: 512, found: Int(clamping: size)), at: 0)
      return
    }
    let place = end?.offset ?? 0
    let isSane = judge(footer, at: place, &look)
    guard isSane, let kind = footer.kind else {
      look.verification.unchecked.append("what its footer leads to")
      return
    }
    look.structure.variant = kind.name
    look.takeCapacity(footer.currentSize, footerPart, "current size", at: place + 48)
    guard kind != .fixed else {
      // Only dynamic disks have the copy in front, so this is none.
      look.expect(
        end != nil, footerPart, "place", "the end of the file", found: "the start", at: place)
      judgeFixed(footer, at: place, &look)
      return
    }
    if end != nil {
      if let head {
        if head != footer {
          look.diagnostics.add(
            .copyDamaged(part: "copy of the VHD footer", reason: "it differs"), at: 0)
        }
      } else {
        look.diagnostics.add(
          .copyDamaged(part: "copy of the VHD footer", reason: "there is none in front"), at: 0)
      }
    }
    try judgeDynamic(footer, end: end?.offset ?? size, kind: kind, &look)
    try judgeEnd(isThere: end != nil, &look)
    look.verification.checked.append("footer, header and block allocation table")
  }

  /// Returns whether the file ends with the footer, or where it should have.
  private static func judgeEnd(isThere: Bool, _ look: inout StructureLook) throws(DiskError) {
    if isThere || look.end > look.fileBytes { return look.reportTruncation() }
    let due = (look.end + sectorBytes - 1) / sectorBytes * sectorBytes
    let bytes = try look.source.diskBytes(at: due, count: 512)
    if VHDFooter(bytes) != nil {
      look.diagnostics.add(.trailingData(bytes: look.fileBytes - due - 512), at: due + 512)
    } else {
      look.diagnostics.add(.truncated(missing: 512, atLeast: true), at: look.fileBytes)
    }
  }

  /// The footer at the end of the file.
  private static func readEnd(
    _ look: inout StructureLook
  ) throws(DiskError) -> (footer: VHDFooter, offset: UInt64)? {
    let size = look.fileBytes
    guard size >= 512 else { return nil }
    let tail = try look.source.diskBytes(at: size - 512, count: 512)
    if let footer = VHDFooter(tail) { return (footer, size - 512) }
    return VHDFooter(Array(tail.dropFirst())).map { ($0, size - 511) }
  }

  private static func judge(
    _ footer: VHDFooter, at place: UInt64, _ look: inout StructureLook
  ) -> Bool {
    let before = look.diagnostics.count
    if footer.checksum != footer.expectedChecksum {
      look.diagnostics.add(
        .checksumDiffers(
          part: footerPart, expected: footer.checksum, found: footer.expectedChecksum),
        at: place + 64)
    }
    look.expect(
      footer.version == 0x10000, footerPart, "version", "0x10000",
      found: footer.version.hexadecimal, at: place + 12)
    look.expect(
      footer.kind != nil, footerPart, "disk type", "2, 3 or 4", found: footer.kindNumber,
      at: place + 60)
    let isSane = look.diagnostics.count == before
    if footer.isSaved { look.diagnostics.add(.savedState, at: place + 84) }
    let usual = min(footer.geometrySectors, 65_535 * 16 * 255) * sectorBytes
    if footer.geometrySectors < 65_535 * 16 * 255, usual != 0, footer.currentSize < usual {
      look.diagnostics.add(
        .valueUnusual(
          part: footerPart, field: "geometry", expected: "at most \(footer.currentSize) bytes",
          found: "\(usual) bytes"), at: place + 56)
    }
    return isSane
  }

  private static func judgeFixed(
    _ footer: VHDFooter, at place: UInt64, _ look: inout StructureLook
  ) {
    look.structure.allocatedBytes = footer.currentSize
    if place < footer.currentSize {
      look.diagnostics.add(
        .truncated(missing: footer.currentSize - place, atLeast: false), at: place)
    } else if place > footer.currentSize {
      look.diagnostics.add(
        .valueUnusual(
          part: footerPart, field: "current size", expected: "\(place), where the footer begins",
          found: "\(footer.currentSize)"), at: place + 48)
    }
    if footer.dataOffset != .max {
      look.diagnostics.add(
        .valueUnusual(
          part: footerPart, field: "data offset", expected: "0xffffffffffffffff",
          found: footer.dataOffset.hexadecimal), at: place + 16)
    }
    look.verification.checked.append("the footer; what it holds has no checksums")
  }

  // MARK: - Dynamic disks

  private static func judgeDynamic(
    _ footer: VHDFooter, end: UInt64, kind: VHDFooter.Kind, _ look: inout StructureLook
  ) throws(DiskError) {
    let start = footer.dataOffset
    guard let header = try look.read(headerPart, at: start, count: 1024, field: 16) else { return }
    let before = look.diagnostics.count
    look.expect(
      header.has("cxsparse"), headerPart, "cookie", "cxsparse", found: "something else", at: start)
    let expected = VHDFooter.checksum(of: header, hole: 36)
    let found = UInt32(truncatingIfNeeded: header.bigNumber(at: 36, 4))
    if expected != found {
      look.diagnostics.add(
        .checksumDiffers(part: headerPart, expected: found, found: expected), at: start + 36)
    }
    let version = UInt32(truncatingIfNeeded: header.bigNumber(at: 24, 4))
    look.expect(
      version == 0x10000, headerPart, "version", "0x10000", found: version.hexadecimal,
      at: start + 24)
    let table = header.bigNumber(at: 16, 8)
    let entries = header.bigNumber(at: 28, 4)
    let block = header.bigNumber(at: 32, 4)
    let needed = block > 0 ? (max(footer.currentSize, 1) - 1) / block + 1 : 0
    look.expect(
      block >= sectorBytes && block.nonzeroBitCount == 1, headerPart, "block size",
      "a power of two", found: block, at: start + 32)
    look.expect(
      entries >= needed && entries <= mostEntries, headerPart, "max table entries",
      "\(needed), which the size needs", found: entries, at: start + 28)
    if look.diagnostics.count == before {
      look.structure.blockBytes = block
      try judgeTable(
        at: table, entries: needed, block: block, footer: footer, end: end, field: start + 16,
        &look)
    } else {
      look.verification.unchecked.append("what its header leads to")
    }
    if kind == .differencing {
      let id = Hex.text(header[40..<56])
      let units = (0..<256).map { UInt16(truncatingIfNeeded: header.bigNumber(at: 64 + $0 * 2, 2)) }
      let name = String(decoding: units.prefix { $0 != 0 }, as: UTF16.self)
      let base = name.isEmpty ? nil : name
      look.structure.base = DiskBase(name: base, contentID: id, format: "vhd")
      look.diagnostics.add(.changesTo(base: base), at: start + 64)
      look.verification.unchecked.append("what it takes from its parent")
    }
  }

  private static func judgeTable(
    at table: UInt64, entries: UInt64, block: UInt64, footer: VHDFooter, end: UInt64,
    field: UInt64, _ look: inout StructureLook
  ) throws(DiskError) {
    guard let bytes = try look.read(tablePart, at: table, count: entries * 4, field: field) else {
      return
    }
    let bitmap = (block / sectorBytes / 8 + sectorBytes - 1) / sectorBytes * sectorBytes
    let length = block + bitmap
    // The header, the copy of the footer and the table itself: no block may lie across them.
    let metadata = [
      0..<VHDFooter.bytes, footer.dataOffset..<footer.dataOffset + 1024,
      table..<table + max(entries * 4, 1),
    ]
    var blocks: [(sector: UInt64, index: UInt64)] = []
    for index in 0..<entries {
      let sector = bytes.bigNumber(at: Int(index) * 4, 4)
      if sector == unused { continue }
      let offset = sector * sectorBytes
      let place = table + index * 4
      if metadata.contains(where: { $0.lowerBound < offset + length && offset < $0.upperBound }) {
        look.diagnostics.add(.partOverlaps(part: "VHD block \(index)", offset: offset), at: place)
        continue
      }
      look.contains("VHD block \(index)", at: offset, count: length, field: place)
      if offset + length > end, offset + length <= look.fileBytes {
        look.diagnostics.add(.partOverlaps(part: "VHD block \(index)", offset: offset), at: place)
      }
      blocks.append((sector, index))
    }
    look.structure.blocks = UInt64(blocks.count)
    look.structure.allocatedBytes = min(UInt64(blocks.count) * block, footer.currentSize)
    blocks.sort { $0.sector < $1.sector }
    for (one, other) in zip(blocks, blocks.dropFirst())
    where other.sector * sectorBytes < one.sector * sectorBytes + length {
      look.diagnostics.add(
        .partOverlaps(part: "VHD block \(other.index)", offset: other.sector * sectorBytes),
        at: table + other.index * 4)
    }
  }
}
