import OVABasics
import OVAByteSource
import Testing
import VirtualDisks

/// Tests that what the deep check keeps of tables and grains is bounded.
@Suite struct TableLimitTests {
  private func check(_ file: [UInt8], entries: UInt64) -> (result: DeepDiskResult, left: UInt64) {
    var limits = Limits()
    limits.tableEntries = entries
    limits = limits.withBudget()
    let check = DeepDiskCheck(name: "disk.vmdk", size: UInt64(file.count), limits: limits)
    check.consume(file)
    let result = check.finish(source: MemorySource(file, name: "disk.vmdk"))
    return (result, limits.budget?.used(.tableEntries) ?? 0)
  }

  @Test(arguments: Sample.all)
  func whatIsKeptIsGivenBack(sample: Sample) throws {
    let (result, left) = check(try sample.file(), entries: 1 << 20)
    #expect(left == 0)
    #expect(!result.diagnostics.contains { $0.name == "tableEntriesLimit" })
    #expect(result.grains == sample.grains.count)
  }

  @Test(arguments: Sample.streams.filter { $0.grains.count > 3 })
  func ofAStreamBeyondTheLimitGrainsAreReadAndCountedAndNotCompared(sample: Sample) throws {
    let file = try sample.file()
    let whole = check(file, entries: 1 << 20).result
    let (result, left) = check(file, entries: 3)
    #expect(result.diagnostics.count { $0.name == "tableEntriesLimit" } == 1)
    #expect(
      result.diagnostics.contains {
        $0.text.contains("more entries than the limit 'tableEntries' of 3")
      })
    #expect(!result.isVerified)
    #expect(result.isChecked)
    #expect(result.grains == whole.grains)
    #expect(result.allocatedBytes == whole.allocatedBytes)
    #expect(result.storedBytes == whole.storedBytes)
    #expect(left == 0)
  }

  @Test(arguments: Sample.streams.filter { $0.grains.count > 3 })
  func aDiskThatFitsAloneSaysSoWhenOthersLeaveItNoRoom(sample: Sample) throws {
    let file = try sample.file()
    var limits = Limits()
    limits.tableEntries = 1 << 20
    limits = limits.withBudget()
    // What another disk takes at the same time.
    #expect(limits.take((1 << 20) - 3, of: .tableEntries))
    let check = DeepDiskCheck(name: "disk.vmdk", size: UInt64(file.count), limits: limits)
    check.consume(file)
    let crowded = check.finish(source: MemorySource(file, name: "disk.vmdk"))
    #expect(crowded.isCrowdedOut)
    #expect(crowded.diagnostics.contains { $0.name == "tableEntriesLimit" })
    // Its own excess is not the others' doing.
    #expect(!self.check(file, entries: 3).result.isCrowdedOut)
    #expect(!self.check(file, entries: 1 << 20).result.isCrowdedOut)
  }

  @Test(arguments: Sample.streams.filter { $0.grains.count > 3 })
  func grainsAreInflatedAsFarAsTheBudgetGoes(sample: Sample) throws {
    let file = try sample.file()
    func check(_ most: UInt64) -> (result: DeepDiskResult, used: UInt64) {
      var limits = Limits()
      limits.inflatedBytes = most
      limits = limits.withBudget()
      let check = DeepDiskCheck(name: "disk.vmdk", size: UInt64(file.count), limits: limits)
      check.consume(file)
      let result = check.finish(source: MemorySource(file, name: "disk.vmdk"))
      return (result, limits.budget?.used(.inflatedBytes) ?? 0)
    }
    let whole = check(1 << 30)
    let grain = try #require(whole.result.header?.grainBytes)
    #expect(whole.used == UInt64(whole.result.grains * grain))
    #expect(!whole.result.diagnostics.contains { $0.name == "inflatedBytesLimit" })
    let part = check(whole.used - 1)
    #expect(part.used == 0)
    #expect(part.result.diagnostics.count { $0.name == "inflatedBytesLimit" } == 1)
    #expect(
      part.result.diagnostics.contains {
        $0.text.contains("than the limit 'inflatedBytes' of \(whole.used - 1)")
      })
    #expect(!part.result.isVerified)
    #expect(part.result.grains == whole.result.grains)
    #expect(
      part.result.verification.unchecked
        == ["what is in all of its grains: \(whole.used - 1) bytes are inflated at most"])
  }

  @Test func ofAnUncompressedExtentBeyondTheLimitNoSumIsTold() throws {
    let sample = try #require(Sample.all.first { $0.testDescription == "sparse version 1" })
    let (result, left) = check(try sample.file(), entries: 3)
    #expect(result.diagnostics.map(\.name) == ["tableEntriesLimit"])
    #expect(!result.isChecked)
    #expect(!result.isVerified)
    #expect(left == 0)
  }
}
