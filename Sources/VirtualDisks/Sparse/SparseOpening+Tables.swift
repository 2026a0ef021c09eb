import OVABasics
import OVAByteSource

/// The grain directory, and the tables that it leads to.
extension SparseOpening {
  /// Bytes of tables that the cheap check looks through at most: 128 GiB of disk.
  private static let mostTableBytes: UInt64 = 8 << 20

  mutating func readDirectory() throws(DiskError) -> UInt64? {
    guard let tables = header.tableCount else { return nil }
    let directorySectors = (UInt64(tables) * 4 + sectorBytes - 1) / sectorBytes
    if header.flags.contains(.redundantDirectory) {
      let sector = header.redundantDirectorySector
      if sector == 0 || sector == .max {
        // Only a directory in front can have a copy; writers that stream leave the bit unset.
        if header.directorySector != SparseHeader.directoryInFooter {
          diagnostics.add(.directoryMissing, at: 48)
        }
      } else {
        checkInside(.redundantDirectory, sector: sector, sectors: directorySectors, field: 48)
      }
    }
    let isInFooter = header.directorySector == SparseHeader.directoryInFooter
    if isInFooter, footer == nil { return nil }
    let sector = footer?.header.directorySector ?? header.directorySector
    let field = footer.map { $0.offset + 56 } ?? 56
    if sector == SparseHeader.directoryInFooter { return nil }
    guard sector > 0 else {
      if footer == nil { diagnostics.add(.directoryMissing, at: field) }
      return nil
    }
    guard checkInside(.directory, sector: sector, sectors: directorySectors, field: field) else {
      if let end = sector.addingWithin(directorySectors), end < 1 << 32 {
        diagnostics.add(
          .truncated(missing: end * sectorBytes - source.size, atLeast: true), at: source.size)
      }
      return nil
    }
    if header.descriptorSectors > 0, sector >= header.descriptorSector,
      sector < (header.descriptorSector.addingWithin(header.descriptorSectors) ?? .max)
    {
      diagnostics.add(.overlapping(.directory, sector: sector), at: field)
    }
    try checkTables(directory: sector, count: tables)
    return sector
  }

  private mutating func checkTables(directory: UInt64, count: Int) throws(DiskError) {
    // Beyond a mebibyte of directory (8 TiB of disk) the deep check looks.
    let bytes = try source.diskBytes(at: directory * sectorBytes, count: min(count * 4, 1 << 20))
    var present: [(table: Int, sector: UInt64)] = []
    for table in 0..<bytes.count / 4 {
      let sector = UInt64(bytes.number32(at: table * 4))
      if sector == 0 { continue }
      if sector + header.tableSectors > fileSectors {
        diagnostics.add(
          .outside(
            .table, sector: sector, sectors: header.tableSectors, fileSectors: fileSectors),
          at: directory * sectorBytes + UInt64(table) * 4)
      } else {
        present.append((table, sector))
      }
    }
    if footer == nil { try checkGrains(in: present) }
  }

  /// Returns whether the grains that the last tables lead to lie in the file; the last one to its
  /// end.
  private mutating func checkGrains(
    in tables: [(table: Int, sector: UInt64)]
  ) throws(DiskError) {
    let width = Int(header.tableEntries)
    var budget = Self.mostTableBytes
    var last: (lba: UInt64, sector: UInt64, place: UInt64)?
    var end = fileSectors
    // From the end, where a cut shows.
    for run in contiguousRuns(tables, tableSectors: header.tableSectors).reversed() {
      let size = UInt64(run.count) * header.tableSectors * sectorBytes
      guard size <= budget, let first = run.first else { break }
      budget -= size
      let bytes = try source.diskBytes(at: first.sector * sectorBytes, count: Int(size))
      for (index, table) in run.enumerated() {
        let base = index * Int(header.tableSectors * sectorBytes)
        for entry in 0..<width {
          let sector = UInt64(bytes.number32(at: base + entry * 4))
          if sector == 0 || sector == 1 && header.flags.contains(.zeroGrains) { continue }
          let lba = (UInt64(table.table) * UInt64(width) + UInt64(entry)) * header.grainSize
          let place = table.sector * sectorBytes + UInt64(entry) * 4
          let sectors = header.isCompressed ? 1 : min(header.grainSize, header.capacity &- lba)
          if sector + sectors > fileSectors {
            diagnostics.add(
              .outside(.grain, sector: sector, sectors: sectors, fileSectors: fileSectors),
              at: place)
            end = max(end, sector + sectors)
          } else if sector > last?.sector ?? 0 {
            last = (lba, sector, place)
          }
        }
      }
    }
    if end > fileSectors {
      diagnostics.add(
        .truncated(missing: end * sectorBytes - source.size, atLeast: header.isCompressed),
        at: source.size)
    } else if header.isCompressed {
      try checkEnd(last)
    }
  }

  /// Checks shape c: the last grain ends in the file and only zeros follow.
  private mutating func checkEnd(
    _ last: (lba: UInt64, sector: UInt64, place: UInt64)?
  ) throws(DiskError) {
    guard header.overhead <= fileSectors else { return }
    let start = (last?.sector ?? header.overhead) * sectorBytes
    var end = start
    if let last {
      let marker = try source.diskBytes(at: start, count: 12)
      let size = UInt64(marker.number32(at: 8))
      if marker.number64(at: 0) != last.lba || size == 0 || size > UInt64(header.grainBound) {
        diagnostics.add(.entryWithoutGrain(lba: last.lba, sector: last.sector), at: last.place)
        return
      }
      end = (start + 12 + size + sectorBytes - 1) / sectorBytes * sectorBytes
      if start + 12 + size > source.size {
        diagnostics.add(
          .truncated(missing: start + 12 + size - source.size, atLeast: false), at: source.size)
        return
      }
    }
    if last == nil, source.size < end + sectorBytes { diagnostics.add(.streamEmpty, at: end) }
    streamEnd = min(end + sectorBytes, max(source.size, end))
    let rest = try source.diskBytes(at: end, count: 128 << 10)
    if let extra = rest.firstIndex(where: { $0 != 0 }) {
      diagnostics.add(.trailingData(bytes: source.size - end), at: end + UInt64(extra))
    }
  }
}
