import Foundation
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing
import VirtualDisks

/// Bytes of small disks changed, one at a time: what finds nothing must cost nothing.
@Suite
struct SweepTests {
  /// The purpose of a byte of the file, found by this test alone.
  enum Part: Hashable {
    case header(field: String)
    case footer
    case descriptor
    case directory, redundantDirectory
    case table, redundantTable
    case marker
    case data
    case padding
    case end
    /// No part of the format lies there.
    case gap
  }

  /// The parts of a file, byte for byte.
  struct Anatomy {
    private(set) var parts: [Part]
    private let file: [UInt8]

    static let fields: [(String, Int, Int)] = [
      ("magic", 0, 4), ("version", 4, 4), ("flags", 8, 4), ("capacity", 12, 8),
      ("grainSize", 20, 8), ("descriptorOffset", 28, 8), ("descriptorSize", 36, 8),
      ("numGTEsPerGT", 44, 4), ("rgdOffset", 48, 8), ("gdOffset", 56, 8), ("overHead", 64, 8),
      ("uncleanShutdown", 72, 1), ("newlines", 73, 4), ("compressAlgorithm", 77, 2),
      ("reserved", 79, 433),
    ]

    init(_ file: [UInt8]) {
      self.file = file
      parts = Array(repeating: .gap, count: file.count)
      for (name, at, count) in Self.fields { mark(.header(field: name), at, count) }
      mark(.descriptor, number(28, 8) * 512, number(36, 8) * 512)
      let isStream = file[10] & 1 == 1
      var directory = number(56, 8)
      if isStream { directory = markStream() ?? directory }
      markTables(directory, .directory, .table)
      if file[8] & 2 != 0 { markTables(number(48, 8), .redundantDirectory, .redundantTable) }
      if !isStream { mark(.data, number(64, 8) * 512, file.count) }
    }

    private func number(_ at: Int, _ width: Int) -> Int {
      file[at..<at + width].reversed().reduce(0) { $0 &<< 8 | Int($1) }
    }

    private mutating func mark(_ part: Part, _ at: Int, _ count: Int) {
      for index in at..<min(at + count, file.count) { parts[index] = part }
    }

    private mutating func markTables(_ directory: Int, _ part: Part, _ tablePart: Part) {
      let width = number(44, 4)
      let grains = (number(12, 8) + number(20, 8) - 1) / number(20, 8)
      let tables = (grains + width - 1) / width
      mark(part, directory * 512, tables * 4)
      for table in 0..<tables {
        let sector = number(directory * 512 + table * 4, 4)
        if sector > 0 { mark(tablePart, sector * 512, width * 4) }
      }
    }

    /// Marks what follows the first grain; the footer's directory, if there is a footer.
    private mutating func markStream() -> Int? {
      var at = number(64, 8) * 512
      var directory: Int?
      while at + 512 <= file.count {
        let (value, size, type) = (number(at, 8), number(at + 8, 4), number(at + 12, 4))
        if size > 0 {
          mark(.marker, at, 12)
          mark(.data, at + 12, size)
          let end = (12 + size + 511) / 512 * 512
          mark(.padding, at + 12 + size, end - 12 - size)
          at += end
        } else {
          mark(type == 0 ? .end : .marker, at, 512)
          if type == 3 {
            mark(.footer, at + 512, 512)
            directory = number(at + 512 + 56, 8)
          }
          if type == 0 { break }
          at += 512 + value * 512
        }
      }
      return directory
    }
  }

  static let samples = [
    small("shape a", .streamOptimized(.directoryInFooter)),
    small("shape b", .streamOptimized(.directoryInBoth)),
    small("shape c", .streamOptimized(.directoryAtFront)),
    small("sparse version 1", .monolithicSparse(version: 1)),
    small("sparse version 2", .monolithicSparse(version: 2)),
  ]

  /// Three tables, and a last grain that the capacity cuts.
  private static func small(_ name: String, _ layout: SparseDiskWriter.Layout) -> Sample {
    Sample(
      testDescription: name, layout: layout, capacity: (40 * 2 + 1) * 512, grainSize: 2,
      width: 16, grains: [0, 1, 17, 40])
  }

  /// True with `OVA_SWEEP=all` (`scripts/test-sweep`), where no byte is left out.
  private static let isWhole = ProcessInfo.processInfo.environment["OVA_SWEEP"] == "all"

  /// The bytes to change: all that mean something, and some of the long stretches of zeros.
  private func places(_ file: [UInt8], _ anatomy: Anatomy) -> [Int] {
    if Self.isWhole { return Array(file.indices) }
    return file.indices.filter { at in
      let isZero = file[at] == 0 && file[max(0, at - 1)] == 0
      switch anatomy.parts[at] {
      case .header(let field): return field != "reserved" || at % 61 == 0
      case .footer: return at % 512 < 79 || at % 61 == 0
      case .marker: return at % 512 < 16 || at % 61 == 0
      case .directory, .redundantDirectory, .table, .redundantTable: return true
      case .descriptor: return !isZero && at % 3 == 0 || at % 211 == 0
      case .data: return at % 11 == 0
      case .padding, .end, .gap: return at % 61 == 0
      }
    }
  }

  /// Returns whether a changed byte of a part may go unnoticed; what is read must be the same all
  /// the same.
  private func mayBeSilent(_ part: Part, at place: Int, in file: [UInt8]) -> Bool {
    let isStream = file[10] & 1 == 1
    let usesCopy = file[8] & 2 != 0
    switch part {
    // Without its flag the offset means nothing.
    case .header("rgdOffset"): return !usesCopy
    case .footer: return !usesCopy && (48..<56).contains(place % 512)
    // Only a lower bound of where grains lie in an uncompressed extent.
    case .header("overHead"): return !isStream
    // A smaller area that still holds the text.
    case .header("descriptorSize"): return true
    // Comments, ids, geometry: nothing that leads to the contents.
    case .descriptor: return true
    case .gap: return true
    // Of a stream, the bits between deflate's last code and the next byte.
    case .data: return true
    default: return false
    }
  }

  @Test(arguments: samples)
  func aByteChangedAnywhereIsFoundOrCostsNothing(sample: Sample) throws {
    let file = try sample.file()
    let anatomy = Anatomy(file)
    let isStream = file[10] & 1 == 1
    let whole = try contents(VirtualDisk.open(MemorySource(file, name: "disk.vmdk")))
    var dice = SeededNumbers(seed: 23)
    var silentData = 0
    for at in places(file, anatomy) {
      for mask: UInt8 in [0xFF, 1 << UInt8.random(in: 0..<8, using: &dice)] {
        var changed = file
        changed[at] ^= mask
        if try !diagnostics(changed).isEmpty { continue }
        let part = anatomy.parts[at]
        #expect(mayBeSilent(part, at: at, in: file), "byte \(at), part \(part)")
        let disk = try VirtualDisk.open(MemorySource(changed, name: "disk.vmdk"))
        if part == .data { silentData += 1 }
        // An uncompressed grain has nothing to be checked by: only a digest of the file tells.
        if isStream || part != .data {
          #expect(try contents(disk) == whole, "byte \(at), part \(part)")
        }
      }
    }
    #expect(isStream ? silentData < 8 : silentData > 50)
  }
}
