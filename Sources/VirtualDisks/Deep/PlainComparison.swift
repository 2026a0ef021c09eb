import OVABasics
import OVAByteSource

extension DeepDiskCheck {
  /// Every grain of an uncompressed extent lies in the file, behind the metadata, and none across
  /// another.
  func comparePlain(_ header: SparseHeader, source: (any ByteSource)?) {
    guard !isOverBudget, let directory = countingDirectory(header, source: source) else { return }
    let fileSectors = position / sectorBytes
    let most = Int(fileSectors / header.grainSize) + 1
    var overlaps = GrainOverlaps(grainSize: header.grainSize, fileSectors: fileSectors)
    var seen: Set<UInt32> = []
    for (table, sector) in directory.enumerated() where sector > 0 {
      guard UInt64(sector) + header.tableSectors <= fileSectors else {
        diagnostics.add(sector: UInt64(sector), .tableUnseen(table: table, sector: UInt64(sector)))
        continue
      }
      fetch(sector, header, source: source)
      guard !isOverBudget else { return forgetGrains() }
      if !seen.insert(sector).inserted {
        diagnostics.add(sector: UInt64(sector), .overlapping(.table, sector: UInt64(sector)))
        continue
      }
      guard let entries = tables.entries(at: sector) else {
        diagnostics.add(sector: UInt64(sector), .tableUnseen(table: table, sector: UInt64(sector)))
        continue
      }
      for (slot, target) in entries {
        let index = UInt64(table) * UInt64(header.tableEntries) + UInt64(slot)
        let lba = index * header.grainSize
        let place = UInt64(sector) * sectorBytes + UInt64(slot) * 4
        if target == 1, header.flags.contains(.zeroGrains) { continue }
        let size = min(header.grainSize, header.capacity - min(lba, header.capacity))
        if index >= UInt64(header.grainCount ?? 0) {
          diagnostics.add(.grainBeyondCapacity(lba: lba, capacity: header.capacity), at: place)
        } else if UInt64(target) + size > fileSectors {
          diagnostics.add(
            .outside(.grain, sector: UInt64(target), sectors: size, fileSectors: fileSectors),
            at: place)
        } else if UInt64(target) < header.overhead {
          diagnostics.add(.overlapping(.grain, sector: UInt64(target)), at: place)
        } else if grainCount < 2 * most {
          grainCount += 1
          grainSectorsOfDisk += size
          if overlaps.add(target, number: index) { takeEntries(2) }
        }
      }
    }
    guard !isOverBudget else { return forgetGrains() }
    if grainCount > most { diagnostics.add(.tableEntriesTooMany(most: most), at: 0) }
    overlaps.eachDiagnostic { kind, sector in diagnostics.add(sector: sector, kind) }
    compareRedundant(directory, header, source: source)
  }

  /// No sum is given of tables that are not all there.
  private func forgetGrains() { (grainCount, grainSectorsOfDisk) = (0, 0) }
}

/// Finds grains that lie across each other, in a bit for each grain that the file has room for.
///
/// Grains lie at one distance from multiples of their size, and overlap where they are the same.
/// Those at another distance are kept, and compared with the others at the end.
struct GrainOverlaps {
  private let grainSize: UInt64
  /// One bit for each grain of the file, for those at the first one's distance.
  private var taken: [UInt64]
  private var distance: UInt64?
  private var others: [(sector: UInt32, number: UInt32)] = []
  private var shared: [(kind: DiskDiagnosticKind, sector: UInt64)] = []
  /// More diagnostics are not kept of any disk.
  private static let mostShared = 4_096

  init(grainSize: UInt64, fileSectors: UInt64) {
    self.grainSize = max(1, grainSize)
    taken = Array(repeating: 0, count: Int(clamping: fileSectors / max(1, grainSize) / 64 + 1))
  }

  /// Adds a grain; in the order of their numbers on the disk, of which there are fewer than 2^32.
  /// - Returns: whether it has to be kept.
  mutating func add(_ sector: UInt32, number index: UInt64) -> Bool {
    let remainder = UInt64(sector) % grainSize
    let distance = distance ?? remainder
    self.distance = distance
    guard remainder == distance else {
      others.append((sector, UInt32(truncatingIfNeeded: index)))
      return true
    }
    let number = UInt64(sector) / grainSize
    if isTaken(number) {
      guard shared.count < Self.mostShared else { return false }
      let lba = index * grainSize
      shared.append((.grainSharedByEntries(lba: lba, sector: UInt64(sector)), UInt64(sector)))
    } else if number / 64 < taken.count {
      taken[Int(number / 64)] |= 1 << (number % 64)
    }
    return false
  }

  private func isTaken(_ number: UInt64) -> Bool {
    number / 64 < taken.count && taken[Int(number / 64)] & 1 << (number % 64) != 0
  }

  /// Tells what lies across what. There may be millions of grains, so nothing of them is copied.
  mutating func eachDiagnostic(_ body: (DiskDiagnosticKind, UInt64) -> Void) {
    for (kind, sector) in shared { body(kind, sector) }
    var last: UInt32?
    others.sort { ($0.sector, $0.number) < ($1.sector, $1.number) }
    for (sector, number) in others {
      let (place, lba) = (UInt64(sector), UInt64(number) * grainSize)
      defer { last = sector }
      if last == sector {
        body(.grainSharedByEntries(lba: lba, sector: place), place)
      } else if last.map({ UInt64($0) + grainSize > place }) ?? false || liesAcross(place) {
        body(.grainsOverlap(lba: lba, sector: place), place)
      }
    }
  }

  /// Returns whether a grain there shares sectors with one of those that have a bit.
  private func liesAcross(_ sector: UInt64) -> Bool {
    let distance = distance ?? 0
    let number = sector / grainSize
    // It reaches into two places: that of its own number and the one before or behind.
    return isTaken(number) || isTaken(sector % grainSize > distance ? number + 1 : number &- 1)
  }
}
