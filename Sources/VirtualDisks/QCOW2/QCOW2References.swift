import OVABasics
import OVAByteSource

/// The numbers of uses of each cluster of a QCOW2 disk, compared with those that the disk states.
///
/// Takes 8 bytes for each use, as the tables that they stand in do.
struct QCOW2References {
  /// True if uses are kept; the first look does not compare them.
  var isCounting = false
  /// A use: the cluster's number, and in the lowest bits what its entry says of being the only one.
  private var uses: [UInt64] = []
  /// Further uses of clusters that tables of several snapshots lead to.
  private var more: [UInt64: UInt64] = [:]
  /// A cluster that lies beyond this is not counted.
  private static let mostCluster: UInt64 = 1 << 55

  /// Counts a use.
  /// - Parameters:
  ///   - cluster: the cluster's number in the file.
  ///   - isOnce: whether the entry says that it is the only one; nil for entries without that flag.
  ///   - times: how often the table is used in which the entry stands.
  mutating func add(_ cluster: UInt64, isOnce: Bool?, times: UInt64 = 1) {
    guard isCounting, cluster < Self.mostCluster else { return }
    uses.append(cluster << 2 | (isOnce.map { $0 ? 1 : 2 } ?? 0))
    if times > 1 { more[cluster, default: 0] += times - 1 }
  }

  /// Counts each cluster of a stretch once.
  mutating func count(offset: UInt64, bytes: UInt64, clusterBytes: UInt64, _ fileBytes: UInt64) {
    guard bytes > 0, let end = offset.addingWithin(bytes), end <= fileBytes else { return }
    for cluster in offset / clusterBytes...(end - 1) / clusterBytes { add(cluster, isOnce: nil) }
  }

  /// Compares with the disk's own counts.
  mutating func compare(
    _ header: QCOW2Header, clusterBytes: UInt64, _ look: inout StructureLook
  ) throws(DiskError) {
    guard let bits = header.refcountBits else { return }
    let tableBytes = UInt64(header.refcountTableClusters) * clusterBytes
    guard
      let table = try look.read(
        "refcount table", at: header.refcountTableOffset, count: tableBytes, field: 48)
    else { return }
    add(0, isOnce: nil)
    count(
      offset: header.refcountTableOffset, bytes: tableBytes, clusterBytes: clusterBytes,
      look.fileBytes)
    let hasMore = try countOther(header, clusterBytes: clusterBytes, &look)
    var blocks: [(index: UInt64, offset: UInt64)] = []
    var seen: Set<UInt64> = []
    for index in 0..<table.count / 8 {
      let entry = table.bigNumber(at: index * 8, 8)
      if entry == 0 { continue }
      let place = header.refcountTableOffset + UInt64(index) * 8
      let offset = entry & ~QCOW2Entry.refcountReserved
      if entry & QCOW2Entry.refcountReserved != 0 || offset % clusterBytes != 0 {
        look.diagnostics.add(
          .partMisaligned(part: "refcount block", offset: entry, unit: clusterBytes), at: place)
      } else if !seen.insert(offset).inserted {
        look.diagnostics.add(.partOverlaps(part: "refcount block", offset: offset), at: place)
      } else if look.contains("refcount block", at: offset, count: clusterBytes, field: place) {
        blocks.append((UInt64(index), offset))
        add(offset / clusterBytes, isOnce: nil)
      }
    }
    uses.sort()
    var walk = UsesWalk(uses: uses, more: more, clusterBytes: clusterBytes, hasMore: hasMore)
    let perBlock = clusterBytes * 8 / bits
    for (index, offset) in blocks {
      let bytes = try look.source.diskBytes(at: offset, count: Int(clusterBytes))
      walk.compare(bytes, bits: bits, from: index * perBlock, count: perBlock, &look)
    }
    walk.finish(&look)
    look.verification.checked.append("the counts of references")
    if hasMore { look.verification.unchecked.append("its dirty bitmaps") }
  }

