import OVABasics

extension DeepDiskCheck {
  /// Moves on by some of `bytes`, at least one, and gives how many.
  func walk(_ bytes: UnsafeRawBufferPointer) -> Int {
    switch state {
    case .header:
      let used = unsafe gather(bytes, upTo: 512)
      if unit.count == 512 {
        begin()
        unit.removeAll(keepingCapacity: true)
      }
      return used
    case .passing:
      position += UInt64(bytes.count)
      return bytes.count
    case .front:
      let start = (header?.overhead ?? 0) * sectorBytes
      let used = Int(min(UInt64(bytes.count), start - min(position, start)))
      position += UInt64(used)
      if position >= start { state = .marker }
      return used
    case .marker:
      let used = unsafe gather(bytes, upTo: 512)
      if unit.count == 512 { readMarker() }
      return used
    case .searching:
      let used = unsafe gather(bytes, upTo: 512)
      if unit.count == 512 { search() }
      return used
    case .metadata(let type, let total):
      let used = unsafe gather(bytes, upTo: total)
      if unit.count == total { readMetadata(type: type) }
      return used
    case .grain(let lba, let size, let total):
      let have = gathered.count - grainStart
      let used = min(bytes.count, total - have)
      unsafe gathered.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<used]))
      position += UInt64(used)
      if have + used == total { endGrain(lba: lba, size: size, total: total) }
      return used
    }
  }

  private func gather(_ bytes: UnsafeRawBufferPointer, upTo total: Int) -> Int {
    let used = min(bytes.count, total - unit.count)
    unsafe unit.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<used]))
    position += UInt64(used)
    return used
  }

  /// The offset of the unit that was just gathered.
  private var unitOffset: UInt64 { position - UInt64(unit.count) }

  // MARK: - Markers

  private func readMarker() {
    defer { if case .marker = state { unit.removeAll(keepingCapacity: true) } }
    guard let header else { return }
    let value = unit.number64(at: 0)
    let size = unit.number32(at: 8)
    if size > 0 {
      readGrainMarker(value: value, size: size, header: header)
      return
    }
    let type = unit.number32(at: 12)
    let tableSectors = header.tableSectors
    switch type {
    case 0 where value == 0: readEnd()
    case 1: expect(type, sectors: tableSectors, announced: value)
    case 2:
      let sectors = (UInt64(header.tableCount ?? 0) * 4 + sectorBytes - 1) / sectorBytes
      expect(type, sectors: sectors, announced: value)
    case 3: expect(type, sectors: 1, announced: value)
    case 4 where value <= 128: expect(type, sectors: value, announced: value)
    default: lose(value: value, size: size, type: type)
    }
  }

  /// Looks for the next marker, since the bytes after this one are not those that it announces.
  private func lose(value: UInt64, size: UInt32, type: UInt32) {
    diagnostics.add(.markerInvalid(value: value, size: size, type: type), at: unitOffset)
    unit.removeAll(keepingCapacity: true)
    state = .searching
  }

  private func expect(_ type: UInt32, sectors: UInt64, announced: UInt64) {
    if announced != sectors {
      diagnostics.add(
        .markerLength(type: type, expected: sectors, found: announced), at: unitOffset)
    }
    if let bad = unit[16...].firstIndex(where: { $0 != 0 }) {
      diagnostics.add(.paddingNotZero, at: unitOffset + UInt64(bad))
    }
    if awaitsEnd { diagnostics.add(.endOfStreamMissing, at: unitOffset) }
    awaitsEnd = false
    unit.removeAll(keepingCapacity: true)
    state = sectors > 0 ? .metadata(type: type, total: Int(sectors * sectorBytes)) : .marker
  }

  private func readEnd() {
    if let bad = unit.firstIndex(where: { $0 != 0 }) {
      diagnostics.add(.paddingNotZero, at: unitOffset + UInt64(bad))
    }
    awaitsEnd = false
    hasEnded = true
    unit.removeAll(keepingCapacity: true)
    state = .searching
  }

  private func readMetadata(type: UInt32) {
    guard let header else { return }
    let sector = unitOffset / sectorBytes
    switch type {
    case 1:
      keepTable(unit[...], header, at: UInt32(truncatingIfNeeded: sector))
    case 2:
      markedDirectory = (
        sector, (0..<(header.tableCount ?? 0)).map { unit.number32(at: $0 * 4) }
      )
    case 3:
      if let found = SparseHeader(unit) {
        found.check(at: unitOffset, into: &diagnostics)
        header.compare(footer: found, at: unitOffset, into: &diagnostics)
        footer = found
      } else {
        diagnostics.add(.footerMissing, at: unitOffset)
      }
      awaitsEnd = true
    default: break
    }
    unit.removeAll(keepingCapacity: true)
    state = .marker
  }

  // MARK: - Grains

  private func isGrid(_ lba: UInt64, _ header: SparseHeader) -> Bool {
    lba < header.capacity && lba % header.grainSize == 0
  }

  private var looksLikeZlib: Bool {
    unit[12] & 0x8F == 8 && (UInt16(unit[12]) << 8 | UInt16(unit[13])) % 31 == 0
  }

  private func readGrainMarker(value: UInt64, size: UInt32, header: SparseHeader) {
    let isInBounds = Int(size) <= header.grainBound
    if !isInBounds, isGrid(value, header) {
      let most = UInt32(header.grainBound)
      diagnostics.add(.grainSizeOutOfBounds(lba: value, most: most, found: size), at: unitOffset)
      unit.removeAll(keepingCapacity: true)
      state = .searching
    } else if !isInBounds || !isGrid(value, header) && !looksLikeZlib {
      lose(value: value, size: size, type: unit.number32(at: 12))
    } else {
      if value >= header.capacity {
        diagnostics.add(.grainBeyondCapacity(lba: value, capacity: header.capacity), at: unitOffset)
      } else if value % header.grainSize != 0 {
        diagnostics.add(.grainOffGrid(lba: value, grainSize: header.grainSize), at: unitOffset)
      }
      startGrain(lba: value, size: Int(size))
    }
  }

  private func startGrain(lba: UInt64, size: Int) {
    if awaitsEnd { diagnostics.add(.endOfStreamMissing, at: unitOffset) }
    awaitsEnd = false
    grainStart = gathered.count
    gathered += unit
    unit.removeAll(keepingCapacity: true)
    let total = (12 + size + 511) / 512 * 512
    state = .grain(lba: lba, size: size, total: total)
    if total == 512 { endGrain(lba: lba, size: size, total: total) }
  }

  private func endGrain(lba: UInt64, size: Int, total: Int) {
    let offset = position - UInt64(total)
    if let bad = gathered[(grainStart + 12 + size)...].firstIndex(where: { $0 != 0 }) {
      diagnostics.add(.paddingNotZero, at: offset + UInt64(bad - grainStart))
    }
    record(lba: lba, size: size, offset: offset)
    state = .marker
  }

  /// Notes a gathered grain, and inflates when there are enough.
  func record(lba: UInt64, size: Int, offset: UInt64) {
    guard let header else { return }
    jobs.append(GrainBatch.Job(start: grainStart, size: size, lba: lba, offset: offset))
    storedBytes += UInt64(size)
    if isGrid(lba, header), offset / sectorBytes <= UInt64(UInt32.max) {
      grainCount += 1
      grainSectorsOfDisk += min(header.grainSize, header.capacity - lba)
      takeEntries(1)
      if !isOverBudget {
        grainIndices.append(UInt32(truncatingIfNeeded: lba / header.grainSize))
        grainSectors.append(UInt32(truncatingIfNeeded: offset / sectorBytes))
      }
    }
    if gathered.count >= GrainBatch.enough { inflate() }
  }

  /// Has what is gathered inflated, as far as the budget goes.
  func inflate() {
    let most = UInt64(jobs.count) * UInt64(header?.grainBytes ?? 0)
    if !isInflatedInPart, !limits.take(Int(clamping: most), of: .inflatedBytes) {
      isInflatedInPart = true
      diagnostics.add(
        .inflatedBytesLimit(most: limits.inflatedBytes), at: jobs.first?.offset ?? position)
    }
    if isInflatedInPart { jobs.removeAll(keepingCapacity: true) }
    inflated?.take(&gathered, &jobs, number: batches)
    batches += 1
  }

  // MARK: - After damage, after the end

  /// Looks whether the sector may be a marker, to go on from there.
  private func search() {
    guard let header else { return }
    let value = unit.number64(at: 0)
    let size = unit.number32(at: 8)
    let type = unit.number32(at: 12)
    let isGrain =
      size > 0 && Int(size) <= header.grainBound && isGrid(value, header) && looksLikeZlib
    let isMetadata =
      size == 0 && (1...3).contains(type) && (1...65_536).contains(value)
      && unit[16...].allSatisfy { $0 == 0 }
    if hasEnded, !unit.isAllZero {
      diagnostics.add(.dataAfterEnd, at: unitOffset)
      hasEnded = false
    }
    if isGrain || isMetadata {
      state = .marker
      readMarker()
    } else {
      unit.removeAll(keepingCapacity: true)
    }
  }
}
