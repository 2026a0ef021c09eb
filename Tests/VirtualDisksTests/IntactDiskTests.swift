import Foundation
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing
import VirtualDisks

@Suite
struct IntactDiskTests {
  static let subformats = [
    "monolithicSparse", "streamOptimized", "twoGbMaxExtentSparse", "monolithicFlat",
    "twoGbMaxExtentFlat", "monolithicSparse,zeroed_grain=on", "streamOptimized,hwversion=13",
    "monolithicSparse,adapter_type=lsilogic", "streamOptimized,compat6=on",
  ]
  static let needsQemu: Comment = "SKIPPED: needs qemu-img (package qemu-utils)"

  @Test(.enabled(if: QemuImage.isThere, needsQemu), arguments: subformats)
  func aDiskOfQemuImgHasNoFaultsAndTheContentsQemuImgReads(subformat: String) throws {
    let folder = try Folder()
    var dice = SeededNumbers(seed: 1)
    var raw = dice.bytes(700_000)
    raw += [UInt8](repeating: 0, count: 3_000_320)
    raw += dice.bytes(300_544)
    raw += [UInt8](repeating: 0, count: (512 - raw.count % 512) % 512)
    let path = try folder.write(raw, "raw")
    try QemuImage.run(
      "convert", "-f", "raw", "-O", "vmdk", "-o", "subformat=\(subformat)", path,
      "\(folder.path)/disk.vmdk")
    let disk = try folder.open("disk.vmdk")
    #expect(disk.diagnostics.isEmpty)
    #expect(disk.createType == String(subformat.prefix { $0 != "," }))
    #expect(disk.capacity.map { Int($0) } ?? 0 >= raw.count)
    #expect(disk.producer?.program == .qemu)
    let read = try contents(disk)
    #expect(Array(read.prefix(raw.count)) == raw)
    #expect(read == (try QemuImage.contents(of: "\(folder.path)/disk.vmdk", in: folder)))
    for part in disk.parts {
      guard case .sparse(let extent) = part.storage else { continue }
      let deep = try DeepDiskCheck.run(extent.source, workers: 2)
      #expect(deep.isChecked)
      #expect(deep.diagnostics.isEmpty)
      #expect(deep.allocatedBytes == (try disk.allocatedBytes()))
    }
  }

  @Test(arguments: Sample.all)
  func aDiskOfTheWriterHasNoFaults(sample: Sample) throws {
    let padding = sample.padding > 0 ? ["zerosAfterEnd"] : []
    #expect(try diagnostics(sample.file()).map(\.name) == padding)
  }

  @Test(
    .enabled(if: QemuImage.isThere, needsQemu), arguments: Sample.all.filter { $0.width == 512 })
  func qemuImgReadsTheSameFromADiskOfTheWriterAsWeDo(sample: Sample) throws {
    let folder = try Folder()
    let path = try folder.write(sample.file(), "disk.vmdk")
    #expect(try contents(folder.open("disk.vmdk")) == QemuImage.contents(of: path, in: folder))
  }

  @Test(arguments: Sample.all)
  func theContentsOfADiskOfTheWriterAreWhatWasWritten(sample: Sample) throws {
    var expected = [UInt8](repeating: 0, count: Int(sample.capacity))
    var dice = SeededNumbers(seed: 7)
    for grain in sample.grains {
      let start = grain * Int(sample.grainSize) * 512
      let count = min(Int(sample.grainSize) * 512, expected.count - start)
      expected.replaceSubrange(start..<start + count, with: dice.bytes(count))
    }
    let disk = try VirtualDisk.open(MemorySource(sample.file(), name: "disk.vmdk"))
    #expect(try contents(disk) == expected)
  }

  @Test(arguments: [1, 7, 511, 513, 4096, 100_000])
  func piecesOfAnySizeLeadToTheSameResult(size: Int) throws {
    for sample in Sample.all {
      let file = try sample.file()
      let check = DeepDiskCheck(name: "stream", size: UInt64(file.count))
      for start in stride(from: 0, to: file.count, by: size) {
        check.consume(Array(file[start..<min(start + size, file.count)]))
      }
      let result = check.finish()
      #expect(result.diagnostics.isEmpty, "\(sample.testDescription)")
      #expect(result.grains == sample.grains.count)
      #expect(result.bytesRead == UInt64(file.count))
    }
  }

