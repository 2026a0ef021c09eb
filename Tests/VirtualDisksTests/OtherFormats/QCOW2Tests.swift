import Foundation
import OVABasics
import OVAByteSource
import Testing
import VirtualDisks

/// Tests of what is particular to QCOW2: other files, encryption, snapshots, compression.
@Suite struct QCOW2Tests {
  /// A disk of a mebibyte in clusters of 512 bytes, with nothing in it.
  private static func file(backing: String = "", encryption: UInt64 = 0) -> EditedFile {
    var file = EditedFile(bytes: [UInt8](repeating: 0, count: 4 * 512))
    file.bytes.replaceSubrange(0..<4, with: [0x51, 0x46, 0x49, 0xFB])
    let name = Array(backing.utf8)
    file.big(3, 4, at: 4)
    file.big(name.isEmpty ? 0 : 112, 8, at: 8)
    file.big(UInt64(name.count), 4, at: 16)
    file.big(9, 4, at: 20)
    file.big(1 << 20, 8, at: 24)
    file.big(encryption, 4, at: 32)
    file.big(32, 4, at: 36)
    file.big(3 * 512, 8, at: 40)
    file.big(512, 8, at: 48)
    file.big(1, 4, at: 56)
    file.big(4, 4, at: 96)
    file.big(104, 4, at: 100)
    file.bytes.replaceSubrange(112..<112 + name.count, with: name)
    file.big(1024, 8, at: 512)
    for cluster in 0..<4 { file.big(1, 2, at: 1024 + cluster * 2) }
    return file
  }

  @Test func `a disk of nothing has nothing wrong`() throws {
    let (disk, diagnostics, verification) = try judged(Self.file().bytes)
    #expect(diagnostics == [])
    #expect(verification.isComplete)
    #expect(disk.capacity == 1 << 20)
    #expect(try disk.allocatedBytes() == 0)
  }

  @Test(arguments: [
    "/etc/passwd", "../base.qcow2", "a/../../base", "C:\\base.vhd", "/dev/sda", "nbd://host/export",
    "json:{\"driver\":\"file\"}", "file:///etc/passwd", "\\\\server\\share\\base",
  ])
  func `a backing file outside is never asked for`(name: String) throws {
    var asked: [String] = []
    let disk = try VirtualDisk.open(MemorySource(Self.file(backing: name).bytes, name: "disk")) {
      asked.append($0)
      return nil
    }
    #expect(asked == [])
    #expect(disk.diagnostics.map(\.kind) == [.baseOutside(name: name)])
    #expect(disk.base?.name == name)
  }

  @Test func `a backing file is looked for beside the disk`() throws {
    let file = Self.file(backing: "base.qcow2").bytes
    let missing = try judged(file) { _ in nil }
    #expect(missing.diagnostics.map(\.kind) == [.baseMissing(name: "base.qcow2")])
    #expect(missing.diagnostics.map(\.weight) == [.damage])
    let there = try judged(file) { MemorySource([1], name: $0) }
    #expect(there.diagnostics.map(\.kind).contains(.changesTo(base: "base.qcow2")))
    #expect(there.verification.unchecked.first == "what it takes from 'base.qcow2'")
  }

  @Test(arguments: [(1, "AES"), (2, "LUKS")])
  func `encryption is named`(number: UInt64, name: String) throws {
    let (disk, diagnostics, verification) = try judged(Self.file(encryption: number).bytes)
    #expect(disk.encryption == name)
    #expect(diagnostics.map(\.kind) == [.encrypted(by: name)])
    #expect(!verification.isComplete)
  }

  @Test(.enabled(if: QemuImage.isThere, IntactDiskTests.needsQemu))
  func `snapshots are counted among the uses of clusters`() throws {
    let folder = try Folder()
    let path = try folder.write(OtherDisk.all[0].file(), "disk.qcow2")
    try QemuImage.run(["snapshot", "-c", "first", path])
    let file = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let (_, diagnostics, verification) = try judged(file)
    #expect(diagnostics == [])
    #expect(verification.isComplete)
    #expect(verification.checked.contains("1 internal snapshot"))
  }

  @Test(.enabled(if: QemuImage.isThere, IntactDiskTests.needsQemu))
  func `clusters that cannot be inflated here are not called verified`() throws {
    let other = OtherDisk(format: "qcow2", options: "compression_type=zstd", isCompressed: true)
    let (disk, diagnostics, verification) = try judged(other.file())
    #expect(diagnostics == [])
    #expect(disk.structure?.compression == "zstd")
    #expect(verification.unchecked.count == 1)
    #expect(verification.unchecked.first?.contains("Zstandard") == true)
  }

  @Test(.enabled(if: QemuImage.isThere, IntactDiskTests.needsQemu))
  func `a compressed cluster that does not inflate is found`() throws {
    let other = OtherDisk(format: "qcow2", isCompressed: true)
    var file = try other.file()
    // The first cluster's data begins behind the tables; one byte of its block header is changed.
    let edited = EditedFile(bytes: file)
    let l1 = Int(edited.big(8, at: 40))
    let l2 = Int(edited.big(8, at: l1) & 0x00FF_FFFF_FFFF_FE00)
    let place = Int(edited.big(8, at: l2) & (1 << 54 - 1))
    file[place] = 0xFF
    let (_, diagnostics, _) = try judged(file)
    #expect(diagnostics.map(\.kind) == [.clusterDamaged(address: 0)])
    #expect(try other.contentsByQemu(file) == nil)
  }

  /// One table whose every entry names the same compressed bytes must not be inflated as often.
  @Test(.timeLimit(.minutes(1)))
  func `entries that share compressed bytes are inflated once`() throws {
    var file = Self.file()
    file.bytes += [UInt8](repeating: 0, count: 40 << 20)
    // Clusters of 2 MiB; 262,144 entries of one table.
    let cluster = 1 << 21
    file.big(21, 4, at: 20)
    file.big(400 << 30, 8, at: 24)
    file.big(1, 4, at: 36)
    for (index, offset) in [40, 48].enumerated() {
      file.big(UInt64(cluster * (index + 1)), 8, at: offset)
    }
    file.big(UInt64(cluster * 4), 8, at: cluster)
    for entry in 0..<200_000 {
      // 8,192 sectors from the sixth cluster on.
      file.big(1 << 62 | 8191 << 49 | UInt64(cluster * 6), 8, at: cluster * 4 + entry * 8)
    }
    let (_, diagnostics, _) = try judged(file.bytes)
    #expect(diagnostics.contains { $0.name == "partOverlaps" })
  }

  @Test func `counts of references that are too small are damage, too large only cost room`() throws
  {
    var file = Self.file()
    file.big(0, 2, at: 1024 + 6)
    let small = try judged(file.bytes).diagnostics
    #expect(small.map(\.kind) == [.referenceCount(offset: 1536, expected: 1, found: 0)])
    file.big(2, 2, at: 1024 + 6)
    let large = try judged(file.bytes).diagnostics
    #expect(large.map(\.kind) == [.clustersLeaked(count: 1)])
    #expect(large.map(\.weight) == [.note])
  }
}
