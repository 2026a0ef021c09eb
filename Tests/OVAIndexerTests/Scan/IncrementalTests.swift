import Foundation
import OVACatalog
import OVAIndexer
import OVATestSupport
import Testing

/// Many small changes, one after the other, end in the same catalog as one look at the result.
struct IncrementalTests {
  /// `scripts/test-incremental` asks for hundreds.
  private static let seeds: ClosedRange<UInt64> =
    1...(ProcessInfo.processInfo.environment["OVA_SEEDS"].flatMap(UInt64.init) ?? 6)

  @Test(arguments: seeds)
  func anIncrementalScanEqualsAFreshOne(seed: UInt64) throws {
    let tree = try Tree()
    var numbers = SeededNumbers(seed: seed)
    var names: [String] = []
    for round in 0..<6 {
      for _ in 0..<8 { try tree.change(&names, &numbers) }
      try tree.scan { $0.computesDigests = round % 2 == 0 }
    }
    try tree.scan()
    let fresh = try CatalogStore(path: TestDatabase.location(tree.folder.path("fresh.sqlite")))
    try tree.scan(into: fresh)
    let (old, new) = (try tree.store.wholeContent(), try fresh.wholeContent())
    #expect(!new.isEmpty)
    #expect(old == new)
  }
}
