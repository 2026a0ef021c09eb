import OVABasics
import OVAByteSource
import Testing
import VirtualDisks

/// Streams whose end is not as importers want it.
@Suite struct StreamEndTests {
  private static let sample = Sample.all[0]

  @Test(arguments: [512, 4096, 64 << 10, (64 << 10) + 512, 3 << 20])
  func `zeros behind the footer are said as what they are`(count: Int) throws {
    let file = try Self.sample.file() + [UInt8](repeating: 0, count: count)
    let diagnostics = try diagnostics(file)
    #expect(diagnostics.map(\.kind) == [.zerosAfterEnd(bytes: UInt64(count))])
    #expect(diagnostics.map(\.weight) == [count > 64 << 10 ? .damage : .doubt])
    #expect(diagnostics.first?.text.contains("cut short") == false)
  }

  @Test(arguments: [4096, 1 << 20])
  func `a file that ends in zeros instead of its footer was not written to its end`(
    count: Int
  ) throws {
    let whole = try Self.sample.file()
    let file = whole.dropLast(3000) + [UInt8](repeating: 0, count: count)
    let names = try diagnosticNames(Array(file))
    #expect(names.contains("endIsZeros"))
    #expect(!names.contains("zerosAfterEnd"))
    #expect(!names.contains("truncated"))
  }

  @Test func `a stream with neither a grain nor an end is said`() throws {
    var empty = Sample(testDescription: "empty", layout: .streamOptimized(.directoryAtFront))
    empty.grains = []
    let file = try empty.file()
    let disk = try VirtualDisk.open(MemorySource(file, name: "disk.vmdk"))
    let overhead = Int(try #require(disk.header).overhead) * 512
    #expect(try diagnosticNames(Array(file.prefix(overhead))) == ["streamEmpty"])
    #expect(try diagnostics(Array(file.prefix(overhead)) + [UInt8](repeating: 0, count: 512)) == [])
  }

  @Test func `a text that fills its area leaves no room for what VirtualBox adds`() throws {
    var options = SparseDiskWriter.Options()
    options.lines += (0..<200).map { "ddb.comment = \"\($0) of the lines that fill the area\"" }
    var writer = try SparseDiskWriter(
      capacity: 1 << 20, layout: .streamOptimized(.directoryInFooter), options: options)
    try writer.append([UInt8](repeating: 7, count: 65_536), grain: 0)
    var file = writer.finish()
    let disk = try VirtualDisk.open(MemorySource(file, name: "disk.vmdk"))
    let header = try #require(disk.header)
    let start = Int(header.descriptorSector) * 512
    let end = start + Int(header.descriptorSectors) * 512
    for at in start..<end where file[at] == 0 { file[at] = 0x0A }
    let names = try diagnosticNames(file)
    #expect(names.contains("descriptorAreaFull"))
    #expect(try !diagnosticNames(Self.sample.file()).contains("descriptorAreaFull"))
  }
}
