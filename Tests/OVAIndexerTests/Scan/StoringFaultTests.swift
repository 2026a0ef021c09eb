import Foundation
import OVACatalog
import OVAIndexer
import OVATestSupport
import Synchronization
import Testing

/// A catalog that cannot be written, at each of the times that a scan stores something.
struct StoringFaultTests {
  private struct Full: Error {}

  /// Lets a store fail, from the given one on or that one alone, and counts them.
  private final class Fault: Sendable {
    private let first: Int
    private let isLasting: Bool
    private let asked = Mutex(0)

    init(at first: Int, isLasting: Bool) {
      self.first = first
      self.isLasting = isLasting
    }

    /// True if a store failed.
    var hasStruck: Bool { asked.withLock { $0 >= first } }

    func store() throws {
      let number = asked.withLock { asked in
        asked += 1
        return asked
      }
      if number == first || isLasting && number > first { throw Full() }
    }
  }

  private func makeTree() throws -> Tree {
    let tree = try Tree()
    // More than is stored together, so that work waits for its turn.
    let bytes = try Sample.archive(machine: "web")
    for number in 0..<400 { try tree.write(bytes, to: "f\(number / 20)/p\(number).ova") }
    try tree.addFolder("folder")
    try tree.write([1], to: "g/stray.vmdk")
    return tree
  }

  @Test(arguments: [true, false])
  func whicheverStoreFailsTheScanEndsInItsErrorAndTheNextGoesOn(isLasting: Bool) throws {
    let tree = try makeTree()
    let fresh = try CatalogStore(path: tree.folder.path("fresh.sqlite"))
    try tree.scan(into: fresh) { $0.computesDigests = false }
    for number in 1... {
      let path = tree.folder.path("\(isLasting) \(number).sqlite")
      let store = try CatalogStore(path: path)
      let fault = Fault(at: number, isLasting: isLasting)
      let result = Result {
        try tree.scan(into: store) {
          $0.computesDigests = false
          $0.workers = 8
          $0.willStore = fault.store
        }
      }
      guard fault.hasStruck else {
        // How much is stored together depends on time; so many there always are.
        #expect(number > 6)
        break
      }
      #expect(throws: (any Error).self, "store \(number)") { try result.get() }
      try store.verify()
      // The lock is free, and nothing goes on behind the error.
      let next = try tree.scan(into: store) { $0.computesDigests = false }
      #expect(!next.isPartial)
      #expect(try store.wholeContent() == fresh.wholeContent())
      try store.close()
      try FileManager.default.removeItem(atPath: path)
    }
  }

  @Test func aStoreThatFailsWhileDigestsAreKeptEndsTheScanToo() throws {
    let tree = try Tree()
    for number in 0..<80 { try tree.addArchive("p\(number).ova", machine: "m\(number)") }
    try tree.scan { $0.computesDigests = false }
    let later = ScanOptions().clock() + 60_000_000_000
    for number in 1... {
      let fault = Fault(at: number, isLasting: true)
      let result = Result {
        try tree.scan {
          $0.rehash = .everything
          $0.clock = { later }
          $0.workers = 8
          $0.willStore = fault.store
        }
      }
      guard fault.hasStruck else {
        #expect(number > 4)
        break
      }
      #expect(throws: (any Error).self, "store \(number)") { try result.get() }
    }
    let other = try CatalogStore(path: tree.folder.path("other.sqlite"))
    try tree.scan(into: other)
    #expect(try tree.store.wholeContent() == other.wholeContent())
  }
}
