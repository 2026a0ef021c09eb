import OVABasics
import OVAByteSource

/// The block allocation table of a VHDX disk.
enum VHDXBlocks {
  private static let mebibyte: UInt64 = 1 << 20
  private static let part = "VHDX block allocation table"

  /// Judges every entry.
  static func judge(
    _ metadata: VHDXMetadata, table: Range<UInt64>, metadata region: VHDXStretch,
    _ look: inout StructureLook
  ) throws(DiskError) {
    guard let capacity = look.structure.capacity, let block = metadata.blockBytes else { return }
    let payloads = (capacity - 1) / block + 1
    // After so many blocks an entry for a bitmap of sectors follows.
    let ratio = max(1, (1 << 23) * metadata.sectorBytes / block)
    let entries =
      metadata.hasParent
      ? ((payloads - 1) / ratio + 1) * (ratio + 1) : payloads + (payloads - 1) / ratio
    let (bytes, overflow) = entries.multipliedReportingOverflow(by: 8)
    guard !overflow, bytes <= table.upperBound - table.lowerBound else {
      look.expect(
        false, part, "length", "\(bytes) bytes, which its sizes need",
        found: table.upperBound - table.lowerBound, at: table.lowerBound)
      return
    }
    var places: [(start: UInt64, index: UInt64)] = []
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
        let isBitmap = index % (ratio + 1) == ratio
        let place = table.lowerBound + index * 8
        guard let isStored = isStored(entry, isBitmap: isBitmap, metadata) else {
          look.diagnostics.add(
            .entryInvalid(
              table: part, index: index, reason: "has a state or bits that no entry has"),
            at: place)
          continue
        }
        guard isStored else { continue }
        let start = entry & ~0xF_FFFF
        let length = isBitmap ? mebibyte : block
        let name = isBitmap ? "VHDX sector bitmap" : "VHDX block"
        if start < VHDXLayout.headerAreaBytes
          || start < table.upperBound && start + length > table.lowerBound
          || start < region.end && start + length > region.start
        {
          look.diagnostics.add(.partOverlaps(part: name, offset: start), at: place)
          continue
        }
        guard look.contains(name, at: start, count: length, field: place) else { continue }
        if !isBitmap { stored += 1 }
        // More than fit the file overlap, which the first of them show.
        if UInt64(places.count) <= look.fileBytes / mebibyte { places.append((start, index)) }
      }
      position += UInt64(piece.count)
    }
    try judgeRest(table.lowerBound + bytes..<table.upperBound, &look)
    look.structure.blocks = stored
    look.structure.allocatedBytes = min(stored * block, capacity)
    places.sort { $0.start < $1.start }
    for (one, other) in zip(places, places.dropFirst()) {
      let length = one.index % (ratio + 1) == ratio ? mebibyte : block
      if other.start < one.start + length {
        look.diagnostics.add(
          .partOverlaps(part: "VHDX block", offset: other.start),
          at: table.lowerBound + other.index * 8)
      }
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
