import OVABasics
import OVAByteSource

/// Judges a raw disk by its partition table. Raw disks have nothing else to be judged by.
enum RawReader: StructureReader {
  /// The type of the one partition that stands for a GUID partition table.
  private static let protective: UInt8 = 0xEE

  static func judge(_ look: inout StructureLook) throws(DiskError) {
    look.structure.capacity = look.fileBytes > 0 ? look.fileBytes : nil
    look.structure.allocatedBytes = look.fileBytes
    let head = try look.source.diskBytes(at: 0, count: 4608)
    let sector: UInt64? =
      head.has("EFI PART", at: 512) ? 512 : head.has("EFI PART", at: 4096) ? 4096 : nil
    let rest = look.fileBytes % sectorBytes
    if rest != 0, sector != nil || DiskFormat.hasPartitions(head) {
      look.diagnostics.add(.partialSector(bytes: rest), at: look.fileBytes - rest)
    }
    if let sector {
      try GUIDPartitionTable.judge(sector: sector, &look)
      look.verification.checked.append("the partition table; a raw disk has no checksums")
    } else if DiskFormat.hasPartitions(head) {
      try judgeRecord(head, &look)
      look.verification.checked.append("the partition table; a raw disk has no checksums")
    } else {
      look.verification.checked.append(
        "its length alone; a raw disk without a partition table has nothing to check")
    }
  }

  private static func judgeRecord(
    _ head: [UInt8], _ look: inout StructureLook
  ) throws(DiskError) {
    let fileSectors = look.fileBytes / sectorBytes
    var taken: [(range: Range<UInt64>, number: Int)] = []
    for number in 1...4 {
      let start = 446 + (number - 1) * 16
      let type = head[start + 4]
      let first = UInt64(head.number32(at: start + 8))
      let count = UInt64(head.number32(at: start + 12))
      if type == 0 || count == 0 { continue }
      if type == protective {
        try GUIDPartitionTable.judgeMissing(&look)
        continue
      }
      if first + count > fileSectors {
        let kind = DiskDiagnosticKind.partitionOutside(
          number: number, end: first + count, fileSectors: fileSectors)
        look.diagnostics.add(kind, at: UInt64(start))
      }
      // Hybrid images have a partition that covers the others.
      if first > 0, let other = taken.first(where: { $0.range.overlaps(first..<first + count) }),
        other.range.lowerBound > 0
      {
        look.diagnostics.add(
          .valueUnusual(
            part: "partition table", field: "partition \(number)",
            expected: "apart from partition \(other.number)", found: "across it"),
          at: UInt64(start))
      }
      taken.append((first..<first + count, number))
    }
  }
}
