import OVABasics
import OVAByteSource

/// Judges a VHDX disk: headers, log, region and metadata tables, block allocation table ([MS-VHDX]).
/// Of what blocks hold there is no checksum.
enum VHDXReader: StructureReader {
  private static let mebibyte: UInt64 = 1 << 20

  static func judge(_ look: inout StructureLook) throws(DiskError) {
    guard look.fileBytes >= VHDXLayout.headerAreaBytes else {
      look.diagnostics.add(
        .headerIncomplete(
          expected: Int(VHDXLayout.headerAreaBytes), found: Int(clamping: look.fileBytes)), at: 0)
      return
    }
    let header = try readHeader(&look)
    let regions = try readRegions(&look)
    guard let regions else { return }
    defer { look.reportTruncation() }
    let metadata = try VHDXMetadata.read(regions.metadata, &look)
    if let capacity = metadata?.capacity {
      look.takeCapacity(capacity, "VHDX metadata", "virtual disk size", at: regions.metadata.start)
    }
    if let header { try judgeLog(header, &look) }
    guard let metadata, let block = metadata.blockBytes, look.structure.capacity != nil else {
      look.verification.unchecked.append("what its metadata lead to")
      return
    }
    look.structure.blockBytes = block
    look.structure.variant =
      metadata.hasParent ? "differencing" : metadata.isFixed ? "fixed" : "dynamic"
    try VHDXBlocks.judge(metadata, table: regions.blocks, metadata: regions.metadata, &look)
    if metadata.hasParent {
      look.structure.base = DiskBase(name: metadata.parentName, contentID: nil, format: "vhdx")
      look.diagnostics.add(.changesTo(base: metadata.parentName), at: regions.metadata.start)
      look.verification.unchecked.append("what it takes from its parent")
    }
    look.verification.checked.append(
      "headers, region table, metadata and block allocation table; blocks have no checksums")
  }

  // MARK: - Headers

  /// The header that counts; the other copy may be of before the last change.
  private static func readHeader(
    _ look: inout StructureLook
  ) throws(DiskError) -> VHDXHeader? {
    var found: [VHDXHeader] = []
    var broken: [(part: String, reason: String, offset: UInt64)] = []
    for (index, offset) in VHDXLayout.headerOffsets.enumerated() {
      let bytes = try look.source.diskBytes(at: offset, count: 4096)
      let part = "VHDX header \(index + 1)"
      guard bytes.has("head") else {
        broken.append((part, "it has no signature", offset))
        continue
      }
      let sum = CRC32C.of(bytes, hole: 4)
      guard sum == bytes.number32(at: 4) else {
        broken.append((part, "its checksum is wrong", offset))
        continue
      }
      found.append(VHDXHeader(bytes, offset: offset))
    }
    guard let header = found.max(by: { $0.sequence < $1.sequence }) else {
      look.expect(
        false, "VHDX header", "signature and checksum", "right in one of two copies",
        found: "wrong in both", at: VHDXLayout.headerOffsets[0])
      return nil
    }
    for (part, reason, offset) in broken {
      look.diagnostics.add(.copyDamaged(part: part, reason: reason), at: offset)
    }
    if found.count == 2, found[0].sequence == found[1].sequence, found[0] != found[1] {
      look.diagnostics.add(
        .copyDamaged(part: "VHDX header 2", reason: "both have one sequence number"),
        at: VHDXLayout.headerOffsets[1])
    }
    look.expect(
      header.version == 1, "VHDX header", "version", "1", found: header.version,
      at: header.offset + 66)
    return header
  }

  private static func judgeLog(
    _ header: VHDXHeader, _ look: inout StructureLook
  ) throws(DiskError) {
    look.expect(
      header.logOffset >= mebibyte && header.logOffset % mebibyte == 0
        && header.logBytes % UInt32(mebibyte) == 0, "VHDX header", "place of the log",
      "whole mebibytes behind the first",
      found: "\(header.logBytes) bytes from \(header.logOffset)",
      at: header.offset + 68)
    look.contains(
      "VHDX log", at: header.logOffset, count: UInt64(header.logBytes), field: header.offset + 72)
    guard !header.logIdentifier.isAllZero else { return }
    look.expect(
      header.logVersion == 0, "VHDX header", "log version", "0", found: header.logVersion,
      at: header.offset + 64)
    look.diagnostics.add(.logPending, at: header.offset + 48)
    look.verification.unchecked.append("what its log changes when it is opened")
  }

