import Foundation
import OVACatalog
import OVAIndexer
import OVATestSupport
import Synchronization
import Testing

/// A scan of thousands of packages whose every store fails once, and the scans after it.
struct LargeScanFaultTests {
  private struct Failed: Error {}

  /// A failure or cancellation at a store.
  enum Trouble: String, CaseIterable, CustomTestStringConvertible {
    /// That store, and all after it in this scan.
    case lastingFailure
    /// That store alone.
    case passingFailure
    /// Somebody stops the scan.
    case cancellation

    var testDescription: String { rawValue }
  }

  /// Lets a store fail, or asks for the scan's end, and counts the stores.
  private final class Fault: Sendable {
    private let first: Int
    private let trouble: Trouble
    private let asked = Mutex(0)

    init(at first: Int, _ trouble: Trouble) {
      self.first = first
      self.trouble = trouble
    }

    var hasStruck: Bool { asked.withLock { $0 >= first } }
    var isCancelled: Bool { trouble == .cancellation && hasStruck }

    func store() throws {
      let number = asked.withLock { asked in
        asked += 1
        return asked
      }
      switch trouble {
      case .lastingFailure: if number >= first { throw Failed() }
      case .passingFailure: if number == first { throw Failed() }
      case .cancellation: break
      }
    }
  }

  private static let packages = 2000

  private func makeTree() throws -> Tree {
    let tree = try Tree()
    for number in 0..<Self.packages {
      try tree.addArchive("f\(number % 40)/p\(number).ova", machine: "m\(number % 100)")
    }
    try tree.addFolder("folder")
    try tree.write([1], to: "g/stray.vmdk")
    return tree
  }

  /// True if every store is to fail, in scans with digests too: `scripts/test-storing`.
  private static let isWhole = ProcessInfo.processInfo.environment["OVA_STORES"] == "all"

  /// Scans until nothing strikes any more: each scan goes on where the one before was ended, and is
  /// ended itself after some more stores.
  private func endAgainAndAgain(_ trouble: Trouble, computesDigests: Bool) throws {
    let tree = try makeTree()
    let undisturbed = try CatalogStore(path: tree.folder.path("undisturbed.sqlite"))
    func options(_ options: inout ScanOptions) {
      options.workers = nil
      options.computesDigests = computesDigests
    }
    try tree.scan(into: undisturbed, options)
    var ended = 0
    while ended < 500 {
      // A scan begins with two stores; it gets on by those after them.
      let fault = Fault(at: computesDigests ? 3 + ended % 8 : 3 + ended % 2, trouble)
      let result = Result {
        try tree.scan {
          options(&$0)
          $0.willStore = fault.store
          $0.isCancelled = { fault.isCancelled }
        }
      }
      guard fault.hasStruck else {
        #expect(try !result.get().isPartial)
        break
      }
      ended += 1
      guard trouble == .cancellation else {
        #expect(throws: Failed.self) { try result.get() }
        continue
      }
      // One that is stopped while it stores its end has come to it.
      if try !result.get().isPartial { break }
    }
    // So many batches there are at the least.
    #expect(ended > 5)
    try tree.store.verify()
    let last = try tree.scan(options)
    #expect(last.counts.packages == Self.packages + 1)
    #expect(try tree.store.wholeContent() == undisturbed.wholeContent())
  }

  @Test func aScanThatFailsAtEachOfItsStoresComesToTheSameCatalog() throws {
    try endAgainAndAgain(.lastingFailure, computesDigests: false)
  }

  @Test(.enabled(if: isWhole, "OVA_STORES=all"), arguments: Trouble.allCases)
  func soDoesOneThatReadsForDigests(_ trouble: Trouble) throws {
    try endAgainAndAgain(trouble, computesDigests: true)
  }

  /// Each of the stores of a first scan, by its number.
  @Test(.enabled(if: isWhole, "OVA_STORES=all"))
  func whicheverStoreOfAFirstScanFailsTheNextScanEndsInTheSameCatalog() throws {
    let tree = try makeTree()
    let undisturbed = try CatalogStore(path: tree.folder.path("undisturbed.sqlite"))
    try tree.scan(into: undisturbed) { $0.workers = nil }
    let content = try undisturbed.wholeContent()
    for number in 1... {
      let path = tree.folder.path("\(number).sqlite")
      let store = try CatalogStore(path: path)
      let fault = Fault(at: number, .lastingFailure)
      let result = Result {
        try tree.scan(into: store) {
          $0.workers = nil
          $0.willStore = fault.store
        }
      }
      guard fault.hasStruck else {
        #expect(number > 20)
        break
      }
      #expect(throws: Failed.self, "store \(number)") { try result.get() }
      try store.verify()
      #expect(try !tree.scan(into: store) { $0.workers = nil }.isPartial)
      #expect(try store.wholeContent() == content, "store \(number)")
      try store.close()
      try FileManager.default.removeItem(atPath: path)
    }
  }
}
