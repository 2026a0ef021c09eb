import OVABasics
import OVAByteSource

/// The L1 and L2 tables of a QCOW2 disk.
struct QCOW2Tables {
  let header: QCOW2Header
  let clusterBytes: UInt64
  /// The entry that leads to an L2 table.
  private struct Leader {
    /// The table's place; in its lowest bits what the entry says of being the only one.
    let key: UInt64
    /// The entry's number in the L1 table; the largest for entries of snapshots.
    let index: UInt32

    var offset: UInt64 { key & QCOW2Entry.offset }
    var isOnce: Bool? { key & 3 == 0 ? nil : key & 3 == 1 }
  }

  private var references = QCOW2References()
  /// Compressed clusters: the L2 entry and the cluster's number in the disk.
  private var compressed: [(entry: UInt64, cluster: UInt64)] = []
  private var stored: UInt64 = 0
  private var compressedCount: UInt64 = 0
  /// Clusters that are stored behind the disk's end, as those of a machine's saved memory are.
  private var beyond: UInt64 = 0
  private let entriesPerTable: UInt64

  init(_ header: QCOW2Header, clusterBytes: UInt64) {
    self.header = header
    self.clusterBytes = clusterBytes
    entriesPerTable = clusterBytes / header.entryBytes
  }

  mutating func judge(_ look: inout StructureLook) throws(DiskError) {
    references.isCounting = look.isDeep
    let l1Bytes = UInt64(header.l1Entries) * 8
    look.contains(
      "refcount table", at: header.refcountTableOffset,
      count: UInt64(header.refcountTableClusters) * clusterBytes, field: 48)
    var tables: [Leader] = []
    try readL1(bytes: l1Bytes, &look, into: &tables)
    references.count(
      offset: header.l1Offset, bytes: l1Bytes, clusterBytes: clusterBytes, look.fileBytes)
    if header.snapshotCount > 0 {
      try QCOW2Snapshots.read(header, clusterBytes: clusterBytes, &look, &references) { offset in
        tables.append(Leader(key: offset, index: .max))
      }
    }
    tables.sort { ($0.offset, $0.index) < ($1.offset, $1.index) }
    try readL2(tables, &look)
    let isWhole = look.isDeep || UInt64(tables.count) * clusterBytes <= StructureLook.firstLookBytes
    if isWhole {
      look.structure.blocks = stored
      let (bytes, overflow) = stored.multipliedReportingOverflow(by: clusterBytes)
      look.structure.allocatedBytes = overflow ? header.size : min(bytes, header.size)
    }
    if beyond > 0, header.snapshotCount == 0 {
      look.diagnostics.add(.clustersBeyondEnd(count: beyond), at: 24)
    }
    if compressedCount > 0 { look.structure.compression = header.isZstandard ? "zstd" : "zlib" }
    guard look.isDeep else { return }
    try inflate(&look)
    try compareCounts(&look)
  }

  // MARK: - Tables

  private func readL1(
    bytes: UInt64, _ look: inout StructureLook, into tables: inout [Leader]
  ) throws(DiskError) {
    let name = "L1 table"
    guard bytes > 0,
      let table = try look.read(name, at: header.l1Offset, count: bytes, field: 40)
    else { return }
    for index in 0..<table.count / 8 {
      let entry = table.bigNumber(at: index * 8, 8)
      if entry == 0 { continue }
      let place = header.l1Offset + UInt64(index) * 8
      let target = entry & QCOW2Entry.offset
      if entry & QCOW2Entry.l1Reserved != 0 {
        look.diagnostics.add(
          .entryInvalid(table: name, index: UInt64(index), reason: "has reserved bits set"),
          at: place)
      } else if target == 0 {
        look.diagnostics.add(
          .entryInvalid(table: name, index: UInt64(index), reason: "has a flag and no table"),
          at: place)
      }
      guard target > 0, isCluster(target, "L2 table", field: place, &look) else { continue }
      let isOnce: UInt64 = entry & QCOW2Entry.copied != 0 ? 1 : 2
      // Entries past the disk's end lead to clusters that are counted and not part of it.
      tables.append(Leader(key: target | isOnce, index: UInt32(index)))
    }
  }

