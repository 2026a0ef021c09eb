import Foundation
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing
import VirtualDisks

/// Raw disks by their partition tables, images of CDs by their volume.
@Suite struct RawAndImageTests {
  private static let sectors = 4096

  /// A raw disk with a master boot record of one partition.
  private func record(start: UInt64, count: UInt64, type: UInt8 = 0x83) -> EditedFile {
    var file = EditedFile(bytes: [UInt8](repeating: 0, count: Self.sectors * 512))
    file.bytes[446 + 4] = type
    file.little(start, 4, at: 446 + 8)
    file.little(count, 4, at: 446 + 12)
    file.bytes[510] = 0x55
    file.bytes[511] = 0xAA
    return file
  }

  @Test func `a partition inside the disk is right, one outside shows that the end is missing`()
    throws
  {
    #expect(try judged(record(start: 2048, count: 2048).bytes).diagnostics == [])
    let diagnostics = try judged(record(start: 2048, count: 2049).bytes).diagnostics
    #expect(diagnostics.map(\.kind) == [.partitionOutside(number: 1, end: 4097, fileSectors: 4096)])
    #expect(diagnostics.first?.text.contains("cut short") == true)
  }

  private static func crc(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return UInt64(~sum)
  }

  /// A raw disk with both copies of a GUID partition table.
  private func table(last: UInt64 = 4000) -> EditedFile {
    var file = record(start: 1, count: UInt64(Self.sectors - 1), type: 0xEE)
    let end = Self.sectors - 1
    for (header, other, entries) in [(1, end, 2), (end, 1, end - 32)] {
      let start = entries * 512
      file.bytes.replaceSubrange(start..<start + 16, with: [UInt8](repeating: 9, count: 16))
      file.little(2048, 8, at: start + 32)
      file.little(last, 8, at: start + 40)
      let place = header * 512
      file.bytes.replaceSubrange(place..<place + 8, with: Array("EFI PART".utf8))
      for (offset, width, number) in [
        (8, 4, 0x10000), (12, 4, 92), (24, 8, header), (32, 8, other), (40, 8, 34),
        (48, 8, end - 33), (72, 8, entries), (80, 4, 128), (84, 4, 128),
      ] {
        file.little(UInt64(number), width, at: place + offset)
      }
      file.little(Self.crc(file.bytes[start..<start + 128 * 128]), 4, at: place + 88)
      file.little(Self.crc(file.bytes[place..<place + 92]), 4, at: place + 16)
    }
    return file
  }

  @Test func `a whole GUID partition table has no faults`() throws {
    let (disk, diagnostics, verification) = try judged(table().bytes)
    #expect(disk.format == .rawGPT)
    #expect(diagnostics == [])
    #expect(verification.isComplete)
  }

  @Test func `every changed byte of a GUID partition table is found`() throws {
    let file = table()
    let end = (Self.sectors - 1) * 512
    let places =
      Array(520..<604) + [1024, 1060, 5000] + Array(end..<end + 92)
      + [end - 32 * 512 + 40]
    for at in places {
      var damaged = file.bytes
      damaged[at] ^= 0x10
      #expect(try !judged(damaged).diagnostics.isEmpty, "byte \(at)")
    }
  }

  @Test(arguments: [100, 512, 20_000, 1 << 20])
  func `the copy that is missing at the end shows a cut`(missing: Int) throws {
    let diagnostics = try judged(table().bytes.dropLast(missing)).diagnostics
    #expect(diagnostics.contains { $0.name == "truncated" })
  }

  @Test func `a disk of zeros is told as that after all of it was read`() throws {
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    let (disk, diagnostics, _) = try judged(zeros)
    #expect(disk.diagnostics.map(\.text) == ["it is a file that begins with zeros"])
    #expect(diagnostics.contains { $0.kind == .onlyZeros })
    var other = zeros
    other[zeros.count - 1] = 1
    #expect(try !judged(other).diagnostics.contains { $0.kind == .onlyZeros })
  }

  // MARK: - ISO 9660

  /// An image that bsdtar makes, with files in folders.
  private func image() throws -> [UInt8] {
    let folder = try Folder()
    let inside = "\(folder.path)/tree/a/b"
    try FileManager.default.createDirectory(atPath: inside, withIntermediateDirectories: true)
    var dice = SeededNumbers(seed: 3)
    _ = try folder.write(dice.bytes(100_000), "tree/large.bin")
    _ = try folder.write(Array("hello".utf8), "tree/a/b/hello.txt")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/bsdtar")
    process.arguments = [
      "--format", "iso9660", "-cf", "\(folder.path)/cd.iso", "-C", folder.path, "tree",
    ]
    try process.runToEnd()
    try #require(process.terminationStatus == 0)
    return Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/cd.iso")))
  }

  static let hasTool = FileManager.default.isExecutableFile(atPath: "/usr/bin/bsdtar")

  @Test(.enabled(if: hasTool, "SKIPPED: needs bsdtar (package libarchive-tools)"))
  func `an image is judged by its volume and its directories`() throws {
    let file = try image()
    let (disk, diagnostics, verification) = try judged(file)
    #expect(disk.format == .iso9660)
    #expect(diagnostics == [])
    #expect(verification.isComplete)
    for missing in [1, 2048, 50_000, 100_000, file.count - 40_000] {
      let disk = try VirtualDisk.open(MemorySource(Array(file.dropLast(missing)), name: "cd.iso"))
      #expect(disk.diagnostics.contains { $0.text.contains("cut short") }, "\(missing)")
    }
    // Numbers that stand in both byte orders: the size of the volume, of a block, of the root.
    let volume = 16 * 2048
    for at in [80, 83, 84, 128, 130, 132, 158, 162, 166, 170] {
      var damaged = file
      damaged[volume + at] ^= 1
      #expect(try !judged(damaged).diagnostics.isEmpty, "byte \(at)")
    }
  }

  @Test func `an image without a directory is no damage`() throws {
    var file = EditedFile(bytes: [UInt8](repeating: 0, count: 64 * 2048))
    let volume = 16 * 2048
    file.bytes.replaceSubrange(volume..<volume + 7, with: [1] + Array("CD001".utf8) + [1])
    file.little(64, 4, at: volume + 80)
    file.big(64, 4, at: volume + 84)
    file.little(2048, 2, at: volume + 128)
    file.big(2048, 2, at: volume + 130)
    #expect(try judged(file.bytes).diagnostics.map(\.weight) == [.note])
    let diagnostics = try judged(Array(file.bytes.dropLast(4096))).diagnostics
    #expect(diagnostics.contains { $0.kind == .volumeCutShort(expected: 131_072, found: 126_976) })
  }
}
