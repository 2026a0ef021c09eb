import Foundation
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing
import VirtualDisks

/// Disks that other programs make, as they are: nothing is found, and what is read is right.
@Suite
struct OtherProducersTests {
  static let streamModule = "/usr/lib/python3/dist-packages/VMDKstream.py"
  static let needsStream: Comment = "SKIPPED: needs VMDKstream (package python3-vmdkstream)"

  /// 70 MiB and a little, so that there are three grain tables: data, holes, a table of holes
  /// alone, and an end inside a grain.
  static func raw(in folder: Folder) throws -> (path: String, pieces: [(offset: Int, [UInt8])]) {
    var dice = SeededNumbers(seed: 17)
    let size = (70 << 20) + 5 * 512
    let pieces = [
      (0, dice.bytes(300_032)), ((32 << 20) - 512, dice.bytes(512)),
      ((65 << 20) + 4096, dice.bytes(100_000)), (size - 700, dice.bytes(700)),
    ]
    let path = try folder.write([], "raw")
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.truncate(atOffset: UInt64(size))
    for (offset, bytes) in pieces {
      try file.seek(toOffset: UInt64(offset))
      try file.write(contentsOf: bytes)
    }
    try file.close()
    return (path, pieces)
  }

  /// That the disk has the pieces where they were put and zeros between them.
  static func expect(_ disk: VirtualDisk, holds pieces: [(offset: Int, [UInt8])]) throws {
    var reader = try DiskContents(of: disk)
    var position = 0
    for (offset, bytes) in pieces {
      while position < offset {
        let count = min(8 << 20, offset - position)
        let zeros = try reader.bytes(at: UInt64(position), count: count)
        #expect(zeros == [UInt8](repeating: 0, count: count))
        position += zeros.count
      }
      #expect(try reader.bytes(at: UInt64(offset), count: bytes.count) == bytes)
      position = offset + bytes.count
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: streamModule), needsStream))
  func aDiskOfVMDKstreamHasNoFaultsAndTheContentsThatItWasGiven() throws {
    let folder = try Folder()
    let (raw, pieces) = try Self.raw(in: folder)
    let made = try run(
      "/usr/bin/python3", [Self.streamModule, raw, "\(folder.path)/disk.vmdk"])
    try #require(made.status == 0)
    let disk = try folder.open("disk.vmdk")
    let diagnostics = disk.diagnostics(with: try disk.deepCheck(workers: 2))
    // Its text has no room to grow.
    #expect(diagnostics.map(\.name) == ["descriptorAreaFull"])
    #expect(disk.shape == .directoryInFooter)
    #expect(disk.header?.tableCount == 3)
    #expect(disk.capacity == (70 << 20) + 5 * 512)
    #expect(disk.producer?.program == .vmdkStream)
    #expect(disk.bytesAfterStream == 0)
    try Self.expect(disk, holds: pieces)
  }

  /// Options of `qemu-img create` and `convert`, beside the sub-formats.
  static let options = [
    "monolithicSparse,adapter_type=buslogic", "monolithicSparse,adapter_type=legacyESX",
    "streamOptimized,adapter_type=lsilogic,hwversion=7", "monolithicFlat,compat6=on",
    "twoGbMaxExtentSparse,hwversion=10", "monolithicSparse,zeroed_grain=on,compat6=on",
    "streamOptimized,toolsversion=10304", "twoGbMaxExtentFlat,adapter_type=ide",
  ]

  @Test(.enabled(if: QemuImage.isThere, IntactDiskTests.needsQemu), arguments: options)
  func aDiskOfSeveralTablesIsSilentWhateverQemuImgIsAskedFor(options: String) throws {
    let folder = try Folder()
    let (raw, pieces) = try Self.raw(in: folder)
    try QemuImage.run(
      "convert", "-f", "raw", "-O", "vmdk", "-o", "subformat=\(options)", raw,
      "\(folder.path)/disk.vmdk")
    let disk = try folder.open("disk.vmdk")
    #expect(disk.diagnostics.isEmpty)
    for part in disk.parts {
      guard case .sparse(let extent) = part.storage else { continue }
      #expect(try DeepDiskCheck.run(extent.source, workers: 2).diagnostics.isEmpty)
    }
    try Self.expect(disk, holds: pieces)
  }

  @Test(
    .enabled(if: QemuImage.isThere, IntactDiskTests.needsQemu),
    arguments: ["twoGbMaxExtentSparse", "twoGbMaxExtentFlat"])
  func aDiskOfTwoExtentsIsReadAcrossTheirBorder(subformat: String) throws {
    let folder = try Folder()
    let path = "\(folder.path)/disk.vmdk"
    try QemuImage.run("create", "-q", "-f", "vmdk", "-o", "subformat=\(subformat)", path, "2050M")
    let border = 2 << 30
    let write = try run(
      "/usr/bin/qemu-io",
      [
        "-f", "vmdk", "-c", "write -P 0x41 0 65536", "-c", "write -P 0x42 \(border - 65536) 131072",
        path,
      ])
    try #require(write.status == 0)
    let disk = try folder.open("disk.vmdk")
    #expect(disk.diagnostics.isEmpty)
    #expect(disk.parts.count == 2)
    #expect(disk.parts.first.map { $0.sectors * 512 } == UInt64(border))
    for part in disk.parts {
      guard case .sparse(let extent) = part.storage else { continue }
      #expect(
        try extent.directorySector != nil && DeepDiskCheck.run(extent.source).diagnostics.isEmpty)
    }
    var reader = try DiskContents(of: disk)
    let around = try reader.bytes(at: UInt64(border - 65_537), count: 131_074)
    #expect(around == [0] + [UInt8](repeating: 0x42, count: 131_072) + [0])
    #expect(try reader.bytes(at: 65_535, count: 2) == [0x41, 0])
  }

  @Test(.enabled(if: QemuImage.isThere, IntactDiskTests.needsQemu))
  func aDiskOverAnotherNamesItsParentAndIsOtherwiseWhole() throws {
    let folder = try Folder()
    let base = "\(folder.path)/base.vmdk"
    try QemuImage.run("create", "-q", "-f", "vmdk", base, "64M")
    try QemuImage.run(
      "create", "-q", "-f", "vmdk", "-b", base, "-F", "vmdk", "\(folder.path)/disk.vmdk")
    let parent = try #require(try folder.open("base.vmdk").descriptor?.contentID)
    let disk = try folder.open("disk.vmdk")
    #expect(disk.descriptor?.hasParent == true)
    #expect(UInt32(disk.descriptor?.parentContentID ?? "", radix: 16) == UInt32(parent, radix: 16))
    #expect(disk.diagnostics(with: try disk.deepCheck()).map(\.name) == ["hasParent"])
    #expect(throws: DiskError.self) { _ = try DiskContents(of: disk) }
  }
}