  /// Returns whether a cluster of metadata lies where it may.
  private func isCluster(
    _ offset: UInt64, _ part: String, field: UInt64, _ look: inout StructureLook
  ) -> Bool {
    guard offset % clusterBytes == 0 else {
      look.diagnostics.add(
        .partMisaligned(part: part, offset: offset, unit: clusterBytes), at: field)
      return false
    }
    return look.contains(part, at: offset, count: clusterBytes, field: field)
  }

  private mutating func readL2(
    _ tables: [Leader], _ look: inout StructureLook
  ) throws(DiskError) {
    var budget = look.isDeep ? UInt64.max : StructureLook.firstLookBytes
    // From the end, where a cut shows, as far as the budget goes.
    var end = tables.endIndex
    while end > 0, budget >= clusterBytes {
      let first = tables[end - 1]
      var start = end - 1
      while start > 0, tables[start - 1].offset == first.offset { start -= 1 }
      let group = start..<end
      end = start
      budget -= clusterBytes
      let lead = tables[start]
      for table in tables[group] {
        references.add(table.offset / clusterBytes, isOnce: table.isOnce)
      }
      if group.count > 1, header.snapshotCount == 0 {
        look.diagnostics.add(
          .partOverlaps(part: "L2 table", offset: first.offset), at: first.offset)
      }
      let bytes = try look.source.diskBytes(at: first.offset, count: Int(clusterBytes))
      readEntries(
        bytes, at: first.offset, table: lead.index == .max ? nil : UInt64(lead.index),
        uses: UInt64(group.count), &look)
    }
  }

  private mutating func readEntries(
    _ bytes: [UInt8], at offset: UInt64, table: UInt64?, uses: UInt64, _ look: inout StructureLook
  ) {
    let width = Int(header.entryBytes)
    for slot in 0..<bytes.count / width {
      let entry = bytes.bigNumber(at: slot * width, 8)
      if width == 16 { judgeSubclusters(bytes, slot, entry, at: offset, &look) }
      if entry == 0 { continue }
      let place = offset + UInt64(slot * width)
      let cluster = table.map { $0 * entriesPerTable + UInt64(slot) }
      if let cluster, cluster > (header.size - 1) / clusterBytes,
        entry & (QCOW2Entry.offset | QCOW2Entry.compressed) != 0
      {
        beyond += 1
      }
      if entry & QCOW2Entry.compressed != 0 {
        readCompressed(entry, cluster: cluster, place: place, uses: uses, &look)
        continue
      }
      let reserved = QCOW2Entry.l2Reserved | (header.version == 2 || width == 16 ? 1 : 0)
      if entry & reserved != 0 {
        look.diagnostics.add(
          .entryInvalid(table: "L2 table", index: UInt64(slot), reason: "has reserved bits set"),
          at: place)
      }
      let target = entry & QCOW2Entry.offset
      if target == 0 {
        // In a data file of its own the first cluster is at offset 0.
        if entry & QCOW2Entry.copied != 0, !header.hasExternalData {
          look.diagnostics.add(
            .entryInvalid(
              table: "L2 table", index: UInt64(slot), reason: "has a flag and no cluster"),
            at: place)
        }
        if !header.hasExternalData || entry & QCOW2Entry.copied == 0 { continue }
      }
      if cluster != nil { stored += 1 }
      if header.hasExternalData { continue }
      readData(entry, target, cluster: cluster, place: place, uses: uses, &look)
    }
  }

  private mutating func readData(
    _ entry: UInt64, _ target: UInt64, cluster: UInt64?, place: UInt64, uses: UInt64,
    _ look: inout StructureLook
  ) {
    if target % clusterBytes != 0 {
      look.diagnostics.add(
        .partMisaligned(part: "cluster", offset: target, unit: clusterBytes), at: place)
      return
    }
    // The last cluster of a disk need not be there to its end.
    let start = (cluster ?? 0).multipliedReportingOverflow(by: clusterBytes).partialValue
    let needed = cluster == nil ? 1 : min(clusterBytes, header.size - min(start, header.size))
    guard look.contains("cluster", at: target, count: max(1, needed), field: place) else { return }
    references.add(
      target / clusterBytes, isOnce: cluster == nil ? nil : entry & QCOW2Entry.copied != 0,
      times: uses)
  }

