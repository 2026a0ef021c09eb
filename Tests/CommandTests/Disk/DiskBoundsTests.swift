import Foundation
import OVATestSupport
import Testing

/// Tests that what a disk's header claims costs no memory: the command runs with little of it.
@Suite struct DiskBoundsTests {
  /// A claim, and the fault or fact that must be told.
  struct Claim: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let word: String
    var capacity: UInt64 = 1 << 21
    var grainSize: UInt64 = 128
    var descriptorSectors: UInt64 = 20
    var tableEntries: UInt64 = 512
    var directory: UInt64 = 64
    var isStream = false

    /// The header of it.
    var header: [UInt8] {
      var bytes = Array("KDMV".utf8)
      func add(_ number: UInt64, _ width: UInt64) {
        for byte in 0..<width { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
      }
      add(isStream ? 3 : 1, 4)
      add(isStream ? 0x3_0001 : 1, 4)
      add(capacity, 8)
      add(grainSize, 8)
      add(1, 8)
      add(descriptorSectors, 8)
      add(tableEntries, 4)
      add(0, 8)
      add(directory, 8)
      add(128, 8)
      bytes += [0, 0x0A, 0x20, 0x0D, 0x0A, isStream ? 1 : 0, 0]
      return bytes + [UInt8](repeating: 0, count: 512 - bytes.count)
    }
  }

  static let claims = [
    Claim(testDescription: "a capacity of 2^63", word: "capacityInvalid", capacity: 1 << 63),
    Claim(testDescription: "2^54 - 1 sectors", word: "tooManyGrains", capacity: 1 << 54 - 1),
    Claim(testDescription: "grains of 2^40", word: "grainSizeInvalid", grainSize: 1 << 40),
    Claim(
      testDescription: "a descriptor of 2^33 sectors", word: "outside",
      descriptorSectors: 1 << 33),
    Claim(
      testDescription: "a descriptor of 10 GiB that is in the file", word: "descriptorTooLarge",
      descriptorSectors: 20 << 20),
    Claim(
      testDescription: "2^32 - 1 entries in a table", word: "tableLengthInvalid",
      tableEntries: 0xFFFF_FFFF),
    Claim(
      testDescription: "2^31 tables", word: "tooManyTables", capacity: 1 << 38, tableEntries: 1),
    Claim(
      testDescription: "2^20 tables, all of them holes", word: "faults", capacity: 1 << 36),
    Claim(
      testDescription: "the same in a stream", word: "faults", capacity: 1 << 36, isStream: true),
    Claim(
      testDescription: "no directory but in a footer", word: "footerMissing", capacity: 1 << 38,
      directory: .max, isStream: true),
  ]

  @Test(arguments: claims)
  func aClaimCostsNoMemory(claim: Claim) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(claim.header, to: "disk.vmdk")
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    // 20 GiB of holes: what lies there can be read and is nothing.
    try file.truncate(atOffset: 20 << 30)
    try file.close()
    // Kibibytes of address space: the program alone maps about a third of it.
    let shell = "ulimit -v 900000; exec \"$0\" disk --format json --map \"$1\""
    let result = try run("bash", ["-c", shell, OVATool.path, path])
    #expect(result.status == 0 || result.status == 1, "\(result.status) \(result.errorText)")
    #expect(result.text.contains(claim.word), "\(result.text)")
    // The deep check of the same claim, where 8 MiB of holes follow.
    let short = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try short.truncate(atOffset: 8 << 20)
    try short.close()
    let deep = "ulimit -v 900000; exec \"$0\" disk --format json --deep \"$1\""
    let read = try run("bash", ["-c", deep, OVATool.path, path])
    #expect(read.status == 0 || read.status == 1, "\(read.status) \(read.errorText)")
    #expect(read.text.contains("\"bytes_read\": 8388608"))
  }
}
