import OVAArchive
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing

/// A source of zeros that costs no memory.
private struct ZeroSource: ByteSource {
  let name = "zeros"
  let size: UInt64

  func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size else { return 0 }
    let count = Int(min(UInt64(buffer.count), size - offset))
    buffer.initializeMemory(as: UInt8.self, repeating: 0)
    return count
  }
}

/// Writes an archive into memory.
private func write(
  padding: TarWriter.Padding = .record, _ build: (TarWriter) throws -> Void
) throws -> [UInt8] {
  var bytes: [UInt8] = []
  let writer = TarWriter(name: "w.ova", padding: padding) { bytes += $0 }
  try build(writer)
  try writer.finish()
  #expect(writer.bytesWritten == UInt64(bytes.count))
  return bytes
}

@Suite struct WritingTests {
  let descriptor = MemorySource(Array("<Envelope/>".utf8), name: "a.ovf")
  let disk = MemorySource([UInt8](repeating: 7, count: 3_000_001), name: "a.vmdk")

  @Test func anArchiveIsPlainUstarWithoutOwnersAndReadsBack() throws {
    let bytes = try write {
      try $0.append(name: "a.ovf", source: descriptor, modified: 1_500_000_000)
      try $0.append(name: "größe.vmdk", source: disk, modified: 1)
    }
    #expect(bytes.count % 10_240 == 0)
    let archive = try TarArchive.read(MemorySource(bytes, name: "w.ova"), limits: Limits())
    #expect(archive.diagnostics == [])
    #expect(archive.members.map(\.name) == ["a.ovf", "größe.vmdk"])
    #expect(archive.members.map(\.dialect) == [.ustar, .ustar])
    #expect(archive.members.map(\.modified) == [1_500_000_000, 1])
    #expect(archive.members.map(\.mode) == [0o644, 0o644])
    let second = try #require(archive.source(of: archive.members[1]))
    #expect(try second.bytes(at: 0, count: 4_000_000) == disk.bytes(at: 0, count: 4_000_000))
  }

  @Test func theSameMembersGiveTheSameBytes() throws {
    let build: (TarWriter) throws -> Void = {
      try $0.append(name: "a.ovf", source: descriptor, modified: 1_500_000_000)
    }
    #expect(try write(build) == write(build))
  }

  @Test func aHeaderIsWhatTheStandardSaysToTheByte() throws {
    let bytes = try write(padding: .none) {
      try $0.append(name: "a.ovf", source: descriptor, modified: 1_500_000_000)
    }
    #expect(bytes.count == 512 + 512 + 1024)
    #expect(Array(bytes[0..<6]) == Array("a.ovf\0".utf8))
    #expect(Array(bytes[100..<108]) == Array("000644 \0".utf8))
    #expect(Array(bytes[124..<136]) == Array("00000000013 ".utf8))
    #expect(bytes[156] == UInt8(ascii: "0"))
    #expect(Array(bytes[257..<265]) == Array("ustar\u{0}00".utf8))
    #expect(bytes[265..<329].allSatisfy { $0 == 0 })
    #expect(bytes[1024...].allSatisfy { $0 == 0 })
  }

