import OVABasics
import OVAByteSource

/// Reads and checks what a sparse extent says of itself, with a few small reads.
struct SparseOpening {
  let source: any ByteSource
  let header: SparseHeader
  let limits: Limits
  private(set) var faults: FaultList
  private var footer: (header: SparseHeader, offset: UInt64)?
  private var streamEnd: UInt64?
  private var fileSectors: UInt64 { source.size / sectorBytes }

  /// Bytes of tables that the cheap check looks through at most: 128 GiB of disk.
  private static let mostTableBytes: UInt64 = 8 << 20
  /// The space for the four lines of identifiers that VirtualBox adds to a descriptor.
  private static let wantedDescriptorBytes: UInt64 = 256
  /// The most zeros at the end of a file that are read through; behind more, the end is searched
  /// for.
  private static let mostZeroBytes: UInt64 = 512 << 10
  /// Bytes of one look while the end is searched for.
  private static let probeBytes: UInt64 = 4 << 10
  /// The number of bytes from the end in which a footer is searched through other data.
  private static let tailBytes: UInt64 = (64 << 10) + 1536

  /// Reads the header; nil, with a fault, when it is not whole.
  static func open(
    _ source: any ByteSource, limits: Limits
  ) throws(DiskError) -> (extent: SparseExtent?, faults: FaultList) {
    var faults = FaultList(name: source.name)
    let head = try source.diskBytes(at: 0, count: SparseHeader.byteCount)
    guard let header = SparseHeader(head) else {
      faults.add(.headerIncomplete(expected: SparseHeader.byteCount, found: head.count), at: 0)
      return (nil, faults)
    }
    var opening = SparseOpening(source: source, header: header, limits: limits, faults: faults)
    let extent = try opening.read()
    return (extent, opening.faults)
  }

  private init(
    source: any ByteSource, header: SparseHeader, limits: Limits, faults: FaultList
  ) {
    self.source = source
    self.header = header
    self.limits = limits
    self.faults = faults
  }

  private mutating func read() throws(DiskError) -> SparseExtent {
    header.check(at: 0, into: &faults)
    if source.size % sectorBytes != 0 {
      let rest = source.size % sectorBytes
      faults.add(.partialSector(bytes: rest), at: source.size - rest)
    }
    let descriptor = try readDescriptor()
    checkInside(.overhead, sector: header.overhead, sectors: 0, field: 64)
    if header.isCompressed { try readFooter() }
    let directory = try readDirectory()
    return SparseExtent(
      source: source, header: header, footer: footer?.header, footerOffset: footer?.offset,
      directorySector: directory, descriptorBytes: descriptor, streamEnd: streamEnd)
  }

  // MARK: - Parts of the file

  /// Records a part outside the file; true when it lies inside.
  @discardableResult
  private mutating func checkInside(
    _ part: DiskFault.Part, sector: UInt64, sectors: UInt64, field: UInt64
  ) -> Bool {
    let (end, overflow) = sector.addingReportingOverflow(sectors)
    if !overflow, end <= fileSectors { return true }
    faults.add(
      .outside(part, sector: sector, sectors: sectors, fileSectors: fileSectors), at: field)
    return false
  }

  private mutating func readDescriptor() throws(DiskError) -> [UInt8] {
    guard header.descriptorSector > 0, header.descriptorSectors > 0 else { return [] }
    guard
      checkInside(
        .descriptor, sector: header.descriptorSector, sectors: header.descriptorSectors, field: 28)
    else { return [] }
    if header.overhead > 0, header.descriptorSector + header.descriptorSectors > header.overhead {
      faults.add(.overlapping(.descriptor, sector: header.descriptorSector), at: 28)
    }
    let bytes = header.descriptorSectors * sectorBytes
    if bytes > limits.diskDescriptorBytes {
      faults.add(.descriptorTooLarge(limit: limits.diskDescriptorBytes, found: bytes), at: 36)
    }
    let text = try source.diskBytes(
      at: header.descriptorSector * sectorBytes,
      count: Int(min(bytes, limits.diskDescriptorBytes)))
    let free = UInt64(text.count - (text.lastIndex { $0 != 0 } ?? -1) - 1)
    if bytes <= limits.diskDescriptorBytes, free < Self.wantedDescriptorBytes, free < bytes,
      !text.holds(Array("ddb.uuid.image".utf8))
    {
      faults.add(.descriptorAreaFull(free: free), at: header.descriptorSector * sectorBytes)
    }
    // The area is mostly zeros, and a package may have thousands of disks.
    return Array(text[..<(text.count - Int(free))])
  }