  @Test
  func factsOfADiskComeFromItsHeaderDescriptorAndTables() throws {
    let file = try Sample.all[0].file()
    let disk = try VirtualDisk.open(MemorySource(file, name: "disk.vmdk"))
    #expect(disk.format == .vmdkSparse)
    #expect(disk.capacity == 3 << 20)
    #expect(disk.grainBytes == 4096)
    #expect(disk.header?.version == 3)
    #expect(disk.shape == .directoryInFooter)
    #expect(disk.createType == "streamOptimized")
    #expect(disk.descriptor?.adapterType == "lsilogic")
    #expect(disk.descriptor?.hardwareVersion == "10")
    #expect(disk.descriptor?.hasParent == false)
    #expect(disk.producer?.program == .ovftool)
    #expect(disk.bytesAfterStream == 0)
    #expect(try disk.allocatedBytes() == 9 * 4096)
    let deep = try disk.deepCheck()
    #expect(deep.allocatedBytes == 9 * 4096)
    #expect((deep.compressionRatio ?? 0) > 0.4 && (deep.compressionRatio ?? 1) < 0.7)
  }

  /// Lines of a descriptor, and who writes such.
  static let marks: [(lines: [String], program: DiskProducer.Program?)] = [
    (["ddb.toolsVersion = \"2147483647\""], .qemu), ([], .qemu),
    (["ddb.uuid = \"60 00 C2 9b 1a 2b 3c 4d-5e 6f 70 81 92 a3 b4 c5\""], .vmware),
    (["ddb.longContentID = \"0d5e4f3a2b1c0d5e4f3a2b1c7e57ab1e\""], .vmware),
    (["ddb.toolsInstallType = \"4\"", "ddb.toolsVersion = \"2147483647\""], .vmware),
    (["ddb.comment = \"open-vmdk 1.0\"", "ddb.toolsInstallType = \"4\""], .openVMDK),
    (["ddb.uuid.image=\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\""], .virtualBox),
    (["ddb.longContentID = \"8f15b3d0009d9a3f456ff7b28d324d2a\""], .vmdkStream),
  ]

  @Test(arguments: marks)
  func aProducerIsToldByWhatOnlyItWrites(
    lines: [String], program: DiskProducer.Program?
  ) throws {
    var file = try Sample.all[6].file()
    let text = """
      # Disk DescriptorFile
      version=1
      CID=7e57ab1e
      parentCID=ffffffff
      createType="streamOptimized"
      RW 6144 SPARSE "disk.vmdk"
      ddb.adapterType = "lsilogic"
      \(lines.joined(separator: "\n"))

      """
    // The descriptor begins in the second sector.
    let end = try #require(file[512...].firstIndex(of: 0))
    file.replaceSubrange(512..<end, with: [UInt8](repeating: 0, count: end - 512))
    file.replaceSubrange(512..<512 + text.utf8.count, with: text.utf8)
    let disk = try VirtualDisk.open(MemorySource(file, name: "disk.vmdk"))
    #expect(disk.shape == .directoryAtFront)
    #expect(disk.producer?.program == program)
  }

  @Test
  func paddingAfterQemusStreamIsToldApartFromTheStream() throws {
    let file = try Sample.all[6].file()
    let disk = try VirtualDisk.open(MemorySource(file, name: "disk.vmdk"))
    #expect(disk.shape == .directoryAtFront)
    #expect((disk.bytesAfterStream ?? 0) > 0)
  }

  @Test
  func theAllocationMapShowsWhereGrainsLie() throws {
    let file = try Sample.all[0].file()
    let disk = try VirtualDisk.open(MemorySource(file, name: "disk.vmdk"))
    // 768 grains in 6 buckets of 128.
    let map = try disk.allocationMap(buckets: 6)
    #expect(map.map { Int(($0 * 128).rounded()) } == [5, 1, 2, 0, 0, 1])
    let fine = try disk.allocationMap(buckets: 1000)
    #expect(fine.count == 1000)
    #expect(fine.allSatisfy { (0...1).contains($0) })
    #expect(fine[0] == 1)
    #expect(fine[500] == 0)
  }

  @Test
  func theSameCallsWriteTheSameBytes() throws {
    for sample in Sample.all { #expect(try sample.file() == sample.file()) }
  }

  @Test
  func zeroGrainsOfVersion2AreReadAsZerosAndNotCounted() throws {
    var options = SparseDiskWriter.Options()
    options.grainSize = 8
    var writer = try SparseDiskWriter(
      capacity: 1 << 20, layout: .monolithicSparse(version: 2), options: options)
    try writer.append([UInt8](repeating: 7, count: 4096), grain: 0)
    try writer.appendZeros(grain: 1)
    let file = writer.finish()
    #expect(try diagnostics(file).isEmpty)
    let disk = try VirtualDisk.open(MemorySource(file, name: "disk.vmdk"))
    #expect(try disk.allocatedBytes() == 4096)
    #expect(try contents(disk)[4095...4096] == [7, 0])
  }
}
