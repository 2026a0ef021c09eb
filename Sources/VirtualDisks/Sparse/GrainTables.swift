public import OVABasics
import OVAByteSource

extension SparseExtent {
  /// One grain that a table names.
  struct Grain {
    let index: Int
    let sector: UInt32
  }

  /// The whole grain directory that counts.
  /// - Throws: `DiskError` when it lies outside the file, or the header's sizes make no sense.
  func directory() throws(DiskError) -> [UInt32] {
    guard let directorySector, let count = header.tableCount else {
      throw damage("its header leads to no grain directory")
    }
    let bytes = try source.diskBytes(at: directorySector * sectorBytes, count: count * 4)
    guard bytes.count == count * 4 else { throw damage("its grain directory is cut short") }
    return (0..<count).map { bytes.number32(at: $0 * 4) }
  }

  /// Calls `body` with each grain that is stored, table by table in the file's order.
  ///
  /// Reads no more than the file has bytes, whatever the directory says.
  func forEachGrain(_ body: (Grain) -> Void) throws(DiskError) {
    let width = Int(header.tableEntries)
    let directory = try directory()
    let named = directory.count { $0 != 0 }
    guard UInt64(named) * header.tableSectors <= fileSectors else {
      throw damage("its grain directory names more tables than the file can hold")
    }
    let present = directory.enumerated().filter { $0.element != 0 }
      .map { (table: $0.offset, sector: UInt64($0.element)) }
    let limit = header.grainCount ?? 0
    let zero: UInt32 = header.flags.contains(.zeroGrains) ? 1 : 0
    for run in contiguousRuns(present, tableSectors: header.tableSectors) {
      guard let first = run.first else { continue }
      let size = run.count * Int(header.tableSectors * sectorBytes)
      let bytes = try source.diskBytes(at: first.sector * sectorBytes, count: size)
      guard bytes.count == size else { throw damage("a grain table lies outside the file") }
      for (position, table) in run.enumerated() {
        let base = position * Int(header.tableSectors * sectorBytes)
        for entry in 0..<width {
          let sector = bytes.number32(at: base + entry * 4)
          let index = table.table * width + entry
          if sector > zero, index < limit { body(Grain(index: index, sector: sector)) }
        }
      }
    }
  }

  func damage(_ reason: String) -> DiskError {
    DiskError(
      code: .damaged, doing: "read its grain tables", reason: reason, place: Place(source.name))
  }
}

extension VirtualDisk {
  /// Returns the bytes of the capacity that are stored, from the grain tables: the value for
  /// `populatedSize`.
  ///
  /// Flat extents count whole. Reads the tables, never more than the files have bytes.
  /// - Throws: `DiskError` when the tables cannot be read or the format's are not known here.
  public func allocatedBytes() throws(DiskError) -> UInt64 {
    if parts.isEmpty, let stored = structure?.allocatedBytes { return stored }
    var total: UInt64 = 0
    try forEachRun { total += $1 }
    return total
  }

  /// Returns the bytes of the capacity that are stored; nil where the tables do not tell, since they
  /// are damaged or their format's are not known here.
  /// - Throws: `DiskError` `unreadable` when the machine did not let them be read.
  package func toldAllocatedBytes() throws(DiskError) -> UInt64? {
    do throws(DiskError) {
      return try allocatedBytes()
    } catch {
      if error.code == .unreadable { throw error }
      return nil
    }
  }

  /// Returns the stored share of each of `buckets` equal parts of the capacity, from 0 to 1.
  ///
  /// Reads the grain tables as `allocatedBytes()` does.
  /// - Parameter buckets: how many parts, 1 to 65,536; others are brought into that range.
  public func allocationMap(buckets: Int) throws(DiskError) -> [Double] {
    let count = UInt64(min(max(buckets, 1), 65_536))
    guard let capacity, capacity > 0 else { throw unmapped() }
    var sums = [UInt64](repeating: 0, count: Int(count))
    let edge = { (bucket: UInt64) -> UInt64 in
      UInt64(UInt128(capacity) * UInt128(bucket) / UInt128(count))
    }
    try forEachRun { start, length in
      let end = min(start &+ length, capacity)
      var position = start
      while position < end {
        var bucket = min(
          UInt64(UInt128(position) * UInt128(count) / UInt128(capacity)), count - 1)
        if edge(bucket + 1) <= position { bucket = min(bucket + 1, count - 1) }
        let next = min(end, max(edge(bucket + 1), position + 1))
        sums[Int(bucket)] += next - position
        position = next
      }
    }
    return sums.indices.map { index in
      let size = edge(UInt64(index) + 1) - edge(UInt64(index))
      return size == 0 ? 0 : min(1, Double(sums[index]) / Double(size))
    }
  }

  /// Calls `body` with the start and length in bytes of each stored stretch of the capacity.
  private func forEachRun(_ body: (UInt64, UInt64) -> Void) throws(DiskError) {
    guard !parts.isEmpty, let capacity else { throw unmapped() }
    var start: UInt64 = 0
    for part in parts {
      let size = min(bytesClamped(sectors: part.sectors), capacity - min(start, capacity))
      switch part.storage {
      case .zero: break
      case .missing, .unread: throw unmapped()
      case .flat: body(start, size)
      case .sparse(let extent):
        guard let grain = extent.header.grainBytes.map(UInt64.init) else { throw unmapped() }
        try extent.forEachGrain { found in
          let offset = UInt64(found.index) * grain
          if offset < size { body(start + offset, min(grain, size - offset)) }
        }
      }
      start += size
    }
  }

  private func unmapped() -> DiskError {
    DiskError(
      code: .unsupported, doing: "tell what is allocated",
      reason: "\(format.name) without readable tables", place: Place(name))
  }
}