  // MARK: - Regions

  private static func readRegions(
    _ look: inout StructureLook
  ) throws(DiskError) -> VHDXRegions? {
    var found: [(table: [UInt8], offset: UInt64)] = []
    var broken: [(part: String, reason: String, offset: UInt64)] = []
    for (index, offset) in VHDXLayout.regionOffsets.enumerated() {
      let bytes = try look.source.diskBytes(at: offset, count: Int(VHDXLayout.regionTableBytes))
      let part = "VHDX region table \(index + 1)"
      if bytes.count < Int(VHDXLayout.regionTableBytes) || !bytes.has("regi") {
        broken.append((part, "it has no signature", offset))
      } else if CRC32C.of(bytes, hole: 4) != bytes.number32(at: 4) {
        broken.append((part, "its checksum is wrong", offset))
      } else {
        found.append((bytes, offset))
      }
    }
    guard let (table, offset) = found.first else {
      look.expect(
        false, "VHDX region table", "signature and checksum", "right in one of two copies",
        found: "wrong in both", at: VHDXLayout.regionOffsets[0])
      return nil
    }
    for (part, reason, offset) in broken {
      look.diagnostics.add(.copyDamaged(part: part, reason: reason), at: offset)
    }
    if found.count == 2, found[0].table != found[1].table {
      look.diagnostics.add(
        .copyDamaged(part: "VHDX region table 2", reason: "it differs"),
        at: VHDXLayout.regionOffsets[1])
    }
    return judge(table, at: offset, &look)
  }

  private static func judge(
    _ table: [UInt8], at offset: UInt64, _ look: inout StructureLook
  ) -> VHDXRegions? {
    let count = table.number32(at: 8)
    look.expect(
      count <= 2047, "VHDX region table", "number of entries", "up to 2,047", found: count,
      at: offset + 8)
    var blocks: Range<UInt64>?
    var metadata: Range<UInt64>?
    for index in 0..<Int(min(count, 2047)) {
      let start = 16 + index * 32
      let identifier = Array(table[start..<start + 16])
      let (place, bytes) = (table.number64(at: start + 16), UInt64(table.number32(at: start + 24)))
      let name: String
      switch identifier {
      case VHDXLayout.blocks: name = "VHDX block allocation table"
      case VHDXLayout.metadata: name = "VHDX metadata region"
      default:
        if table.number32(at: start + 28) & 1 == 1 {
          look.expect(
            false, "VHDX region table", "entry \(index)", "a known region",
            found: "an unknown one that is required", at: offset + UInt64(start))
        }
        continue
      }
      let field = offset + UInt64(start) + 16
      if place < mebibyte || place % mebibyte != 0 || bytes == 0 || bytes % mebibyte != 0 {
        look.diagnostics.add(.partMisaligned(part: name, offset: place, unit: mebibyte), at: field)
        continue
      }
      guard look.contains(name, at: place, count: bytes, field: field) else { continue }
      if identifier == VHDXLayout.blocks {
        blocks = place..<place + bytes
      } else {
        metadata = place..<place + bytes
      }
    }
    guard let blocks, let metadata else {
      look.expect(
        false, "VHDX region table", "set of regions", "block allocation table and metadata",
        found: "an incomplete one", at: offset)
      look.reportTruncation()
      return nil
    }
    if blocks.overlaps(metadata) {
      look.diagnostics.add(
        .partOverlaps(part: "VHDX metadata region", offset: metadata.lowerBound), at: offset)
    }
    return VHDXRegions(blocks: blocks, metadata: VHDXStretch(metadata))
  }
}
