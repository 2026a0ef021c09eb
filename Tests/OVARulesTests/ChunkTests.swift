import OVAPackage
import OVARules
import OVATestSupport
import Testing

/// Chunks that are not there, and hostile numbers of them.
@Suite struct ChunkTests {
  /// The messages about missing chunks when only these of a disk's chunks are there.
  private func missing(
    _ numbers: [Int], size: UInt64, chunkSize: Int
  ) async throws -> Finding {
    let example = Example(
      .folder,
      edits: [
        .init(
          old: #"ovf:size="SIZE""#, new: #"ovf:size="\#(size)" ovf:chunkSize="\#(chunkSize)""#)
      ],
      [.remove("web-disk1.vmdk")]
        + numbers.map {
          .add("web-disk1.vmdk.00000000\($0)", .bytes([UInt8](repeating: 1, count: chunkSize)))
        })
    let folder = try TemporaryFolder()
    let package = try Package.open(try ExamplePackage(example).write(.folder, to: folder))
    let findings = Rule.findings(of: Rule.all, in: await package.checked(ReadingOptions()))
    let found = findings.filter { $0.rule == "chunk-missing" }
    #expect(found.count == 1)
    return try #require(found.first)
  }

  @Test(.timeLimit(.minutes(1)), arguments: [1_000_000_000, UInt64(Int.max)])
  func chunksOfOneByteAreCountedWithoutLookingForEach(size: UInt64) async throws {
    let finding = try await missing([0, 1], size: size, chunkSize: 1)
    #expect(finding.message.contains("web-disk1.vmdk.000000002' and \(size - 3) more"))
    #expect(finding.expected == "\(size) chunks")
  }

  @Test func theFirstChunkIsMissed() async throws {
    let finding = try await missing([1, 2], size: 30, chunkSize: 10)
    #expect(finding.message.contains("'web-disk1.vmdk.000000000' is missing"))
  }

  @Test func aChunkInTheMiddleIsMissed() async throws {
    let finding = try await missing([0, 2], size: 30, chunkSize: 10)
    #expect(finding.message.contains("'web-disk1.vmdk.000000001' is missing"))
  }
}
