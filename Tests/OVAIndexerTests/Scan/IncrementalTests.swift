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
    var numbers = Numbers(state: seed)
    var names: [String] = []
    for round in 0..<6 {
      for _ in 0..<8 { try tree.change(&names, &numbers) }
      try tree.scan { $0.computesDigests = round % 2 == 0 }
    }
    try tree.scan()
    let fresh = try CatalogStore(path: tree.folder.path("fresh.sqlite"))
    try tree.scan(into: fresh)
    let (old, new) = (try tree.store.wholeContent(), try fresh.wholeContent())
    #expect(!new.isEmpty)
    #expect(old == new)
  }
}

/// A generator whose numbers are the same in every run.
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
