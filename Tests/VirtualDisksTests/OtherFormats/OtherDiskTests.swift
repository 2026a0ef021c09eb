import Foundation
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing
import VirtualDisks

/// Disks that qemu-img makes, whole and damaged, with qemu-img as the second opinion.
@Suite(.enabled(if: QemuImage.isThere, IntactDiskTests.needsQemu))
struct OtherDiskTests {
  @Test(arguments: OtherDisk.all)
  func `a disk of qemu-img is verified in every byte`(other: OtherDisk) throws {
    let (disk, diagnostics, verification) = try judged(other.file())
    #expect(diagnostics == [])
    #expect(verification.isComplete, "\(verification.unchecked)")
    #expect(!verification.checked.isEmpty)
    let capacity = try #require(disk.capacity)
    #expect(try other.contentsByQemu(other.file())?.count == Int(capacity))
    let stored = try disk.allocatedBytes()
    // All that holds data is stored, and no more than all.
    #expect(stored >= 490_000 && stored <= capacity)
  }

  @Test(arguments: OtherDisk.all)
  func `the end of a disk that is cut short is missed at the first look`(
    other: OtherDisk
  ) throws {
    let file = try other.file()
    var dice = SeededNumbers(seed: 5)
    var cuts = [1, 511, 513, 1024, 65_535, 65_536, 131_072, 1 << 20]
    cuts += [file.count - 1, file.count - 512, file.count - 513, file.count / 2]
    cuts += (0..<4).map { _ in Int.random(in: 1..<file.count, using: &dice) }
    for cut in cuts where cut > 0 && cut < file.count {
      let part = Array(file.prefix(cut))
      let disk = try VirtualDisk.open(MemorySource(part, name: "disk"))
      if disk.format == .unknown || disk.format == .text || disk.format == .rawMBR {
        // Of a fixed VHD the footer at its end is all that tells what it is.
        #expect(other.options.contains("fixed") || cut < 512, "\(cut)")
        continue
      }
      if disk.diagnostics.contains(where: { $0.weight == .damage }) {
        #expect(
          disk.diagnostics.contains { $0.text.contains("cut short") }, "\(cut): \(disk.diagnostics)"
        )
      } else {
        #expect(try other.contentsByQemu(part) == other.contentsByQemu(file), "\(cut)")
      }
    }
  }

  @Test(arguments: OtherDisk.all)
  func `a changed bit of the structure is found or changes nothing`(other: OtherDisk) throws {
    let file = try other.file()
    let whole = try #require(try other.contentsByQemu(file))
    let seeds = Int(ProcessInfo.processInfo.environment["OVA_DISK_SEEDS"] ?? "") ?? 1
    var dice = SeededNumbers(seed: 17)
    let places = StructurePlaces.of(file, format: other.format)
    for _ in 0..<12 * seeds {
      let at = try #require(places.randomElement(using: &dice))
      var damaged = file
      damaged[at] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
      let (disk, diagnostics, _) = try judged(damaged)
      if diagnostics.contains(where: { $0.weight != .note }) { continue }
      // A size that still fits the tables cannot be told from a right one.
      if let capacity = disk.capacity, capacity != UInt64(whole.count) {
        #expect(StructurePlaces.isSize(at, format: other.format, file: file), "byte \(at)")
        continue
      }
      #expect(try other.contentsByQemu(damaged) == whole, "byte \(at)")
    }
  }

  @Test(arguments: OtherDisk.all)
  func `changed bytes anywhere end in no crash and no hang`(other: OtherDisk) throws {
    let file = try other.file()
    let seeds = Int(ProcessInfo.processInfo.environment["OVA_DISK_SEEDS"] ?? "") ?? 1
    var dice = SeededNumbers(seed: 23)
    let places = StructurePlaces.of(file, format: other.format)
    for _ in 0..<12 * seeds {
      var damaged = file
      for _ in 0..<Int.random(in: 1...6, using: &dice) {
        let at = try #require(places.randomElement(using: &dice))
        damaged[at] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &dice) ?? 0
      }
      if Bool.random(using: &dice) {
        damaged.removeLast(Int.random(in: 0..<damaged.count, using: &dice))
      }
      _ = try judged(damaged)
    }
  }
}

