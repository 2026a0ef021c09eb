import OVABasics
import OVAByteSource

/// Judges the header of a COWD extent, in which ESX keeps redo logs and thin disks; its grains have
/// neither markers nor checksums.
enum COWDReader: StructureReader {
  private static let part = "COWD header"
  /// Four sectors.
  private static let headerBytes: UInt64 = 2048
  /// Grains of one table.
  private static let tableEntries: UInt64 = 4096
  private static let tableBytes: UInt64 = 4 * tableEntries

  static func judge(_ look: inout StructureLook) throws(DiskError) {
    let header = try look.source.diskBytes(at: 0, count: Int(headerBytes))
    guard UInt64(header.count) == headerBytes else {
      look.diagnostics.add(
        .headerIncomplete(expected: Int(headerBytes), found: header.count), at: 0)
      return
    }
    look.verification.unchecked.append("the grains of a COWD extent")
    let before = look.diagnostics.count
    let version = header.number32(at: 4)
    let flags = header.number32(at: 8)
    let grain = UInt64(header.number32(at: 16))
    let directory = UInt64(header.number32(at: 20)) * sectorBytes
    let tables = UInt64(header.number32(at: 24))
    look.expect(version == 1, part, "version", "1", found: version, at: 4)
    look.expect(flags & ~7 == 0, part, "flags", "0 to 7", found: flags, at: 8)
    look.takeCapacity(UInt64(header.number32(at: 12)) * sectorBytes, part, "capacity", at: 12)
    look.expect(
      grain > 0 && grain.nonzeroBitCount == 1, part, "grain size", "a power of two", found: grain,
      at: 16)
    guard look.diagnostics.count == before, let capacity = look.structure.capacity else { return }
    look.structure.variant = "version \(version)"
    look.structure.blockBytes = grain * sectorBytes
    let needed = (capacity / sectorBytes - 1) / (grain * tableEntries) + 1
    look.expect(
      tables >= needed, part, "number of grain tables", "at least \(needed)", found: tables, at: 24)
    look.expect(
      directory >= headerBytes, part, "place of the grain directory", "behind the header",
      found: directory, at: 20)
    let next = UInt64(header.number32(at: 28)) * sectorBytes
    look.expect(
      next >= directory, part, "next free sector", "behind the grain directory", found: next, at: 28
    )
    defer { look.reportTruncation() }
    if let entries = try look.read(
      "grain directory", at: directory, count: min(tables, needed) * 4, field: 20)
    {
      judge(entries, at: directory, &look)
    }
    look.verification.checked.append("the header and the grain directory")
  }

  private static func judge(
    _ entries: [UInt8], at directory: UInt64, _ look: inout StructureLook
  ) {
    for index in 0..<entries.count / 4 {
      let start = UInt64(entries.number32(at: index * 4)) * sectorBytes
      let place = directory + UInt64(index) * 4
      if start == 0 { continue }
      if start < headerBytes {
        look.diagnostics.add(.partOverlaps(part: "grain table", offset: start), at: place)
      } else {
        look.contains("grain table", at: start, count: tableBytes, field: place)
      }
    }
  }
}
