import Foundation
import OVACatalog
import OVAIndexer
import OVATestSupport
import Synchronization
import Testing

/// A scan that its user stops: soon, wherever it is, and without saying anything that is not so.
struct StoppedScanTests {
  private let tree: Tree

  init() throws { tree = try Tree() }

  /// Asks to stop from the given question on, and counts the questions.
  private final class Stop: Sendable {
    private let after: Int
    private let asked = Mutex(0)

    init(after: Int) { self.after = after }

    var questions: Int { asked.withLock { $0 } }

    func isAsked() -> Bool {
      asked.withLock { asked in
        asked += 1
        return asked > after
      }
    }
  }

  /// An archive whose disk is so large that reading it takes seconds.
  private func addHugeArchive(_ name: String, machine: String = "huge") throws {
    var archive = TarBuilder()
    for (file, bytes) in try Sample.files(machine: machine) where file.hasSuffix(".ovf") {
      archive.file(file, bytes)
    }
    try tree.folder.write(
      archive, ending: TarBuilder.Header("web-disk1.vmdk", size: 7 << 30), to: "tree/\(name)")
  }

  private func hasDigests(_ name: String) throws -> Bool {
    try #require(try tree.package(name)).files.contains { !$0.digests.isEmpty }
  }

  @Test func itDoesNotWaitForTheEndOfALargeFile() throws {
    try tree.addArchive("a.ova")
    try addHugeArchive("huge.ova")
    let stop = Stop(after: 100)
    let summary = try tree.scan {
      $0.workers = 1
      $0.isCancelled = stop.isAsked
    }
    #expect(summary.isPartial)
    #expect(stop.questions < 120)
    #expect(summary.added == ["[ds] a.ova", "[ds] huge.ova"])
    #expect(try hasDigests("a.ova"))
    #expect(try !hasDigests("huge.ova"))
    try tree.addArchive("huge.ova", machine: "no longer")
    let next = try tree.scan()
    #expect(!next.isPartial && next.changed == ["[ds] huge.ova"])
  }

  @Test func whatWasWrittenAnewAndNotReadToItsEndIsStillAsItWas() throws {
    try tree.addArchive("a.ova")
    try tree.scan()
    let before = try tree.package("a.ova")
    try run("touch", ["-d", "2021-01-01", tree.path("a.ova")])
    // The folder, the package, then the first piece of its bytes.
    let stop = Stop(after: 2)
    let stopped = try tree.scan { $0.isCancelled = stop.isAsked }
    #expect(stopped.isPartial && stopped.counts.read == 0 && stopped.changed.isEmpty)
    #expect(try tree.package("a.ova") == before)
    let next = try tree.scan()
    #expect(!next.isPartial && next.counts.read == 1 && next.changed.isEmpty)
  }

  @Test func itDoesNotWaitForTheEndOfALargeFolder() throws {
    for number in 0..<100 { try tree.addArchive("\(number).ova") }
    for number in 100..<106 { try tree.addFolder("\(number)") }
    let stop = Stop(after: 20)
    let stopped = try tree.scan { $0.isCancelled = stop.isAsked }
    #expect(stopped.isPartial)
    #expect(stopped.counts.read > 0 && stopped.counts.read < 20)
    // Files of packages that were not reached are nobody's as yet, and so not called that.
    #expect(try tree.unownedFiles().isEmpty)
    let next = try tree.scan()
    #expect(!next.isPartial && next.counts.read == 106 - stopped.counts.read)
    let fresh = try CatalogStore(path: tree.folder.path("fresh.sqlite"))
    try tree.scan(into: fresh)
    #expect(try tree.store.wholeContent() == fresh.wholeContent())
  }
}
