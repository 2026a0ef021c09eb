public import OVABasics
import OVAByteSource

/// Checks a sparse extent grain by grain as its bytes pass, front to back.
///
/// It needs each byte once and in order, so it can share one read with digests and works on a
/// stream that cannot go back. Memory: about a mebibyte and a grain for each worker, and 12 bytes
/// for each grain and 6 for each table entry that is really in the file, up to the limit
/// `tableEntries`. For one thread at a time; the pool inflates grains beside it.
public final class DeepDiskCheck {
  /// The kind of bytes at `position`.
  enum State {
    /// The first 512.
    case header
    /// Nothing that is looked at here; tables are taken out as they pass.
    case passing
    /// Bytes before the first grain.
    case front
    /// The sector of a marker.
    case marker
    /// The rest of a grain, up to so many bytes with its marker and padding.
    case grain(lba: UInt64, size: Int, total: Int)
    /// The sectors that a marker announced.
    case metadata(type: UInt32, total: Int)
    /// Looking for the next marker after damage, or for data after the end.
    case searching
  }

  let name: String
  let declaredSize: UInt64?
  let limits: Limits
  let pool: InflatePool
  var state = State.header
  /// The offset of the next byte.
  var position: UInt64 = 0
  /// Bytes of the unit being read, other than grains.
  var unit: [UInt8] = []
  /// Grains with their markers, up to a batch.
  var gathered: [UInt8] = []
  /// The grains in it that are whole.
  var jobs: [GrainBatch.Job] = []
  /// The offset in it of the grain being read.
  var grainStart = 0
  var batches = 0
  var diagnostics: DiagnosticList
  var header: SparseHeader?
  var inflated: InflatedGrains?
  var tap = StreamTap()
  var tables = TableStore()
  var directory: [UInt32]?
  var directorySector: UInt64?
  var redundantDirectory: [UInt32]?
  /// Directories that followed a marker, by sector; the footer says which counts.
  var markedDirectory: (sector: UInt64, entries: [UInt32])?
  var footer: SparseHeader?
  var awaitsEnd = false
  var hasEnded = false
  var descriptor: DiskDescriptor?
  /// Grains in the file's order: their numbers and sectors side by side.
  var grainIndices: [UInt32] = []
  var grainSectors: [UInt32] = []
  /// The number of those grains, and of the sectors of the capacity that they stand for.
  var grainCount = 0
  var grainSectorsOfDisk: UInt64 = 0
  /// Entries of tables and grains that were taken from the budget.
  var takenEntries = 0
  /// True if there were more than the budget has.
  var isOverBudget = false
  /// True if that was so because of what else is read at the same time: read alone, there is room.
  var isCrowdedOut = false
  /// True if more bytes came out of grains than the budget has; the rest is not inflated.
  var isInflatedInPart = false
  var storedBytes: UInt64 = 0
  /// True if nothing but zeros has passed.
  var hasOnlyZeros = true

  /// Begins a check.
  /// - Parameters:
  ///   - name: what places call the file.
  ///   - size: the file's length where it is known beforehand.
  ///   - limits: bounds on the descriptor and on the entries of tables that are kept.
  ///   - pool: who inflates grains; the caller alone unless given.
  public init(
    name: String, size: UInt64? = nil, limits: Limits = Limits(),
    pool: InflatePool = InflatePool(workers: 1)
  ) {
    self.name = name
    self.declaredSize = size
    self.limits = limits.withBudget()
    self.pool = pool
    diagnostics = DiagnosticList(name: name)
  }

  /// Takes the next bytes of the file.
  public func consume(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { bytes in unsafe consume(bytes) }
  }

