import OVABasics
import OVAByteSource

/// Judges a QCOW2 disk: header and tables always, counts of references and compressed clusters in
/// the deep look.
enum QCOW2Reader: StructureReader {
  static func judge(_ look: inout StructureLook) throws(DiskError) {
    let bytes = try look.source.diskBytes(at: 0, count: 4096)
    let header = QCOW2Header(bytes)
    look.structure.variant = "version \(header.version)"
    let least = header.version >= 3 ? QCOW2Header.longBytes : QCOW2Header.shortBytes
    guard UInt64(bytes.count) >= least else {
      look.diagnostics.add(.headerIncomplete(expected: Int(least), found: bytes.count), at: 0)
      return
    }
    look.takeCapacity(header.size, QCOW2Header.part, "size", at: 24)
    guard header.version == 2 || header.version == 3 else {
      let isOld = header.version == 1
      if !isOld {
        look.expect(
          false, QCOW2Header.part, "version", "2 or 3", found: header.version, at: 4)
      }
      look.verification.unchecked.append("a QCOW disk of version \(header.version)")
      return
    }
    let isSane = judge(header, bytes, &look)
    defer { look.reportTruncation() }
    guard isSane, look.structure.capacity != nil, let clusterBytes = header.clusterBytes else {
      look.verification.unchecked.append("what its header leads to")
      return
    }
    look.structure.blockBytes = clusterBytes
    try readNames(header, bytes, clusterBytes: clusterBytes, &look)
    var tables = QCOW2Tables(header, clusterBytes: clusterBytes)
    try tables.judge(&look)
    look.verification.checked.append("the header and the L1 and L2 tables")
  }

  /// Judges the header by itself; false when the tables cannot be found by it.
  private static func judge(
    _ header: QCOW2Header, _ bytes: [UInt8], _ look: inout StructureLook
  ) -> Bool {
    let part = QCOW2Header.part
    let before = look.diagnostics.count
    look.expect(
      header.clusterBytes != nil, part, "cluster_bits", "9 to 21", found: header.clusterBits,
      at: 20)
    look.expect(
      header.encryption <= 2, part, "crypt_method", "0, 1 or 2", found: header.encryption, at: 32)
    look.expect(
      header.refcountBits != nil, part, "refcount_order", "up to 6", found: header.refcountOrder,
      at: 96)
    let unknown = header.incompatible & ~QCOW2Header.Feature.known
    look.expect(
      unknown == 0, part, "set of incompatible features", "one of known features",
      found: header.incompatible.hexadecimal, at: 72)
    let isLong = header.version >= 3
    let clusterBytes = header.clusterBytes ?? 1 << 21
    look.expect(
      !isLong
        || UInt64(header.headerBytes) >= QCOW2Header.longBytes && header.headerBytes % 8 == 0
          && UInt64(header.headerBytes) <= clusterBytes,
      part, "header_length",
      "a multiple of 8 from 104 to a cluster", found: header.headerBytes, at: 100)
    let hasType = header.incompatible & QCOW2Header.Feature.compressionType != 0
    look.expect(
      header.compressionType <= 1 && hasType == (header.compressionType != 0), part,
      "compression_type", hasType ? "1 (zstd)" : "0 (zlib)", found: header.compressionType, at: 104)
    if isLong, header.headerBytes >= 112, bytes.count >= 112 {
      look.expect(
        bytes[105..<112].allSatisfy { $0 == 0 }, part, "padding", "zero", found: "something else",
        at: 105)
    }
    look.expect(
      header.autoclear & 2 == 0 || header.hasExternalData, part, "set of autoclear features",
      "one without raw external data", found: header.autoclear.hexadecimal, at: 88)
    judgeTables(header, clusterBytes: clusterBytes, &look)
    let isSane = look.diagnostics.count == before
    if header.incompatible & QCOW2Header.Feature.dirty != 0 {
      look.diagnostics.add(.unclean, at: 79)
    }
    if header.incompatible & QCOW2Header.Feature.corrupt != 0 {
      look.diagnostics.add(.markedCorrupt, at: 79)
    }
    if header.encryption == 1 || header.encryption == 2 {
      let method = header.encryption == 1 ? "AES" : "LUKS"
      look.structure.encryption = method
      look.verification.unchecked.append("its contents, which are encrypted")
      look.diagnostics.add(.encrypted(by: method), at: 32)
    }
    return isSane
  }

