import OVABasics
import OVAByteSource

/// A GUID partition table (UEFI specification, chapter 5); all numbers are little-endian.
enum GUIDPartitionTable {
  private static let part = "GUID partition table"
  private static let copy = "GUID partition table at the end"
  /// The most bytes of entries: 128 entries of 128 bytes are usual.
  private static let mostBytes: UInt64 = 1 << 20

  /// One of the two headers.
  private struct Header {
    let own: UInt64
    let other: UInt64
    let firstUsable: UInt64
    let lastUsable: UInt64
    let entries: UInt64
    let count: UInt64
    let entryBytes: UInt64
    let entriesSum: UInt32

    /// Nil where the bytes are no header whose checksum is right.
    init?(_ bytes: [UInt8]) {
      let size = Int(bytes.number32(at: 12))
      guard bytes.has("EFI PART"), size >= 92, size <= bytes.count else { return nil }
      var covered = Array(bytes.prefix(size))
      for index in 16..<20 { covered[index] = 0 }
      guard crc32(covered) == bytes.number32(at: 16) else { return nil }
      own = bytes.number64(at: 24)
      other = bytes.number64(at: 32)
      firstUsable = bytes.number64(at: 40)
      lastUsable = bytes.number64(at: 48)
      entries = bytes.number64(at: 72)
      count = UInt64(bytes.number32(at: 80))
      entryBytes = UInt64(bytes.number32(at: 84))
      entriesSum = bytes.number32(at: 88)
    }
  }

  static func judge(sector: UInt64, _ look: inout StructureLook) throws(DiskError) {
    let sectors = look.fileBytes / sector
    let front = Header(try look.source.diskBytes(at: sector, count: Int(sector)))
    let last = sectors > 1 ? sectors - 1 : 0
    guard let front else {
      let end = Header(try look.source.diskBytes(at: last * sector, count: Int(sector)))
      if end == nil {
        look.expect(
          false, part, "checksum", "right in one of two copies", found: "wrong", at: sector + 16)
      } else {
        look.diagnostics.add(
          .copyDamaged(part: part, reason: "its checksum is wrong"), at: sector + 16)
      }
      return
    }
    look.expect(front.own == 1, part, "own place", "1", found: front.own, at: sector + 24)
    guard front.other < sectors else {
      let (end, overflow) =
        front.other.addingWithin(1)?.multipliedReportingOverflow(by: sector)
        ?? (0, true)
      if overflow || end > UInt64(Int64.max) {
        look.expect(
          false, part, "place of the copy", "a sector of the disk", found: front.other,
          at: sector + 32)
      } else {
        look.diagnostics.add(
          .truncated(missing: end - look.fileBytes, atLeast: false), at: look.fileBytes)
      }
      try judgeEntries(front, sector: sector, sectors: sectors, part, &look)
      return
    }
    try judgeEntries(front, sector: sector, sectors: sectors, part, &look)
    let bytes = try look.source.diskBytes(at: front.other * sector, count: Int(sector))
    guard let end = Header(bytes) else {
      look.diagnostics.add(
        .copyDamaged(part: copy, reason: "its signature or checksum is wrong"),
        at: front.other * sector)
      return
    }
    if end.entriesSum != front.entriesSum || end.firstUsable != front.firstUsable {
      look.diagnostics.add(
        .copyDamaged(part: copy, reason: "it differs from the one in front"),
        at: front.other * sector)
    }
    let (start, count) = (end.entries, end.count * end.entryBytes)
    let inside =
      end.entryBytes >= 128 && count <= mostBytes && start < sectors
      && start * sector + count <= look.fileBytes
    let entries =
      inside
      ? try look.source.diskBytes(at: start * sector, count: Int(count)) : []
    if entries.isEmpty || crc32(entries) != end.entriesSum {
      look.diagnostics.add(
        .copyDamaged(part: copy, reason: "the checksum of its entries is wrong"),
        at: front.other * sector + 88)
    }
  }

  private static func judgeEntries(
    _ header: Header, sector: UInt64, sectors: UInt64, _ part: String, _ look: inout StructureLook
  ) throws(DiskError) {
    look.expect(
      header.entryBytes >= 128 && header.entryBytes <= 4096
        && header.count * header.entryBytes <= mostBytes, part, "set of entries",
      "entries of at least 128 bytes, 1 MiB in all at most",
      found: "\(header.count) of \(header.entryBytes) bytes", at: sector + 80)
    let (start, overflow) = header.entries.multipliedReportingOverflow(by: sector)
    guard header.entryBytes >= 128, header.entryBytes <= 4096, !overflow,
      header.count * header.entryBytes <= mostBytes,
      let bytes = try look.read(
        "set of partition entries", at: start, count: header.count * header.entryBytes,
        field: sector + 72)
    else { return }
    if crc32(bytes) != header.entriesSum {
      look.diagnostics.add(
        .checksumDiffers(
          part: "set of partition entries", expected: header.entriesSum, found: crc32(bytes)),
        at: sector + 88)
    }
    for number in 0..<Int(header.count) {
      let base = number * Int(header.entryBytes)
      if bytes[base..<base + 16].allSatisfy({ $0 == 0 }) { continue }
      let (first, last) = (bytes.number64(at: base + 32), bytes.number64(at: base + 40))
      let place = start + UInt64(base)
      if first > last || first < header.firstUsable || last > header.lastUsable {
        look.diagnostics.add(
          .entryInvalid(
            table: part, index: UInt64(number),
            reason: "has sectors \(first) to \(last), not some "
              + "of \(header.firstUsable) to \(header.lastUsable)"), at: place + 32)
      } else if last >= sectors {
        look.diagnostics.add(
          .partitionOutside(
            number: number + 1, end: last.addingWithin(1) ?? last,
            fileSectors: sectors), at: place + 40)
      }
    }
  }

  /// A record that stands for a table which is not there.
  static func judgeMissing(_ look: inout StructureLook) throws(DiskError) {
    let sectors = look.fileBytes / sectorBytes
    let end = Header(
      try look.source.diskBytes(at: (max(sectors, 1) - 1) * sectorBytes, count: 512))
    let reason = "its signature is not there"
    if end != nil {
      look.diagnostics.add(.copyDamaged(part: part, reason: reason), at: 512)
    } else {
      look.expect(false, part, "signature", "there", found: "missing", at: 512)
    }
  }
}
