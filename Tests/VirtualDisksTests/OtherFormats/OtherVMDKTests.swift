import OVABasics
import OVAByteSource
import Testing
import VirtualDisks

/// The VMDKs of ESX: COWD and SESparse, whose headers are judged and whose grains are not read.
@Suite struct OtherVMDKTests {
  /// A COWD extent of 8 MiB with a directory of one table.
  private func cowd() -> EditedFile {
    var file = EditedFile(bytes: [UInt8](repeating: 0, count: 64 * 512))
    file.bytes.replaceSubrange(0..<4, with: Array("COWD".utf8))
    for (offset, number) in [(4, 1), (8, 3), (12, 16_384), (16, 1), (20, 4), (24, 4), (28, 64)] {
      file.little(UInt64(number), 4, at: offset)
    }
    file.little(8, 4, at: 2048)
    return file
  }

  @Test func `the header of a COWD extent tells its capacity, its grains are not called verified`()
    throws
  {
    let (disk, diagnostics, verification) = try judged(cowd().bytes)
    #expect(diagnostics == [])
    #expect(disk.capacity == 8 << 20)
    #expect(disk.createType == "vmfsSparse")
    #expect(verification.unchecked == ["the grains of a COWD extent"])
  }

  @Test(arguments: [4, 74, 2047])
  func `a COWD extent of a few bytes is cut short and has no capacity`(count: Int) throws {
    let (disk, diagnostics, verification) = try judged(Array(cowd().bytes.prefix(count)))
    #expect(diagnostics.map(\.kind) == [.headerIncomplete(expected: 2048, found: count)])
    #expect(disk.capacity == nil)
    #expect(!verification.isComplete)
  }

  @Test(arguments: [
    (4, UInt64(2), "valueInvalid"), (8, 0x100, "valueInvalid"), (12, 0, "valueInvalid"),
    (16, 3, "valueInvalid"), (20, 0, "valueInvalid"), (20, 1 << 20, "partOutside"),
    (24, 0, "valueInvalid"), (28, 0, "valueInvalid"), (2048, 1 << 20, "partOutside"),
    (2048, 2, "partOverlaps"),
  ])
  func `a wrong number in a COWD extent is found`(
    offset: Int, number: UInt64, diagnostic: String
  ) throws {
    var file = cowd()
    file.little(number, 4, at: offset)
    #expect(try judged(file.bytes).diagnostics.map(\.name).contains(diagnostic))
  }

  /// An SESparse extent of 1 MiB.
  private func sesparse() -> EditedFile {
    var file = EditedFile(bytes: [UInt8](repeating: 0, count: 64 * 512))
    for (offset, number) in [
      (0, 0xCAFE_BABE), (8, 0x2_0000_0001), (16, 2048), (24, 8), (32, 64), (80, 1), (88, 1),
      (96, 2), (104, 1), (112, 3), (120, 1), (128, 4), (136, 1), (144, 5), (152, 8), (160, 13),
      (168, 1), (176, 14), (184, 1), (192, 16), (200, 48), (512, 0xCAFE_CAFE),
    ] as [(Int, UInt64)] {
      file.little(number, 8, at: offset)
    }
    return file
  }

  @Test func `the headers of an SESparse extent are judged`() throws {
    let (disk, diagnostics, verification) = try judged(sesparse().bytes)
    #expect(diagnostics == [])
    #expect(disk.capacity == 1 << 20)
    #expect(disk.createType == "seSparse")
    #expect(verification.unchecked == ["the grains of an SESparse extent"])
    #expect(
      try judged(Array(sesparse().bytes.prefix(300))).diagnostics.first?.name == "headerIncomplete")
    #expect(
      try judged(Array(sesparse().bytes.prefix(4096))).diagnostics.contains {
        $0.name == "truncated"
      })
    for (offset, diagnostic) in [
      (8, "valueInvalid"), (24, "valueInvalid"), (32, "valueInvalid"), (40, "valueInvalid"),
      (144, "partOutside"), (512, "valueInvalid"), (512 + 24, "unclean"),
    ] {
      var file = sesparse()
      file.little(1 << 20, 8, at: offset)
      #expect(try judged(file.bytes).diagnostics.map(\.name).contains(diagnostic), "\(offset)")
    }
  }
}