/// Numbers at the ends of their range, where sums and products overflow.
@Suite(.enabled(if: QemuImage.isThere, IntactDiskTests.needsQemu))
struct ExtremeNumbersTests {
  @Test(arguments: [
    OtherDisk(format: "qcow2"), OtherDisk(format: "qcow2", options: "cluster_size=512"),
    OtherDisk(format: "vpc"), OtherDisk(format: "vdi"),
    OtherDisk(format: "vhdx", options: "block_size=1M"),
  ])
  func `the largest and smallest number in any field ends in no crash`(other: OtherDisk) throws {
    let folder = try Folder()
    let path = "\(folder.path)/disk"
    var arguments = ["create", "-f", other.format]
    if !other.options.isEmpty { arguments += ["-o", other.options] }
    try QemuImage.run(arguments + [path, "1M"])
    let file = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let places = Set(StructurePlaces.of(file, format: other.format).map { $0 / 4 * 4 }).sorted()
    for (number, place) in places.prefix(120).enumerated() where place + 8 <= file.count {
      // One of the values for each place of the larger files.
      for (index, value) in [UInt64(0), .max, 1 << 63, 0x7FFF_FFFF_FFFF_FFFF].enumerated()
      where file.count < 1 << 20 || number % 4 == index {
        var edited = EditedFile(bytes: file)
        edited.big(value, 8, at: place)
        _ = try judged(edited.bytes)
        edited = EditedFile(bytes: file)
        edited.big(value & 0xFFFF_FFFF, 4, at: place)
        _ = try judged(edited.bytes)
      }
    }
  }
}

/// The places of a file's headers and tables.
enum StructurePlaces {
  static func of(_ bytes: [UInt8], format: String) -> [Int] {
    let file = EditedFile(bytes: bytes)
    switch format {
    case "qcow2": return qcow2(file)
    case "vpc":
      let isDynamic = bytes.starts(with: Array("conectix".utf8))
      return Array(bytes.count - 512..<bytes.count) + (isDynamic ? Array(0..<1544) : [])
    case "vdi": return Array(64..<80) + Array(340..<480) + Array(512..<524)
    default: return vhdx(file)
    }
  }

  private static func qcow2(_ file: EditedFile) -> [Int] {
    let cluster = 1 << Int(file.big(4, at: 20))
    var places = Array(4..<(file.big(4, at: 4) == 2 ? 72 : 112))
    let (entries, l1) = (Int(file.big(4, at: 36)), Int(file.big(8, at: 40)))
    let refcounts = Int(file.big(8, at: 48))
    let isExtended = places.count > 80 && file.bytes[79] & 16 != 0
    places += l1..<l1 + entries * 8
    places += refcounts..<refcounts + 16
    for entry in 0..<entries {
      let table = Int(file.big(8, at: l1 + entry * 8) & 0x00FF_FFFF_FFFF_FE00)
      guard table > 0 else { continue }
      // Of some bits both values make sense: the one that says zeros, and those of parts of a
      // cluster.
      places += (table..<table + min(cluster, 600)).filter {
        isExtended ? $0 % 16 < 7 : $0 % 8 < 7
      }
    }
    let block = Int(file.big(8, at: refcounts))
    places += block..<block + min(cluster, 64)
    return places
  }

  private static func vhdx(_ file: EditedFile) -> [Int] {
    var places = [64, 128, 192, 256].flatMap { Array(($0 << 10)..<($0 << 10) + 96) }
    for entry in 0..<2 {
      let place = Int(file.little(8, at: (192 << 10) + 32 + entry * 32))
      let isMetadata = file.bytes[place..<place + 8].elementsEqual("metadata".utf8)
      places += place..<place + (isMetadata ? 192 : 32)
      if isMetadata { places += place + 65_536..<place + 65_536 + 40 }
    }
    return places
  }

  /// Returns whether a byte belongs to the disk's virtual size.
  static func isSize(_ at: Int, format: String, file: [UInt8]) -> Bool {
    switch format {
    case "qcow2": (24..<32).contains(at)
    case "vdi": (368..<376).contains(at)
    case "vhdx": at >= 1 << 20
    default: false
    }
  }
}