  // MARK: - The footer

  /// Looks for the footer from the end back, through zeros.
  private mutating func readFooter() throws(DiskError) {
    let isDue = header.directorySector == SparseHeader.directoryInFooter
    let tailEnd = try endOfData(isDue: isDue)
    let wanted = min(tailEnd, Self.tailBytes / sectorBytes * sectorBytes)
    let start = tailEnd - wanted
    let tail = try source.diskBytes(at: start, count: Int(wanted))
    guard let at = Self.footerPosition(in: tail, isWholeFile: start == 0),
      let found = SparseHeader(Array(tail[at..<min(at + 512, tail.count)]))
    else {
      if isDue { reportMissingFooter(tail: tail, start: start) }
      return
    }
    let offset = start + UInt64(at)
    footer = (found, offset)
    found.check(at: offset, into: &faults)
    header.compare(footer: found, at: offset, into: &faults)
    if found.directorySector == SparseHeader.directoryInFooter || found.directorySector == 0 {
      faults.add(.directoryMissing, at: offset + 56)
    }
    checkMarker(before: at, in: tail, at: offset)
    let end = Array(tail[min(at + 512, tail.count)...].prefix(512))
    if end.count < 512 || !end.isAllZero {
      faults.add(.endOfStreamMissing, at: offset + 512)
    } else {
      streamEnd = offset + 1024
      if let extra = tail[(at + 1024)...].firstIndex(where: { $0 != 0 }) {
        let place = start + UInt64(extra)
        faults.add(.trailingData(bytes: source.size - offset - 1024), at: place)
      } else if source.size > offset + 1024 {
        faults.add(.zerosAfterEnd(bytes: source.size - offset - 1024), at: offset + 1024)
      }
    }
  }

  /// Returns the offset at which the file's last zeros begin, and two sectors of them; its end
  /// where those are few. Only a disk whose footer is elsewhere than at its end is read so far.
  private func endOfData(isDue: Bool) throws(DiskError) -> UInt64 {
    let whole = fileSectors * sectorBytes
    var end = whole
    guard isDue else { return whole }
    while end > 0, whole - end < Self.mostZeroBytes {
      let count = min(end, Self.tailBytes / sectorBytes * sectorBytes)
      if let last = try lastNonzero(in: end - count, count) {
        return min(whole, (last / sectorBytes + 3) * sectorBytes)
      }
      end -= count
    }
    guard let last = try searchedEnd(below: end) else { return whole }
    return min(whole, (last / sectorBytes + 3) * sectorBytes)
  }

  /// Returns the offset of the last byte that is not zero among some bytes; nil where there is
  /// none.
  private func lastNonzero(in start: UInt64, _ count: UInt64) throws(DiskError) -> UInt64? {
    let piece = try source.diskBytes(at: start, count: Int(count))
    return piece.lastIndex { $0 != 0 }.map { start + UInt64($0) }
  }

  /// The last byte before the zeros that a file ends with, found by looks at ever larger distances
  /// and then by halves: a stream is compressed, and has no long runs of zeros. Nil where no look
  /// meets data.
  private func searchedEnd(below end: UInt64) throws(DiskError) -> UInt64? {
    var zeros = end
    var data: UInt64?
    var distance: UInt64 = Self.mostZeroBytes
    while data == nil, distance < end {
      let place = end - distance
      if try lastNonzero(in: place, Self.probeBytes) != nil { data = place } else { zeros = place }
      distance *= 2
    }
    // The header at the file's start is data.
    var start = data ?? 0
    while zeros - start > Self.tailBytes {
      let middle = start + (zeros - start) / 2
      if try lastNonzero(in: middle, Self.probeBytes) != nil {
        start = middle
      } else {
        zeros = middle
      }
    }
    return try lastNonzero(in: start, zeros - start + Self.probeBytes)
  }

