import OVABasics
public import OVAByteSource

extension DeepDiskCheck {
  /// Ends the check and gives what it showed.
  ///
  /// - Parameter source: the file, when it can be read again: for tables that lie where the pass
  ///   could not know them. Nil on a stream.
  public func finish(source: (any ByteSource)? = nil) -> DeepDiskResult {
    if header == nil, let result = finishOther(source: source) { return result }
    if case .header = state, unit.has("KDMV") {
      diagnostics.add(.headerIncomplete(expected: 512, found: unit.count), at: 0)
    }
    if let declaredSize, position < declaredSize {
      diagnostics.add(.truncated(missing: declaredSize - position, atLeast: false), at: position)
    }
    var allocated: UInt64 = 0
    var grains = 0
    let isChecked = header?.tableCount != nil
    if let header, isChecked {
      if position % sectorBytes != 0 {
        let rest = position % sectorBytes
        diagnostics.add(.partialSector(bytes: rest), at: position - rest)
      }
      if header.isCompressed {
        endStream(header)
        compareStream(header, source: source)
      } else {
        comparePlain(header, source: source)
        storedBytes = grainSectorsOfDisk * sectorBytes
      }
      grains = grainCount
      allocated = grainSectorsOfDisk * sectorBytes
    }
    limits.budget?.giveBack(takenEntries, of: .tableEntries)
    // No sum is given of tables that are not all there.
    let isCounted = isChecked && (!isOverBudget || header?.isCompressed == true)
    return DeepDiskResult(
      isChecked: isCounted, header: header, descriptor: descriptor,
      diagnostics: diagnostics.kept.sorted { $0.place < $1.place },
      diagnosticCount: diagnostics.count,
      grains: grains, allocatedBytes: allocated, storedBytes: storedBytes, bytesRead: position,
      verification: verification(isChecked: isChecked, grains: grains), structure: nil,
      isCrowdedOut: isCrowdedOut)
  }

  private func verification(isChecked: Bool, grains: Int) -> DiskVerification {
    guard isChecked, let header else {
      return DiskVerification(unchecked: ["what its header leads to"])
    }
    var verification = DiskVerification()
    let count = grains == 1 ? "1 grain" : "\(grains) grains"
    verification.checked =
      header.isCompressed
      ? [
        isInflatedInPart
          ? "the tables that lead to \(count)"
          : "\(count) inflated and the tables that lead to them"
      ]
      : ["the tables that lead to \(count), which have no checksums"]
    if descriptor?.hasParent == true {
      verification.unchecked.append("what it takes from its parent")
    }
    if isOverBudget {
      verification.unchecked.append(
        "which entry of its tables leads to which grain: "
          + "\(limits.tableEntries) are compared at most")
    }
    if isInflatedInPart {
      verification.unchecked.append(
        "what is in all of its grains: \(limits.inflatedBytes) bytes are inflated at most")
    }
    if let key = descriptor?.encryption {
      verification.unchecked.append("its contents, which are encrypted (\(key.forDisplay))")
    }
    return verification
  }

  // MARK: - The end of a stream

  private func endStream(_ header: SparseHeader) {
    switch state {
    case .grain(let lba, let size, let total):
      let have = gathered.count - grainStart
      let offset = position - UInt64(have)
      if have >= 12 + size {
        record(lba: lba, size: size, offset: offset)
      } else {
        diagnostics.add(
          .grainCutShort(lba: lba, missing: UInt64(12 + size - have)), at: offset)
        gathered.removeLast(min(have, total))
      }
    case .metadata(_, let total):
      diagnostics.add(.truncated(missing: UInt64(total - unit.count), atLeast: true), at: position)
    case .front:
      diagnostics.add(
        .outside(
          .overhead, sector: header.overhead, sectors: 0, fileSectors: position / sectorBytes),
        at: 64)
    default: break
    }
    inflate()
    inflated?.finish(into: &diagnostics)
    let isDue = header.directorySector == SparseHeader.directoryInFooter
    if footer == nil, isDue {
      diagnostics.add(.footerMissing, at: position)
    } else if awaitsEnd {
      diagnostics.add(.endOfStreamMissing, at: position)
    }
  }

  // MARK: - Tables

  /// The directory that counts and its sector.
  func countingDirectory(
    _ header: SparseHeader, source: (any ByteSource)?
  ) -> [UInt32]? {
    let sector = footer?.directorySector ?? header.directorySector
    guard sector > 0, sector < 1 << 32 else { return nil }
    if let marked = markedDirectory, marked.sector == sector { return marked.entries }
    if let directory, sector == header.directorySector { return directory }
    let count = header.tableCount ?? 0
    let bytes = try? source?.diskBytes(at: sector * sectorBytes, count: count * 4)
    if let bytes, bytes.count == count * 4 {
      return (0..<count).map { bytes.number32(at: $0 * 4) }
    }
    let sectors = (UInt64(count) * 4 + sectorBytes - 1) / sectorBytes
    diagnostics.add(
      .outside(
        .directory, sector: sector, sectors: sectors, fileSectors: position / sectorBytes),
      at: footer == nil ? 56 : position)
    return nil
  }

