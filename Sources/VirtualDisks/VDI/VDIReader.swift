import OVABasics
import OVAByteSource

/// Judges a VirtualBox disk: header and block map. Of what blocks hold there is no checksum.
///
/// The layout is that of VirtualBox's `VDICore.h`, version 1.1; all numbers are little-endian.
enum VDIReader: StructureReader {
  private static let part = "VDI header"
  /// The bytes of a version 1.1 header, the 72 before its size among them.
  private static let headerBytes: UInt64 = 512
  /// The most blocks that a map may have here: 64 TiB of usual blocks.
  private static let mostBlocks: UInt64 = 1 << 26

  static func judge(_ look: inout StructureLook) throws(DiskError) {
    let bytes = try look.source.diskBytes(at: 0, count: 512)
    guard UInt64(bytes.count) == headerBytes else {
      look.diagnostics.add(.headerIncomplete(expected: 512, found: bytes.count), at: 0)
      return
    }
    look.takeCapacity(bytes.number64(at: 368), part, "disk size", at: 368)
    let version = bytes.number32(at: 68)
    guard version >> 16 == 1 else {
      look.expect(
        version == 0x10001, part, "version", "1.1", found: "\(version >> 16).\(version & 0xFFFF)",
        at: 68)
      look.verification.unchecked.append("a VDI disk of version \(version >> 16)")
      return
    }
    let header = VDIHeader(bytes)
    let isSane = judge(header, &look)
    defer { look.reportTruncation() }
    guard isSane, let capacity = look.structure.capacity else {
      look.verification.unchecked.append("what its header leads to")
      return
    }
    look.structure.blockBytes = UInt64(header.blockBytes)
    try judgeMap(header, capacity: capacity, &look)
    if header.kind == 3 || header.kind == 4 || header.parent.contains(where: { $0 != 0 }) {
      let id = Hex.text(header.parent)
      look.structure.base = DiskBase(name: nil, contentID: id, format: "vdi")
      look.diagnostics.add(.changesTo(base: nil), at: 440)
      look.verification.unchecked.append("what it takes from its parent")
    }
    look.verification.checked.append("header and block map; blocks have no checksums")
  }

  private static func judge(_ header: VDIHeader, _ look: inout StructureLook) -> Bool {
    let before = look.diagnostics.count
    let capacity = look.structure.capacity ?? 0
    let block = UInt64(header.blockBytes)
    look.expect(
      (0x180...1024).contains(header.bytes), part, "header size", "400", found: header.bytes,
      at: 72)
    look.expect(
      header.minor == 1, part, "version", "1.1", found: "1.\(header.minor)", at: 68)
    look.expect(
      (1...4).contains(header.kind), part, "image type", "1 to 4", found: header.kind, at: 76)
    look.expect(
      block >= 4096 && block.nonzeroBitCount == 1, part, "block size", "a power of two",
      found: block, at: 376)
    look.expect(
      capacity % sectorBytes == 0, part, "disk size", "whole sectors", found: capacity, at: 368)
    look.expect(
      header.sectorBytes == 512, part, "sector size", "512", found: header.sectorBytes, at: 360)
    let needed = block > 0 ? (max(capacity, 1) - 1) / block + 1 : 0
    look.expect(
      UInt64(header.blocks) == needed && needed <= mostBlocks, part, "number of blocks",
      "\(needed), as its sizes have it", found: header.blocks, at: 384)
    look.expect(
      header.allocated <= header.blocks, part, "number of stored blocks",
      "at most \(header.blocks)", found: header.allocated, at: 388)
    look.expect(
      header.mapOffset >= 512 && header.mapOffset % 512 == 0, part, "place of the map",
      "a sector behind the header", found: header.mapOffset, at: 340)
    let mapEnd = UInt64(header.mapOffset) + UInt64(header.blocks) * 4
    look.expect(
      UInt64(header.dataOffset) >= mapEnd && header.dataOffset % 512 == 0, part,
      "place of the first block", "a sector behind the map", found: header.dataOffset, at: 344)
    look.structure.variant =
      ["dynamic", "fixed", "undo", "differencing"].indices
        .contains(Int(header.kind) - 1)
      ? ["dynamic", "fixed", "undo", "differencing"][Int(header.kind) - 1] : nil
    return look.diagnostics.count == before
  }