  private static func judgeTables(
    _ header: QCOW2Header, clusterBytes: UInt64, _ look: inout StructureLook
  ) {
    let part = QCOW2Header.part
    let span = clusterBytes * (clusterBytes / header.entryBytes)
    let needed = header.size / span + (header.size % span == 0 ? 0 : 1)
    look.expect(
      UInt64(header.l1Entries) >= needed
        && UInt64(header.l1Entries) * 8 <= QCOW2Header.mostL1Bytes, part, "l1_size",
      "\(needed), which the size needs", found: header.l1Entries, at: 36)
    look.expect(
      header.l1Offset % clusterBytes == 0 && (header.l1Offset > 0 || header.l1Entries == 0), part,
      "l1_table_offset", "the start of a cluster", found: header.l1Offset, at: 40)
    look.expect(
      header.refcountTableOffset % clusterBytes == 0 && header.refcountTableOffset > 0, part,
      "refcount_table_offset", "the start of a cluster", found: header.refcountTableOffset, at: 48)
    look.expect(
      header.refcountTableClusters > 0
        && UInt64(header.refcountTableClusters) * clusterBytes
          <= max(QCOW2Header.mostRefcountTableBytes, clusterBytes),
      part,
      "refcount_table_clusters", "1 or more, 8 MiB in all at most",
      found: header.refcountTableClusters, at: 56)
    look.expect(
      header.snapshotCount <= 65_536, part, "nb_snapshots", "up to 65,536",
      found: header.snapshotCount, at: 60)
    look.expect(
      header.snapshotsOffset % clusterBytes == 0
        && (header.snapshotCount == 0 || header.snapshotsOffset > 0), part, "snapshots_offset",
      "the start of a cluster", found: header.snapshotsOffset, at: 64)
    if header.backingOffset > 0 {
      let end = header.backingOffset.addingWithin(UInt64(header.backingSize)) ?? .max
      look.expect(
        header.backingOffset >= QCOW2Header.shortBytes && end <= clusterBytes, part,
        "backing_file_offset", "a place in the first cluster", found: header.backingOffset, at: 8)
      look.expect(
        (1...1023).contains(header.backingSize), part, "backing_file_size", "1 to 1023",
        found: header.backingSize, at: 16)
    } else {
      look.expect(
        header.backingSize == 0, part, "backing_file_size", "0 without a backing file",
        found: header.backingSize, at: 16)
    }
  }

  /// Reads the header's extensions and the names of files that the disk needs.
  private static func readNames(
    _ header: QCOW2Header, _ head: [UInt8], clusterBytes: UInt64, _ look: inout StructureLook
  ) throws(DiskError) {
    let most = min(clusterBytes, 1 << 20)
    let cluster = try look.source.diskBytes(at: 0, count: Int(most))
    let hasBacking = header.backingOffset > 0
    let limit = Int(clamping: hasBacking ? min(header.backingOffset, most) : most)
    var position = Int(header.headerBytes)
    var format: String?
    var dataFile: String?
    while position + 8 <= min(limit, cluster.count) {
      let type = UInt32(truncatingIfNeeded: cluster.bigNumber(at: position, 4))
      let length = Int(cluster.bigNumber(at: position + 4, 4))
      if type == 0 { break }
      guard position + 8 + length <= min(limit, cluster.count) else {
        look.expect(
          false, QCOW2Header.part, "extension " + type.hexadecimal,
          "one that ends before offset \(limit)", found: "one of \(length) bytes",
          at: UInt64(position))
        break
      }
      let data = Array(cluster[position + 8..<position + 8 + length])
      switch type {
      case 0xE279_2ACA: format = String(decoding: data, as: UTF8.self)
      case 0x4441_5441: dataFile = String(decoding: data, as: UTF8.self)
      case 0x0537_BE77:
        let (offset, bytes) = (data.bigNumber(at: 0, 8), data.bigNumber(at: 8, 8))
        look.contains(
          "encryption header", at: offset, count: bytes, field: UInt64(position + 8))
        look.expect(
          offset % clusterBytes == 0 && header.encryption == 2, QCOW2Header.part,
          "place of the encryption header", "the start of a cluster of a LUKS disk", found: offset,
          at: UInt64(position + 8))
      default: break
      }
      position += 8 + (length + 7) / 8 * 8
    }
    if hasBacking {
      let start = Int(header.backingOffset)
      let name = String(
        decoding: cluster.dropFirst(start).prefix(Int(header.backingSize)), as: UTF8.self)
      look.structure.base = DiskBase(name: name, contentID: nil, format: format)
      look.need(name, isBase: true, at: header.backingOffset)
    }
    if header.hasExternalData {
      look.structure.dataFile = dataFile
      if let dataFile {
        look.need(dataFile, isBase: false, at: 72)
      } else {
        look.expect(
          false, QCOW2Header.part, "data file", "a name", found: "none", at: 72)
      }
    }
  }
}