  @Test func gnuTarAndPythonReadWhatIsWritten() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "folder/", count: 20) + "a.vmdk"
    let longer = String(repeating: "n", count: 200)
    try folder.write(
      try write {
        try $0.append(name: "a.ovf", source: descriptor, modified: 1_500_000_000)
        try $0.append(name: long, source: disk, modified: 1_500_000_000)
        try $0.append(name: longer, source: descriptor, modified: 1_500_000_000)
      }, to: "w.ova")
    let listed = try run("tar", ["-tf", "w.ova"], in: folder.path)
    #expect(listed.text == "a.ovf\n\(long)\n\(longer)\n")
    #expect(listed.errorText == "")
    try run("tar", ["-xf", "w.ova", long], in: folder.path)
    #expect(try folder.read(long) == disk.bytes(at: 0, count: 4_000_000))
    let python = try run(
      "python3", ["-c", "import tarfile; print(tarfile.open('w.ova').getnames()[1])"],
      in: folder.path)
    #expect(python.text == "\(long)\n")
  }

  @Test func onlyANameThatUstarCannotHoldIsWrittenAsGNUDoes() throws {
    let fits = String(repeating: "f", count: 100) + "/" + String(repeating: "n", count: 100)
    let bytes = try write {
      try $0.append(name: fits, source: descriptor, modified: 0)
      try $0.append(name: String(repeating: "n", count: 101), source: descriptor, modified: 0)
      try $0.append(name: "a", source: descriptor, modified: 0)
    }
    let archive = try TarArchive.read(MemorySource(bytes, name: "w.ova"), limits: Limits())
    #expect(archive.members.map(\.dialect) == [.ustar, .gnu, .ustar])
    #expect(archive.kinds == [.gnuLongName])
  }

  @Test(arguments: [1, 54, 99, 100, 101, 154, 155, 156, 300], [1, 98, 99, 100, 101])
  func namesOfEveryLengthAreWrittenAndReadBack(folder: Int, file: Int) throws {
    let name =
      String(repeating: "d", count: folder) + "/" + String(repeating: "n", count: file - 1)
      + "é"
    let bytes = try write { try $0.append(name: name, source: descriptor, modified: 0) }
    let archive = try TarArchive.read(MemorySource(bytes, name: "w.ova"), limits: Limits())
    #expect(archive.members.map(\.name) == [name])
    let fits = (folder <= 155 && file + 1 <= 100) || folder + file + 2 <= 100
    #expect(archive.members.map(\.dialect) == [fits ? .ustar : .gnu])
  }

  @Test(arguments: [
    (TarWriter.largestUstarSize, TarDialect.ustar), (TarWriter.largestUstarSize + 1, .gnu),
  ])
  func onlyASizeOfEightGibibytesIsWrittenInBase256(size: UInt64, dialect: TarDialect) throws {
    var start: [UInt8] = []
    let writer = TarWriter(name: "w.ova") { (piece) throws(ArchiveError) in
      if start.count < 512 { start += piece }
      // Enough has been seen; eight gibibytes need not go through.
      if piece.count > 100_000 {
        throw ArchiveError(
          code: .outputFailed, doing: "write it", reason: "seen", place: Place("w.ova"))
      }
    }
    #expect {
      try writer.append(name: "big.vmdk", source: ZeroSource(size: size), modified: 0)
    } throws: {
      ($0 as? ArchiveError)?.reason == "seen"
    }
    let archive = try TarArchive.read(MemorySource(start, name: "w.ova"), limits: Limits())
    #expect(archive.members.map(\.size) == [size])
    #expect(archive.members.map(\.dialect) == [dialect])
    #expect(archive.kinds.contains(.base256Size) == (dialect == .gnu))
  }

  @Test(arguments: [10, 12])
  func contentOfAnotherLengthThanAnnouncedIsRefused(announced: UInt64) throws {
    let writer = TarWriter(name: "w.ova") { _ in }
    #expect {
      try writer.append(name: "a", size: announced, modified: 0) { (write) throws(ArchiveError) in
        let eleven = UnsafeMutableRawBufferPointer.allocate(byteCount: 11, alignment: 1)
        defer { eleven.deallocate() }
        eleven.initializeMemory(as: UInt8.self, repeating: 1)
        try write(UnsafeRawBufferPointer(eleven))
      }
    } throws: {
      ($0 as? ArchiveError)?.code == .sizeMismatch
    }
    #expect(throws: ArchiveError.self) { try writer.finish() }
  }

  @Test func aSinkThatFailsPassesItsOwnErrorOn() {
    let full = ArchiveError(
      code: .outputFailed, doing: "write it", reason: "No space left on device",
      place: Place("w.ova"))
    let writer = TarWriter(name: "w.ova") { _ throws(ArchiveError) in throw full }
    #expect {
      try writer.append(name: "a", source: descriptor, modified: 0)
    } throws: {
      $0 as? ArchiveError == full
    }
  }

  @Test func aSourceThatFailsIsAnError() {
    let writer = TarWriter(name: "w.ova") { _ in }
    let broken = FaultySource(disk, failingAt: 2_500_000)
    #expect {
      try writer.append(name: "a", source: broken, modified: 0)
    } throws: {
      ($0 as? ArchiveError)?.code == .inputOutput
    }
  }

  @Test(arguments: ["", "a\0b"])
  func aNameThatNoHeaderHoldsIsRefused(name: String) {
    let writer = TarWriter(name: "w.ova") { _ in }
    #expect {
      try writer.append(name: name, source: descriptor, modified: 0)
    } throws: {
      ($0 as? ArchiveError)?.code == .refused
    }
  }

  @Test(arguments: [Int64.min, -1, .max])
  func aTimeThatNoHeaderHoldsBecomesTheNearest(modified: Int64) throws {
    let bytes = try write { try $0.append(name: "a", source: descriptor, modified: modified) }
    let archive = try TarArchive.read(MemorySource(bytes, name: "w.ova"), limits: Limits())
    #expect(archive.members.map(\.modified) == [modified < 0 ? 0 : 0o77_777_777_777])
  }

  @Test func anArchiveOfNothingIsItsEnd() throws {
    #expect(try write(padding: .none) { _ in } == [UInt8](repeating: 0, count: 1024))
  }
}