  /// Takes the next bytes of the file.
  public func consume(_ bytes: UnsafeRawBufferPointer) {
    var rest = unsafe bytes
    if hasOnlyZeros { hasOnlyZeros = unsafe bytes.allSatisfy { $0 == 0 } }
    while rest.count > 0 {
      if case .header = state {
        // The header says which stretches are wanted, so it comes before the tap.
        let used = unsafe walk(UnsafeRawBufferPointer(rebasing: rest.prefix(512 - unit.count)))
        unsafe rest = UnsafeRawBufferPointer(rebasing: rest[used...])
        continue
      }
      let (used, done) = unsafe tap.feed(rest, at: position)
      if let done { take(done.0, done.1, at: position + UInt64(used)) }
      var piece = unsafe UnsafeRawBufferPointer(rebasing: rest[..<used])
      while piece.count > 0 {
        let walked = unsafe walk(piece)
        unsafe piece = UnsafeRawBufferPointer(rebasing: piece[walked...])
      }
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[used...])
    }
  }

  /// A stretch that was wanted has passed.
  private func take(_ stretch: StreamTap.Stretch, _ bytes: [UInt8], at position: UInt64) {
    guard let header else { return }
    switch stretch.purpose {
    case .descriptor:
      guard !bytes.isAllZero else { return }
      descriptor = DiskDescriptor.read(bytes, name: name, offset: stretch.start, limits: limits).0
    case .table:
      let sector = UInt32(truncatingIfNeeded: stretch.start / sectorBytes)
      keepTable(bytes[...], header, at: sector)
    case .directory, .redundantDirectory:
      let entries = (0..<bytes.count / 4).map { bytes.number32(at: $0 * 4) }
      if stretch.purpose == .directory {
        directory = entries
      } else {
        redundantDirectory = entries
      }
      wantTables(entries, header: header, from: position)
    }
  }

  /// Keeps a table until all is compared, as far as the budget goes.
  func keepTable(_ bytes: ArraySlice<UInt8>, _ header: SparseHeader, at sector: UInt32) {
    guard !isOverBudget else { return }
    takeEntries(tables.keep(bytes, width: Int(header.tableEntries), at: sector))
  }

  /// Takes entries that are kept from the budget. What does not fit is not compared: all that is
  /// kept for it is let go.
  func takeEntries(_ count: Int) {
    guard !isOverBudget else { return }
    guard limits.take(count, of: .tableEntries) else {
      isOverBudget = true
      isCrowdedOut = UInt64(takenEntries + count) <= limits.tableEntries
      diagnostics.add(.tableEntriesLimit(most: limits.tableEntries), at: 0)
      tables = TableStore()
      (grainIndices, grainSectors) = ([], [])
      return
    }
    takenEntries += count
  }

  /// Wants the tables that a directory leads to; those that have passed are looked up among the
  /// ones that followed markers.
  private func wantTables(_ entries: [UInt32], header: SparseHeader, from position: UInt64) {
    let count = header.tableSectors * sectorBytes
    // What lies outside the file never passes.
    let end = declaredSize ?? .max
    var sectors = entries.filter { sector in
      let start = UInt64(sector) * sectorBytes
      return sector != 0 && start >= position && start + count <= end
    }
    sectors.sort()
    var last: UInt32 = 0
    sectors.removeAll { sector in
      defer { last = sector }
      return sector == last
    }
    _ = tap.want(
      sectors.prefix(Self.mostTablesWanted).map {
        StreamTap.Stretch(purpose: .table, start: UInt64($0) * sectorBytes, count: count)
      }, from: position)
  }

  /// Tables that are taken as they pass; with usual grains those of 32 TiB.
  private static let mostTablesWanted = 1 << 20

  /// Reads the header and decides what the rest is.
  func begin() {
    guard let header = SparseHeader(unit) else {
      state = .passing
      return
    }
    self.header = header
    header.check(at: 0, into: &diagnostics)
    state = .passing
    guard let size = header.grainBytes, let count = header.tableCount else { return }
    var wanted: [StreamTap.Stretch] = []
    func want(_ purpose: StreamTap.Purpose, _ sector: UInt64, bytes: UInt64) {
      guard sector > 0, sector < 1 << 32 else { return }
      wanted.append(
        StreamTap.Stretch(purpose: purpose, start: sector * sectorBytes, count: bytes))
    }
    want(.directory, header.directorySector, bytes: UInt64(count) * 4)
    if header.flags.contains(.redundantDirectory) {
      want(.redundantDirectory, header.redundantDirectorySector, bytes: UInt64(count) * 4)
    }
    let descriptorBytes = bytesClamped(sectors: header.descriptorSectors)
    if descriptorBytes > 0, descriptorBytes <= limits.diskDescriptorBytes {
      want(.descriptor, header.descriptorSector, bytes: descriptorBytes)
    }
    for stretch in tap.want(wanted, from: position) {
      let part: DiskDiagnosticKind.Part = stretch.purpose == .descriptor ? .descriptor : .directory
      diagnostics.add(.overlapping(part, sector: stretch.start / sectorBytes), at: stretch.start)
    }
    if header.isCompressed {
      inflated = InflatedGrains(header, grainBytes: size, pool: pool)
      let isSane = header.overhead > 0 && header.overhead < 1 << 32
      state = isSane ? (header.overhead == 1 ? .marker : .front) : .searching
    }
  }
}
