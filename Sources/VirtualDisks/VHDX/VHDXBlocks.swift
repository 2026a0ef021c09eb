import OVABasics
import OVAByteSource

/// The block allocation table of a VHDX disk.
struct VHDXBlocks {
  private static let mebibyte: UInt64 = 1 << 20
  private static let part = "VHDX block allocation table"

  private let metadata: VHDXMetadata
  /// The bytes of the table.
  private let table: Range<UInt64>
  /// The bytes of the metadata region, which no block may use.
  private let region: VHDXStretch
  /// The size of a block in bytes.
  private let block: UInt64
  /// The number of entries for blocks after which one for a bitmap of sectors follows.
  private let ratio: UInt64

  /// Judges every entry.
  static func judge(
    _ metadata: VHDXMetadata, table: Range<UInt64>, metadata region: VHDXStretch,
    _ look: inout StructureLook
  ) throws(DiskError) {
    guard let capacity = look.structure.capacity, let block = metadata.blockBytes else { return }
    let blocks = VHDXBlocks(
      metadata: metadata, table: table, region: region, block: block,
      ratio: max(1, (1 << 23) * metadata.sectorBytes / block))
    let (bytes, overflow) = blocks.entries(capacity: capacity).multipliedReportingOverflow(by: 8)
    guard !overflow, bytes <= table.upperBound - table.lowerBound else {
      look.expect(
        false, part, "length", "\(bytes) bytes, which its sizes need",
        found: table.upperBound - table.lowerBound, at: table.lowerBound)
      return
    }
    var places: [(start: UInt64, index: UInt64)] = []
    let stored = try blocks.judgeEntries(bytes: bytes, &places, &look)
    try judgeRest(table.lowerBound + bytes..<table.upperBound, &look)
    look.structure.blocks = stored
    look.structure.allocatedBytes = min(stored * block, capacity)
    blocks.judgeOverlaps(places, &look)
  }

  /// Returns the number of entries that a disk of this many bytes, at least one, needs.
  private func entries(capacity: UInt64) -> UInt64 {
    let payloads = (capacity - 1) / block + 1
    return metadata.hasParent
      ? ((payloads - 1) / ratio + 1) * (ratio + 1) : payloads + (payloads - 1) / ratio
  }

  private func isBitmap(_ index: UInt64) -> Bool { index % (ratio + 1) == ratio }

  private func length(_ index: UInt64) -> UInt64 { isBitmap(index) ? Self.mebibyte : block }

  /// Judges each entry by itself, and returns how many blocks are stored.
  private func judgeEntries(
    bytes: UInt64, _ places: inout [(start: UInt64, index: UInt64)], _ look: inout StructureLook
  ) throws(DiskError) -> UInt64 {
    var stored: UInt64 = 0
    var position: UInt64 = 0
    while position < bytes {
      let count = min(UInt64(StructureLook.pieceBytes), bytes - position)
      let piece = try look.source.diskBytes(at: table.lowerBound + position, count: Int(count))
      if piece.isEmpty { break }
      for slot in 0..<piece.count / 8 {
        let entry = piece.number64(at: slot * 8)
        if entry == 0 { continue }
        let index = position / 8 + UInt64(slot)
        guard let start = start(of: entry, index, &look) else { continue }
        if !isBitmap(index) { stored += 1 }
        // More than fit the file overlap, which the first of them show.
        if UInt64(places.count) <= look.fileBytes / Self.mebibyte { places.append((start, index)) }
      }
      position += UInt64(piece.count)
    }
    return stored
  }

  /// Returns where the block or bitmap of an entry begins; nil if none is stored, or not where one can be.
  private func start(of entry: UInt64, _ index: UInt64, _ look: inout StructureLook) -> UInt64? {
    let place = table.lowerBound + index * 8
    guard let isStored = Self.isStored(entry, isBitmap: isBitmap(index), metadata) else {
      look.diagnostics.add(
        .entryInvalid(
          table: Self.part, index: index, reason: "has a state or bits that no entry has"),
        at: place)
      return nil
    }
    guard isStored else { return nil }
    let start = entry & ~0xF_FFFF
    let name = isBitmap(index) ? "VHDX sector bitmap" : "VHDX block"
    let length = length(index)
    if start < VHDXLayout.headerAreaBytes
      || start < table.upperBound && start + length > table.lowerBound
      || start < region.end && start + length > region.start
    {
      look.diagnostics.add(.partOverlaps(part: name, offset: start), at: place)
      return nil
    }
    return look.contains(name, at: start, count: length, field: place) ? start : nil
  }

  private func judgeOverlaps(
    _ places: [(start: UInt64, index: UInt64)], _ look: inout StructureLook
  ) {
    let sorted = places.sorted { $0.start < $1.start }
    for (one, other) in zip(sorted, sorted.dropFirst())
    where other.start < one.start + length(one.index) {
      look.diagnostics.add(
        .partOverlaps(part: "VHDX block", offset: other.start),
        at: table.lowerBound + other.index * 8)
    }
  }

  /// Behind the entries that the disk's size needs there are none.
  private static func judgeRest(
    _ rest: Range<UInt64>, _ look: inout StructureLook
  ) throws(DiskError) {
    let count = min(rest.upperBound - rest.lowerBound, UInt64(StructureLook.pieceBytes))
    let bytes = try look.source.diskBytes(at: rest.lowerBound, count: Int(count))
    guard let first = bytes.firstIndex(where: { $0 != 0 }) else { return }
    look.diagnostics.add(.clustersBeyondEnd(count: 1), at: rest.lowerBound + UInt64(first))
  }

  /// Returns whether an entry leads to something; nil for one that cannot be.
  private static func isStored(
    _ entry: UInt64, isBitmap: Bool, _ metadata: VHDXMetadata
  ) -> Bool? {
    // Bits 3 to 19 have no meaning.
    guard entry & 0xF_FFF8 == 0 else { return nil }
    let state = entry & 7
    if isBitmap { return state == 0 ? false : state == 6 && metadata.hasParent ? true : nil }
    switch state {
    case 0, 1, 2, 3: return false
    case 6: return true
    case 7: return metadata.hasParent ? true : nil
    default: return nil
    }
  }
}