  /// Reads a table again that did not pass where one was expected.
  func fetch(_ sector: UInt32, _ header: SparseHeader, source: (any ByteSource)?) {
    guard !tables.has(sector), let source else { return }
    let count = Int(header.tableEntries) * 4
    // In a stream, tables follow their markers; without one it is no table.
    if header.isCompressed, header.directorySector == SparseHeader.directoryInFooter { return }
    if let bytes = try? source.diskBytes(at: UInt64(sector) * sectorBytes, count: count),
      bytes.count == count
    {
      keepTable(bytes[...], header, at: sector)
    }
  }

  /// Every entry leads to the grain it names, every grain is led to, no grain is there twice.
  private func compareStream(_ header: SparseHeader, source: (any ByteSource)?) {
    guard !isOverBudget else { return }
    let order = indexOrder()
    for (one, other) in zip(order, order.dropFirst())
    where grainIndices[Int(one)] == grainIndices[Int(other)] {
      diagnostics.add(
        .grainTwice(lba: UInt64(grainIndices[Int(other)]) * header.grainSize),
        at: UInt64(grainSectors[Int(other)]) * sectorBytes)
    }
    guard let directory = countingDirectory(header, source: source) else { return }
    let width = Int(header.tableEntries)
    var next = 0
    for (table, sector) in directory.enumerated() {
      let start = next
      while next < order.count, Int(grainIndices[Int(order[next])]) / width == table { next += 1 }
      if sector > 0 { fetch(sector, header, source: source) }
      guard !isOverBudget else { return }
      guard let entries = sector == 0 ? [] : tables.entries(at: sector) else {
        diagnostics.add(sector: UInt64(sector), .tableUnseen(table: table, sector: UInt64(sector)))
        continue
      }
      compare(
        entries, with: order[start..<next], table: table, sector: sector, header: header)
    }
    compareRedundant(directory, header, source: source)
  }

  /// The grains by number; they usually lie that way already.
  private func indexOrder() -> [UInt32] {
    let isSorted = zip(grainIndices, grainIndices.dropFirst()).allSatisfy { $0 < $1 }
    var order = grainIndices.indices.map { UInt32(truncatingIfNeeded: $0) }
    if !isSorted { order.sort { (grainIndices[Int($0)], $0) < (grainIndices[Int($1)], $1) } }
    return order
  }

  private func compare(
    _ entries: [(slot: Int, sector: UInt32)], with grains: ArraySlice<UInt32>, table: Int,
    sector: UInt32, header: SparseHeader
  ) {
    let width = Int(header.tableEntries)
    var grains = grains
    for (slot, target) in entries {
      let index = table * width + slot
      if target == 1, header.flags.contains(.zeroGrains) { continue }
      let lba = UInt64(index) * header.grainSize
      let place = UInt64(sector) * sectorBytes + UInt64(slot) * 4
      while let first = grains.first.map(Int.init), Int(grainIndices[first]) < index {
        notLedTo(first, header)
        grains.removeFirst()
      }
      var isReached = false
      while let first = grains.first.map(Int.init), Int(grainIndices[first]) == index {
        if grainSectors[first] == target { isReached = true }
        grains.removeFirst()
      }
      if isReached { continue }
      if let other = grain(at: target) {
        let found = UInt64(grainIndices[other]) * header.grainSize
        diagnostics.add(.entryLeadsToOther(expected: lba, found: found), at: place)
      } else {
        diagnostics.add(.entryWithoutGrain(lba: lba, sector: UInt64(target)), at: place)
      }
    }
    for grain in grains { notLedTo(Int(grain), header) }
  }

  private func notLedTo(_ grain: Int, _ header: SparseHeader) {
    diagnostics.add(
      .grainNotLedTo(lba: UInt64(grainIndices[grain]) * header.grainSize),
      at: UInt64(grainSectors[grain]) * sectorBytes)
  }

  /// The grain whose marker is at `sector`, by bisection: they are kept in the file's order.
  private func grain(at sector: UInt32) -> Int? {
    var (low, high) = (0, grainSectors.count)
    while low < high {
      let middle = (low + high) / 2
      if grainSectors[middle] < sector { low = middle + 1 } else { high = middle }
    }
    return low < grainSectors.count && grainSectors[low] == sector ? low : nil
  }

  func compareRedundant(
    _ directory: [UInt32], _ header: SparseHeader, source: (any ByteSource)?
  ) {
    guard header.flags.contains(.redundantDirectory), let redundantDirectory else { return }
    // A writer without copies lets both directories lead to the same tables.
    let hasCopies = zip(directory, redundantDirectory).contains { $0 != $1 }
    for (table, (one, other)) in zip(directory, redundantDirectory).enumerated() {
      if one == other {
        guard hasCopies, one != 0 else { continue }
        diagnostics.add(
          .redundantMissing(table: table),
          at: header.redundantDirectorySector * sectorBytes + UInt64(table) * 4)
        continue
      }
      if one > 0 { fetch(one, header, source: source) }
      if other > 0 { fetch(other, header, source: source) }
      guard !isOverBudget else { return }
      if one == 0 || other == 0 || !tables.areEqual(one, other) {
        diagnostics.add(
          .redundantDiffers(table: table),
          at: header.redundantDirectorySector * sectorBytes + UInt64(table) * 4)
      }
    }
  }
}
