import Foundation
import OVACatalog
import OVAIndexer
import OVATestSupport
import Synchronization
import Testing

/// A scan of thousands of packages whose every store fails once, and the scans after it.
struct LargeScanFaultTests {
  private struct Failed: Error {}

  /// What goes wrong at a store.
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

  /// Scans until nothing strikes any more: each scan goes on where the one before was ended, and is
  /// ended itself some stores later.
  @Test(arguments: Trouble.allCases)
  func aScanThatIsEndedAtEachOfItsStoresComesToTheSameCatalog(_ trouble: Trouble) throws {
    let tree = try makeTree()
    let undisturbed = try CatalogStore(path: tree.folder.path("undisturbed.sqlite"))
    try tree.scan(into: undisturbed) { $0.workers = nil }
    var ended = 0
    while ended < 500 {
      // A scan begins with two stores; it gets on by those after them.
      let fault = Fault(at: 3 + ended % 8, trouble)
      let result = Result {
        try tree.scan {
          $0.workers = nil
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
    #expect(try tree.scan().counts.packages == Self.packages + 1)
    #expect(try tree.store.wholeContent() == undisturbed.wholeContent())
  }

  /// Each of the stores of a first scan, by its number; all of them by `OVA_STORES=all`.
  @Test func whicheverStoreOfAFirstScanFailsTheNextScanEndsInTheSameCatalog() throws {
    let tree = try makeTree()
    let undisturbed = try CatalogStore(path: tree.folder.path("undisturbed.sqlite"))
    try tree.scan(into: undisturbed) { $0.workers = nil }
    let content = try undisturbed.wholeContent()
    let isWhole = ProcessInfo.processInfo.environment["OVA_STORES"] == "all"
    var number = 1
    while true {
      let path = tree.folder.path("\(number).sqlite")
      let store = try CatalogStore(path: path)
      let fault = Fault(at: number, .lastingFailure)
      let result = Result {
        try tree.scan(into: store) {
          $0.workers = nil
          $0.willStore = fault.store
        }
      }
      guard fault.hasStruck else { break }
      #expect(throws: Failed.self, "store \(number)") { try result.get() }
      try store.verify()
      #expect(try !tree.scan(into: store) { $0.workers = nil }.isPartial)
      #expect(try store.wholeContent() == content, "store \(number)")
      try store.close()
      try FileManager.default.removeItem(atPath: path)
      number += isWhole || number < 2 ? 1 : number * 2
    }
    #expect(number > 5)
  }
}