  /// Counts what extensions lead to; true when there are clusters that are not counted here.
  private mutating func countOther(
    _ header: QCOW2Header, clusterBytes: UInt64, _ look: inout StructureLook
  ) throws(DiskError) -> Bool {
    let head = try look.source.diskBytes(at: 0, count: Int(min(clusterBytes, 1 << 20)))
    var position = Int(header.headerBytes)
    var hasBitmaps = false
    while position + 8 <= head.count {
      let type = UInt32(truncatingIfNeeded: head.bigNumber(at: position, 4))
      let length = Int(head.bigNumber(at: position + 4, 4))
      if type == 0 || position + 8 + length > head.count { break }
      if type == 0x0537_BE77 {
        count(
          offset: head.bigNumber(at: position + 8, 8), bytes: head.bigNumber(at: position + 16, 8),
          clusterBytes: clusterBytes, look.fileBytes)
      }
      if type == 0x2385_2875 { hasBitmaps = true }
      position += 8 + (length + 7) / 8 * 8
    }
    return hasBitmaps
  }
}

/// Goes through sorted uses and the disk's counts side by side.
private struct UsesWalk {
  let uses: [UInt64]
  let more: [UInt64: UInt64]
  let clusterBytes: UInt64
  /// True if there are uses that were not counted.
  let hasMore: Bool
  private var next = 0
  private var leaked: UInt64 = 0

  init(uses: [UInt64], more: [UInt64: UInt64], clusterBytes: UInt64, hasMore: Bool) {
    self.uses = uses
    self.more = more
    self.clusterBytes = clusterBytes
    self.hasMore = hasMore
  }

  mutating func compare(
    _ block: [UInt8], bits: UInt64, from start: UInt64, count: UInt64, _ look: inout StructureLook
  ) {
    // Clusters before this block that no block counts.
    skip(to: start, &look)
    let fileClusters = look.fileBytes / clusterBytes + 1
    for slot in 0..<count {
      let cluster = start + slot
      let found = Self.number(block, slot, bits: bits)
      let isUsed = next < uses.count && uses[next] >> 2 == cluster
      if found == 0, !isUsed { continue }
      judge(cluster, found: found, isInside: cluster < fileClusters, &look)
    }
  }

  mutating func finish(_ look: inout StructureLook) {
    skip(to: .max, &look)
    if leaked > 0 { look.diagnostics.add(.clustersLeaked(count: leaked), at: 0) }
  }

  private mutating func skip(to cluster: UInt64, _ look: inout StructureLook) {
    while next < uses.count, uses[next] >> 2 < cluster {
      judge(uses[next] >> 2, found: 0, isInside: true, &look)
    }
  }

  private mutating func judge(
    _ cluster: UInt64, found: UInt64, isInside: Bool, _ look: inout StructureLook
  ) {
    var times = more[cluster] ?? 0
    let first = next
    while next < uses.count, uses[next] >> 2 == cluster {
      times += 1
      next += 1
    }
    let offset = cluster.multipliedReportingOverflow(by: clusterBytes).partialValue
    if found < times {
      look.diagnostics.add(
        .referenceCount(offset: offset, expected: times, found: found), at: offset)
    } else if found > times, !hasMore {
      if isInside || times > 0 {
        leaked += 1
      } else {
        look.diagnostics.add(.referenceCount(offset: offset, expected: 0, found: found), at: offset)
      }
    }
    for use in uses[first..<next] where use & 3 != 0 {
      if (use & 3 == 1) != (times == 1) {
        look.diagnostics.add(.copiedFlag(offset: offset, references: times), at: offset)
        break
      }
    }
  }

  /// One count of a block; counts of less than a byte begin at the lowest bit.
  private static func number(_ block: [UInt8], _ slot: UInt64, bits: UInt64) -> UInt64 {
    if bits >= 8 { return block.bigNumber(at: Int(slot * bits / 8), Int(bits / 8)) }
    let byte = UInt64(block[Int(slot * bits / 8)])
    return byte >> (slot * bits % 8) & (1 << bits - 1)
  }
}