  private mutating func readCompressed(
    _ entry: UInt64, cluster: UInt64?, place: UInt64, uses: UInt64, _ look: inout StructureLook
  ) {
    compressedCount += 1
    if cluster != nil { stored += 1 }
    let (offset, count) = QCOW2Entry.compressedRange(entry, clusterBits: header.clusterBits)
    if entry & QCOW2Entry.copied != 0 || header.hasExternalData {
      look.diagnostics.add(
        .entryInvalid(
          table: "L2 table", index: cluster.map { $0 % entriesPerTable } ?? 0,
          reason: "is compressed, and has a flag that compressed clusters do not have"),
        at: place)
    }
    // The last sector need not be there to its end.
    let least = count > 511 ? count - 511 : 1
    guard look.contains("compressed cluster", at: offset, count: least, field: place) else {
      return
    }
    let first = offset / clusterBytes
    let last = (offset + count - 1) / clusterBytes
    for number in first...max(first, last) {
      references.add(number, isOnce: nil, times: uses)
    }
    if look.isDeep { compressed.append((entry, cluster ?? .max)) }
  }

  /// Judges which parts of a cluster are stored and which are zero, of extended entries.
  private func judgeSubclusters(
    _ bytes: [UInt8], _ slot: Int, _ entry: UInt64, at offset: UInt64, _ look: inout StructureLook
  ) {
    let bitmap = bytes.bigNumber(at: slot * 16 + 8, 8)
    let (stored, zero) = (bitmap & 0xFFFF_FFFF, bitmap >> 32)
    let isCompressed = entry & QCOW2Entry.compressed != 0
    let hasCluster = entry & QCOW2Entry.offset != 0 || header.hasExternalData
    if stored & zero != 0 || isCompressed && bitmap != 0 || stored != 0 && !hasCluster {
      look.diagnostics.add(
        .entryInvalid(
          table: "L2 table", index: UInt64(slot), reason: "says of a part two things at once"),
        at: offset + UInt64(slot * 16 + 8))
    }
  }

  // MARK: - Compressed clusters

  /// Inflates what is compressed, in the file's order.
  private mutating func inflate(_ look: inout StructureLook) throws(DiskError) {
    guard !compressed.isEmpty else { return }
    guard look.structure.encryption == nil else { return }
    let count = compressed.count
    guard !header.isZstandard, let inflater = Inflater() else {
      look.verification.unchecked.append(
        "\(count) clusters compressed by Zstandard, which cannot be inflated here")
      return
    }
    let bits = header.clusterBits
    let mask = UInt64(1) << UInt64(62 - (bits - 8)) - 1
    compressed.sort { ($0.entry & mask, $0.cluster) < ($1.entry & mask, $1.cluster) }
    var end: UInt64 = 0
    var previous: UInt64?
    for (entry, cluster) in compressed {
      // Snapshots share clusters.
      if entry == previous, header.snapshotCount > 0 { continue }
      previous = entry
      let (offset, length) = QCOW2Entry.compressedRange(entry, clusterBits: bits)
      // Two may share a sector, and no more: so each byte is inflated once.
      if offset + 511 < end {
        look.diagnostics.add(.partOverlaps(part: "compressed cluster", offset: offset), at: offset)
        continue
      }
      end = max(end, offset + length)
      let bytes = try look.source.diskBytes(at: offset, count: Int(length))
      if inflater.inflatesRaw(bytes, to: Int(clusterBytes)) { continue }
      let address = cluster.multipliedReportingOverflow(by: clusterBytes).partialValue
      look.diagnostics.add(.clusterDamaged(address: cluster == .max ? 0 : address), at: offset)
    }
    look.verification.checked.append("\(count) compressed clusters inflated")
  }

  // MARK: - Counts

  private mutating func compareCounts(_ look: inout StructureLook) throws(DiskError) {
    guard header.incompatible & QCOW2Header.Feature.dirty == 0 else {
      look.verification.unchecked.append(
        "the counts of references, which are brought up to date when it is opened")
      return
    }
    try references.compare(header, clusterBytes: clusterBytes, &look)
  }
}