  private mutating func checkMarker(before at: Int, in tail: [UInt8], at offset: UInt64) {
    guard at >= 512 else {
      faults.add(.footerMarkerInvalid, at: offset)
      return
    }
    let marker = Array(tail[at - 512..<at])
    let isMarker =
      marker.number64(at: 0) == 1 && marker.number32(at: 8) == 0
      && marker.number32(at: 12) == 3
    if !isMarker { faults.add(.footerMarkerInvalid, at: offset - 512) }
    if let bad = marker[16...].firstIndex(where: { $0 != 0 }) {
      faults.add(.paddingNotZero, at: offset - 512 + UInt64(bad))
    }
  }

  /// The last sector of the tail that begins like a header; the file's own header is none.
  private static func footerPosition(in tail: [UInt8], isWholeFile: Bool) -> Int? {
    stride(from: tail.count - 512, through: isWholeFile ? 512 : 0, by: -512)
      .first { tail.has("KDMV", at: $0) }
  }

  private mutating func reportMissingFooter(tail: [UInt8], start: UInt64) {
    let marked = stride(from: tail.count - 512, through: 0, by: -512).first {
      tail.number64(at: $0) == 1 && tail.number32(at: $0 + 8) == 0
        && tail.number32(at: $0 + 12) == 3
    }
    let zeros = tail.count - 1 - (tail.lastIndex { $0 != 0 } ?? -1)
    let end = start + UInt64(tail.count) - UInt64(zeros)
    if let marked, marked + 512 < tail.count {
      faults.add(.footerMissing, at: start + UInt64(marked + 512))
    } else if source.size - end >= 2048 {
      // A file that was laid out before it was filled has its length and not its end.
      faults.add(.footerMissing, at: end)
      faults.add(.endIsZeros(bytes: source.size - end), at: end)
    } else {
      faults.add(.footerMissing, at: source.size)
      faults.add(.truncated(missing: 1024, atLeast: true), at: source.size)
    }
  }

  // MARK: - Directory and tables

  private mutating func readDirectory() throws(DiskError) -> UInt64? {
    guard let tables = header.tableCount else { return nil }
    let directorySectors = (UInt64(tables) * 4 + sectorBytes - 1) / sectorBytes
    if header.flags.contains(.redundantDirectory) {
      let sector = header.redundantDirectorySector
      if sector == 0 || sector == .max {
        // Only a directory in front can have a copy; writers that stream leave the bit unset.
        if header.directorySector != SparseHeader.directoryInFooter {
          faults.add(.directoryMissing, at: 48)
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
      if footer == nil { faults.add(.directoryMissing, at: field) }
      return nil
    }
    guard checkInside(.directory, sector: sector, sectors: directorySectors, field: field) else {
      if let end = sector.addingWithin(directorySectors), end < 1 << 32 {
        faults.add(
          .truncated(missing: end * sectorBytes - source.size, atLeast: true), at: source.size)
      }
      return nil
    }
    if header.descriptorSectors > 0, sector >= header.descriptorSector,
      sector < (header.descriptorSector.addingWithin(header.descriptorSectors) ?? .max)
    {
      faults.add(.overlapping(.directory, sector: sector), at: field)
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
        faults.add(
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
            faults.add(
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
      faults.add(
        .truncated(missing: end * sectorBytes - source.size, atLeast: header.isCompressed),
        at: source.size)
    } else if header.isCompressed {
      try checkEnd(last)
    }
  }

  /// In shape c: the last grain ends in the file and only zeros follow.
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
        faults.add(.entryWithoutGrain(lba: last.lba, sector: last.sector), at: last.place)
        return
      }
      end = (start + 12 + size + sectorBytes - 1) / sectorBytes * sectorBytes
      if start + 12 + size > source.size {
        faults.add(
          .truncated(missing: start + 12 + size - source.size, atLeast: false), at: source.size)
        return
      }
    }
    if last == nil, source.size < end + sectorBytes { faults.add(.streamEmpty, at: end) }
    streamEnd = min(end + sectorBytes, max(source.size, end))
    let rest = try source.diskBytes(at: end, count: 128 << 10)
    if let extra = rest.firstIndex(where: { $0 != 0 }) {
      faults.add(.trailingData(bytes: source.size - end), at: end + UInt64(extra))
    }
  }
}

extension SparseHeader {
  /// The most compressed bytes a grain may take: what zlib's bound gives, and some.
  var grainBound: Int { grainBytes.map { $0 + $0 / 1000 + 12 + 64 } ?? 0 }
}

extension UInt64 {
  /// The sum, or nil when it passes 64 bits.
  func addingWithin(_ other: UInt64) -> UInt64? {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? nil : sum
  }
}
