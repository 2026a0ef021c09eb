import OVABasics
import OVAByteSource
import OVATestSupport
import Testing
import VirtualDisks

/// Files made to hurt: each is told for what it is, in bounded time and memory.
@Suite
struct HostileDiskTests {
  /// A change of a sample's bytes and the fault that it must lead to.
  struct Attack: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let diagnostic: String
    let changes: [(at: Int, value: UInt64, width: Int)]

    init(_ name: String, _ diagnostic: String, _ changes: (Int, UInt64, Int)...) {
      testDescription = name
      self.diagnostic = diagnostic
      self.changes = changes.map { (at: $0.0, value: $0.1, width: $0.2) }
    }

    func applied(to file: [UInt8], at start: Int = 0) -> [UInt8] {
      var file = file
      for change in changes {
        for byte in 0..<change.width {
          file[start + change.at + byte] = UInt8(
            truncatingIfNeeded: change.value >> (8 * UInt64(byte)))
        }
      }
      return file
    }
  }

  static let header = [
    Attack("capacity 2^63", "capacityInvalid", (12, 1 << 63, 8)),
    Attack("capacity of all ones", "capacityInvalid", (12, .max, 8)),
    Attack("capacity 0", "capacityInvalid", (12, 0, 8)),
    Attack("capacity 2^54 - 1 with small grains", "tooManyGrains", (12, 1 << 54 - 1, 8)),
    Attack("grain size 0", "grainSizeInvalid", (20, 0, 8)),
    Attack("grain size 3", "grainSizeInvalid", (20, 3, 8)),
    Attack("grain size 2^40", "grainSizeInvalid", (20, 1 << 40, 8)),
    Attack("no entries in a table", "tableLengthInvalid", (44, 0, 4)),
    Attack("2^32 - 1 entries in a table", "tableLengthInvalid", (44, 0xFFFF_FFFF, 4)),
    Attack("3 entries in a table", "tableLengthInvalid", (44, 3, 4)),
    Attack("2^31 tables of an entry", "tooManyTables", (12, 1 << 34, 8), (44, 1, 4)),
    Attack(
      "a directory larger than the file", "outside", (12, 1 << 24, 8), (44, 1, 4)),
    Attack("the descriptor past the end", "outside", (28, 1 << 40, 8)),
    Attack("the descriptor's end past 64 bits", "outside", (28, .max, 8), (36, .max, 8)),
    Attack("the descriptor over the rest", "overlapping", (36, 60, 8)),
    Attack("the first grain past the end", "outside", (64, 1 << 60, 8)),
    Attack("version 4", "versionUnknown", (4, 4, 4)),
    Attack("unknown flags", "flagsUnknown", (8, 0xFF03_0003, 4)),
    Attack("an algorithm without the flag", "compressionContradiction", (8, 1, 4)),
  ]

  @Test(arguments: header, [Sample.all[0], Sample.all[5], Sample.all[6]])
  func nonsenseInAHeaderIsADiagnostic(attack: Attack, sample: Sample) throws {
    let names = try diagnosticNames(attack.applied(to: sample.file()))
    #expect(names.contains(attack.diagnostic), "\(names)")
  }

  @Test(arguments: header.filter { !$0.diagnostic.hasPrefix("compression") })
  func nonsenseInTheHeaderOfAnUncompressedExtentIsADiagnostic(attack: Attack) throws {
    let names = try diagnosticNames(attack.applied(to: Sample.all[8].file()))
    #expect(names.contains(attack.diagnostic), "\(names)")
  }

  @Test(arguments: [UInt64(0), 1 << 20, 1 << 32, 1 << 55, UInt64.max - 1])
  func aDirectoryPastTheEndIsADiagnostic(sector: UInt64) throws {
    let file = Attack("", "", (56, sector, 8)).applied(to: try Sample.all[6].file())
    #expect(!(try diagnosticNames(file)).isDisjoint(with: ["outside", "directoryMissing"]))
    let plain = Attack("", "", (56, sector, 8)).applied(to: try Sample.all[8].file())
    #expect(!(try diagnosticNames(plain)).isDisjoint(with: ["outside", "directoryMissing"]))
  }

  @Test
  func aDirectoryOverTheDescriptorIsADiagnostic() throws {
    let file = Attack("", "", (56, 1, 8)).applied(to: try Sample.all[6].file())
    #expect(try diagnosticNames(file).contains("overlapping"))
  }

  /// The place of the first entry of the first table, and its value.
  private func firstTable(_ file: [UInt8]) throws -> Int {
    let disk = try VirtualDisk.open(MemorySource(file, name: "disk"))
    let directory = Int(try #require(disk.extent?.directorySector)) * 512
    return file[directory..<directory + 4].reversed().reduce(0) { $0 << 8 | Int($1) } * 512
  }

  @Test(arguments: [0, 5, 6, 8])
  func twoEntriesThatLeadToOneGrainAreADiagnostic(sample: Int) throws {
    var file = try Sample.all[sample].file()
    let table = try firstTable(file)
    for byte in 0..<4 { file[table + 4 + byte] = file[table + byte] }
    let expected = sample == 8 ? "grainSharedByEntries" : "entryLeadsToOther"
    #expect(try diagnosticNames(file).contains(expected))
  }

  @Test
  func grainsOfAnUncompressedExtentThatOverlapAreADiagnostic() throws {
    var file = try Sample.all[8].file()
    file[try firstTable(file) + 4] &-= 1
    #expect(try diagnosticNames(file).contains("grainsOverlap"))
  }

  @Test(arguments: [0, 6, 8])
  func aTableEntryPastTheEndIsADiagnostic(sample: Int) throws {
    var file = try Sample.all[sample].file()
    let table = try firstTable(file)
    file.replaceSubrange(table..<table + 4, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(!(try diagnosticNames(file)).isDisjoint(with: ["outside", "entryWithoutGrain"]))
  }

  static let markers = [
    Attack("a grain of 4 GiB", "grainSizeOutOfBounds", (8, 0xFFFF_FFFF, 4)),
    Attack("a grain past the capacity", "grainBeyondCapacity", (0, 1 << 40, 8)),
    Attack("a grain off the grid", "grainOffGrid", (0, 3, 8)),
    Attack("a grain that is there twice", "grainTwice", (0, 8, 8)),
    Attack(
      "a table of 2^64 sectors", "markerLength", (0, .max, 8), (8, 0, 4), (12, 1, 4)),
    Attack(
      "progress of 2^63 sectors", "markerInvalid", (0, 1 << 63, 8), (8, 0, 4), (12, 4, 4)),
    Attack("an unknown marker", "markerInvalid", (0, 1, 8), (8, 0, 4), (12, 77, 4)),
  ]

  @Test(
    arguments: markers,
    [Sample.all[0], Sample.all[6]])
  func nonsenseInAMarkerIsADiagnosticAndTheWalkGoesOn(attack: Attack, sample: Sample) throws {
    let file = try sample.file()
    let start = Int(file[64]) * 512
    let changed = attack.applied(to: file, at: start)
    let disk = try VirtualDisk.open(MemorySource(changed, name: "disk"))
    let deep = try disk.deepCheck()
    #expect(deep.diagnostics.map(\.name).contains(attack.diagnostic), "\(deep.diagnostics)")
    // All grains but those that the damage swallowed were met.
    #expect(deep.grains >= sample.grains.count - 2)
  }

  @Test
  func aGrainThatInflatesToMoreThanAGrainIsADiagnostic() throws {
    // A file of large grains whose header then says small ones.
    var writer = try SparseDiskWriter(
      capacity: 8 << 20, layout: .streamOptimized(.directoryInFooter))
    try writer.append([1], grain: 0)
    var file = writer.finish()
    for place in [0, file.count - 1024] { file[place + 20] = 64 }
    #expect(try diagnosticNames(file).contains("grainTooLong"))
  }

  @Test
  func aFileOfNothingButDamageKeepsABoundedListOfDiagnostics() throws {
    var file = try Sample.all[0].file()
    let start = Int(file[64]) * 512
    file.removeSubrange(start...)
    for _ in 0..<6000 {
      file += [0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0x78, 0x9C]
      file += [UInt8](repeating: 0, count: 498)
    }
    let disk = try VirtualDisk.open(MemorySource(file, name: "disk"))
    let deep = try disk.deepCheck()
    #expect(deep.diagnostics.count <= 1000)
    #expect(deep.diagnosticCount > 6000)
  }

  @Test
  func aHeaderThatClaimsMuchTakesNoMemoryForItAndNoTime() throws {
    let attack = Attack("", "", (12, 1 << 35 - 1, 8), (44, 65_536, 4))
    for sample in [Sample.all[0], Sample.all[6], Sample.all[8]] {
      let file = attack.applied(to: try sample.file())
      let clock = ContinuousClock()
      let start = clock.now
      #expect(try !diagnostics(file).isEmpty)
      #expect(clock.now - start < .seconds(2))
      let disk = try VirtualDisk.open(MemorySource(file, name: "disk"))
      #expect(throws: DiskError.self) { try disk.allocatedBytes() }
      #expect(throws: DiskError.self) { _ = try DiskContents(of: disk) }
    }
  }

  @Test(arguments: 0..<40)
  func anyPrefixAndAnyMixtureOfADisksBytesIsReadWithoutHarm(seed: Int) throws {
    var dice = SeededNumbers(seed: UInt64(seed))
    for sample in Sample.all where sample.capacity < 8 << 20 {
      var file = try sample.file()
      for _ in 0..<Int.random(in: 1...40, using: &dice) {
        let limit = Bool.random(using: &dice) ? 600 : file.count
        file[Int.random(in: 4..<min(limit, file.count), using: &dice)] = UInt8(
          truncatingIfNeeded: dice.next())
      }
      file = Array(file.prefix(Int.random(in: 1...file.count, using: &dice)))
      let disk = try VirtualDisk.open(MemorySource(file, name: "disk"))
      let deep = try disk.deepCheck()
      #expect(deep.bytesRead == UInt64(file.count))
      #expect(!disk.diagnostics(with: deep).isEmpty)
      // Whatever they answer, they answer.
      _ = try? disk.allocationMap(buckets: 50)
      if let size = disk.capacity, size < 1 << 30 { _ = try? contents(disk) }
    }
  }
}
