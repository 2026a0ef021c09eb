import Foundation
import OVACatalog
import OVAIndexer
import OVATestSupport
import Synchronization
import Testing

/// A catalogue that cannot be written, at each of the times that a scan stores something.
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

    var count: Int { asked.withLock { $0 } }

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
    for number in 0..<600 { try tree.write(bytes, to: "f\(number / 20)/p\(number).ova") }
    try tree.addFolder("folder")
    try tree.write([1], to: "g/stray.vmdk")
    return tree
  }

  @Test(arguments: [true, false])
  func whicheverStoreFailsTheScanEndsInItsErrorAndTheNextGoesOn(isLasting: Bool) throws {
    let tree = try makeTree()
    let fresh = try CatalogStore(path: tree.folder.path("fresh.sqlite"))
    let counting = Fault(at: .max, isLasting: false)
    try tree.scan(into: fresh) {
      $0.computesDigests = false
      $0.willStore = counting.store
    }
    #expect(counting.count > 5)
    for number in 1...counting.count {
      let path = tree.folder.path("\(isLasting) \(number).sqlite")
      let store = try CatalogStore(path: path)
      let fault = Fault(at: number, isLasting: isLasting)
      #expect(throws: (any Error).self, "store \(number) of \(counting.count)") {
        try tree.scan(into: store) {
          $0.computesDigests = false
          $0.workers = 8
          $0.willStore = fault.store
        }
      }
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
    let counting = Fault(at: .max, isLasting: false)
    let other = try CatalogStore(path: tree.folder.path("other.sqlite"))
    try tree.scan(into: other) { $0.computesDigests = false }
    try tree.scan(into: other) { $0.willStore = counting.store }
    for number in 1...counting.count {
      #expect(throws: (any Error).self) {
        try tree.scan {
          $0.rehash = .everything
          $0.workers = 8
          $0.willStore = Fault(at: number, isLasting: true).store
        }
      }
    }
    #expect(try !tree.scan().isPartial)
    #expect(try tree.store.wholeContent() == other.wholeContent())
  }
}