  private static func judgeMap(
    _ header: VDIHeader, capacity: UInt64, _ look: inout StructureLook
  ) throws(DiskError) {
    let map = UInt64(header.mapOffset)
    let count = UInt64(header.blocks)
    guard look.contains("VDI block map", at: map, count: count * 4, field: 340) else { return }
    let stride = UInt64(header.blockBytes) + UInt64(header.extraBytes)
    look.expect(
      header.extraBytes == 0, part, "extra bytes of a block", "0", found: header.extraBytes, at: 380
    )
    var seen = [UInt64](repeating: 0, count: Int(header.allocated) / 64 + 1)
    var stored: UInt64 = 0
    var position: UInt64 = 0
    while position < count * 4 {
      let piece = min(UInt64(StructureLook.pieceBytes), count * 4 - position)
      let bytes = try look.source.diskBytes(at: map + position, count: Int(piece))
      if bytes.isEmpty { break }
      for slot in 0..<bytes.count / 4 {
        let target = bytes.number32(at: slot * 4)
        // Not stored, or stored as zeros.
        if target >= 0xFFFF_FFFE { continue }
        let index = position / 4 + UInt64(slot)
        let place = map + position + UInt64(slot) * 4
        guard target < header.allocated else {
          look.diagnostics.add(
            .entryInvalid(
              table: "VDI block map", index: index,
              reason: "leads to block \(target) of \(header.allocated)"), at: place)
          continue
        }
        if seen[Int(target / 64)] >> UInt64(target % 64) & 1 == 1 {
          look.diagnostics.add(
            .entryInvalid(
              table: "VDI block map", index: index,
              reason: "leads to block \(target), as another does"), at: place)
          continue
        }
        seen[Int(target / 64)] |= 1 << UInt64(target % 64)
        stored += 1
        let start = UInt64(header.dataOffset) + UInt64(target) * stride
        if start + stride > look.fileBytes {
          look.contains("VDI block \(target)", at: start, count: stride, field: place)
        }
      }
      position += UInt64(bytes.count)
    }
    let end = UInt64(header.dataOffset) + UInt64(header.allocated) * stride
    look.reaches(end)
    if end < look.fileBytes {
      look.diagnostics.add(.trailingData(bytes: look.fileBytes - end), at: end)
    }
    look.structure.blocks = stored
    look.structure.allocatedBytes = min(stored * UInt64(header.blockBytes), capacity)
    if stored < UInt64(header.allocated) {
      look.diagnostics.add(.clustersLeaked(count: UInt64(header.allocated) - stored), at: 388)
    }
  }
}

/// The fields of a VDI header of version 1.1.
private struct VDIHeader {
  let minor: UInt32
  let bytes: UInt32
  let kind: UInt32
  let mapOffset: UInt32
  let dataOffset: UInt32
  let sectorBytes: UInt32
  let blockBytes: UInt32
  let extraBytes: UInt32
  let blocks: UInt32
  let allocated: UInt32
  /// The identifier of the disk to which this one holds the changes; zeros for none.
  let parent: [UInt8]

  init(_ header: [UInt8]) {
    minor = header.number32(at: 68) & 0xFFFF
    bytes = header.number32(at: 72)
    kind = header.number32(at: 76)
    mapOffset = header.number32(at: 340)
    dataOffset = header.number32(at: 344)
    sectorBytes = header.number32(at: 360)
    blockBytes = header.number32(at: 376)
    extraBytes = header.number32(at: 380)
    blocks = header.number32(at: 384)
    allocated = header.number32(at: 388)
    parent = Array(header[424..<456])
  }
}
