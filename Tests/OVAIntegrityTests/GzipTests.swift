import OVABasics
import OVAIntegrity
import Testing

private let text = (0..<40_000).map { "line \($0 % 977) of a disk\n" }.joined()
private let plain = Array(text.utf8)

private func gzip(_ bytes: [UInt8], _ options: [String] = []) throws -> [UInt8] {
  let folder = try Folder()
  try folder.write("data", bytes)
  return try run("gzip", ["-c"] + options + ["data"], in: folder).bytes
}

/// Inflates in pieces of `size` bytes.
private func inflate(
  _ bytes: [UInt8], size: Int = 4_096, maximum: UInt64 = 1 << 40, ratio: UInt64 = 1_100
) -> (output: [UInt8], outcome: GzipInflater.Outcome) {
  var inflater = GzipInflater(name: "disk.gz", maximumOutput: maximum, maximumRatio: ratio)
  var output: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: size) {
    inflater.consume(bytes[start..<min(start + size, bytes.count)]) { output += $0 }
  }
  return (output, inflater.finish())
}

@Suite struct GzipTests {
  @Test(arguments: [1, 7, 512, 4_096, 1 << 20], [["-1"], ["-9"]])
  func aFileOfGzipIsInflatedInPiecesOfAnySize(size: Int, options: [String]) throws {
    let packed = try gzip(plain, options)
    let (output, outcome) = inflate(packed, size: size)
    #expect(output == plain)
    #expect(outcome.diagnostic == nil)
    #expect(outcome.members == 1)
    #expect(outcome.inputBytes == UInt64(packed.count))
    #expect(outcome.outputBytes == UInt64(plain.count))
  }

  @Test func nothingPackedIsNothing() throws {
    let (output, outcome) = inflate(try gzip([]))
    #expect(output.isEmpty)
    #expect(outcome.diagnostic == nil)
    #expect(outcome.members == 1)
  }

  @Test(arguments: [1, 13, 1 << 20])
  func membersThatFollowEachOtherAreOneStream(size: Int) throws {
    let (output, outcome) = inflate(try gzip(plain) + gzip([]) + gzip([1, 2, 3]), size: size)
    #expect(output == plain + [1, 2, 3])
    #expect(outcome.members == 3)
    #expect(outcome.diagnostic == nil)
  }

  @Test func everyOptionalFieldOfTheHeaderIsRead() throws {
    // Python writes what gzip does not: extra field, name, comment and header checksum.
    let script = """
      import struct, sys, zlib
      head = b'\\x1f\\x8b\\x08\\x1e\\0\\0\\0\\0\\0\\xff' + struct.pack('<H', 4) + b'abcd'
      head += b'name\\0' + b'comment\\0'
      head += struct.pack('<H', zlib.crc32(head) & 0xffff)
      packer = zlib.compressobj(9, zlib.DEFLATED, -15)
      body = packer.compress(b'hello') + packer.flush()
      sys.stdout.buffer.write(head + body + struct.pack('<II', zlib.crc32(b'hello'), 5))
      """
    let packed = try run("python3", ["-c", script]).bytes
    #expect(inflate(packed).output == Array("hello".utf8))
    #expect(inflate(packed).outcome.diagnostic == nil)
    var broken = packed
    broken[29] ^= 1
    #expect(inflate(broken).outcome.diagnostic?.kind == .damaged(reason: "header crc mismatch"))
  }

  @Test func zerosAfterTheLastMemberArePadding() throws {
    let (output, outcome) = inflate(try gzip(plain) + [UInt8](repeating: 0, count: 1_000), size: 7)
    #expect(output == plain)
    #expect(outcome.diagnostic == nil)
    #expect(outcome.paddingBytes == 1_000)
  }

  @Test(
    arguments: [[UInt8]([0x41]), [0, 0, 0x41], [0x1F], [0x1F, 0x8B], [0x1F, 0x41]], [1, 4_096])
  func otherBytesAfterTheLastMemberAreGarbage(garbage: [UInt8], size: Int) throws {
    let packed = try gzip(plain)
    let (output, outcome) = inflate(packed + garbage, size: size)
    #expect(output == plain)
    #expect(outcome.diagnostic != nil)
    #expect(outcome.diagnostic.map { $0.offset >= UInt64(packed.count) } == true)
    #expect(outcome.inputBytes == UInt64(packed.count + garbage.count))
  }

  @Test func garbageIsToldWithItsOffset() throws {
    let packed = try gzip(plain)
    let diagnostic = inflate(packed + [0x41, 0x42]).outcome.diagnostic
    #expect(diagnostic?.kind == .trailingGarbage)
    #expect(diagnostic?.offset == UInt64(packed.count))
  }

  @Test func aWrongChecksumAndAWrongLengthAreToldApart() throws {
    var checksum = try gzip(plain)
    checksum[checksum.count - 8] ^= 1
    #expect(inflate(checksum).outcome.diagnostic?.kind == .damaged(reason: "incorrect data check"))
    var length = try gzip(plain)
    length[length.count - 1] ^= 1
    #expect(inflate(length).outcome.diagnostic?.kind == .damaged(reason: "incorrect length check"))
    #expect(inflate(length).output == plain)
  }

  @Test func everyCutIsTruncated() throws {
    let packed = try gzip(Array(plain.prefix(5_000)))
    for end in packed.indices {
      let (output, outcome) = inflate(Array(packed[..<end]))
      #expect(outcome.diagnostic?.kind == .truncated)
      #expect(outcome.diagnostic?.offset == UInt64(end))
      #expect(plain.starts(with: output))
    }
  }

  @Test(arguments: ["", "P", "PK\u{3}\u{4}", "BZh9"])
  func anotherFormatIsNotGzip(start: String) {
    let outcome = inflate(Array(start.utf8)).outcome
    #expect(
      outcome.diagnostic?.kind == (start.isEmpty ? .truncated : .notGzip))
    #expect(outcome.diagnostic?.offset == 0)
  }

  @Test func damagedBytesNeverCrash() throws {
    let packed = try gzip(Array(plain.prefix(3_000)))
    var sound = 0
    for index in packed.indices {
      var broken = packed
      broken[index] ^= 0x55
      sound += inflate(broken, size: 100).outcome.diagnostic == nil ? 1 : 0
    }
    // Only the time, the flags of speed and the system's code in the header are unguarded.
    #expect(sound <= 10)
  }

  @Test func moreOutputThanAllowedStopsBeforeItIsHandedOn() throws {
    let packed = try gzip(plain)
    let (output, outcome) = inflate(packed, maximum: 200_000)
    #expect(outcome.diagnostic?.kind == .tooLarge(maximum: 200_000))
    #expect(output.count <= 200_000)
    #expect(inflate(packed, maximum: UInt64(plain.count)).outcome.diagnostic == nil)
  }

  @Test func aBombIsStoppedByItsRatio() throws {
    let packed = try gzip([UInt8](repeating: 0, count: 20 << 20))
    let (output, outcome) = inflate(packed, ratio: 100)
    #expect(outcome.diagnostic?.kind == .ratioTooHigh(maximum: 100))
    #expect(output.count < 4 << 20)
    #expect(inflate(packed).outcome.diagnostic == nil)
  }

  @Test func whatTheReceiverThrowsComesThrough() throws {
    struct Stop: Error {}
    var inflater = GzipInflater(name: "disk.gz", maximumOutput: 1 << 30)
    let packed = try gzip(plain)
    #expect(throws: Stop.self) {
      try inflater.consume(packed[...]) { _ throws(Stop) in throw Stop() }
    }
  }
}
