import OVABasics
import OVAByteSource

/// Judges the headers of an SESparse extent, in which VMFS 6 keeps snapshots; the layout is that of
/// qemu's reader, all numbers are little-endian and count sectors.
enum SESparseReader: StructureReader {
  private static let part = "SESparse header"

  static func judge(_ look: inout StructureLook) throws(DiskError) {
    let header = try look.source.diskBytes(at: 0, count: 512)
    guard header.count == 512 else {
      look.diagnostics.add(.headerIncomplete(expected: 512, found: header.count), at: 0)
      return
    }
    let before = look.diagnostics.count
    let version = header.number64(at: 8)
    look.expect(
      version == 0x2_0000_0001, part, "version", "2.1",
      found: "\(version >> 32).\(version & 0xFFFF_FFFF)", at: 8)
    let sectors = header.number64(at: 16)
    look.takeCapacity(bytesClamped(sectors: sectors), part, "capacity", at: 16)
    look.expect(
      header.number64(at: 24) == 8, part, "grain size", "8 sectors", found: header.number64(at: 24),
      at: 24)
    look.expect(
      header.number64(at: 32) == 64, part, "grain table size", "64 sectors",
      found: header.number64(at: 32), at: 32)
    look.expect(
      header.number64(at: 40) == 0, part, "flags", "0", found: header.number64(at: 40), at: 40)
    look.structure.variant = "version 2.1"
    look.verification.unchecked.append("the grains of an SESparse extent")
    guard look.diagnostics.count == before else { return }
    look.structure.blockBytes = 8 * sectorBytes
    defer { look.reportTruncation() }
    let parts = [
      "volatile header", "journal header", "journal", "grain directory", "grain tables",
      "free bitmap", "back map",
    ]
    for (index, name) in parts.enumerated() {
      let field = 80 + index * 16
      let (start, count) = (header.number64(at: field), header.number64(at: field + 8))
      look.contains(
        name, at: bytesClamped(sectors: start), count: bytesClamped(sectors: count),
        field: UInt64(field))
    }
    // Grains are added at the end as they are needed.
    look.contains(
      "first grain", at: bytesClamped(sectors: header.number64(at: 192)), count: 0, field: 192)
    let place = bytesClamped(sectors: header.number64(at: 80))
    if let volatile = try look.read("volatile header", at: place, count: 512, field: 80) {
      look.expect(
        volatile.number64(at: 0) == 0xCAFE_CAFE, "SESparse volatile header", "signature",
        "0xcafecafe", found: "something else", at: place)
      if volatile.number64(at: 24) != 0 { look.diagnostics.add(.unclean, at: place + 24) }
    }
    look.verification.checked.append("the headers")
  }
}
