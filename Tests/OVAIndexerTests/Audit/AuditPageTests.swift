import Foundation
import OVACatalog
import OVAIndexer
import OVAReport
import OVATestSupport
import OVATime
import Synchronization
import Testing

/// The audit as one page.
struct AuditPageTests {
  private func page(
    _ tree: Tree, since: Int64? = nil, _ change: (inout AuditReading.Extent) -> Void = { _ in }
  ) throws -> String {
    var extent = AuditReading.Extent()
    change(&extent)
    let report = try RepositoryAudit(store: tree.store).report(
      times: try APITime(zoneNamed: "UTC"), extent: extent, since: since)
    return try AuditPage(report).html()
  }

  /// The part of a page that a section is.
  private func section(_ id: String, of page: String) throws -> String {
    let start = try #require(page.range(of: "<section id=\"\(id)\""))
    let rest = page[start.upperBound...]
    let end = try #require(rest.range(of: "</section>"))
    return String(rest[..<end.lowerBound])
  }

  @Test func itNeedsNothingFromElsewhereAndItsPolicyNamesItsOwnScriptAndStyle() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.scan()
    let page = try page(tree)
    for word in ["http://", "https://", "@import", "url(", " src=", " onclick", " style="] {
      #expect(!page.contains(word), "\(word)")
    }
    for kind in ["script", "style"] {
      let parts = page.matches(of: try Regex("<\(kind)>([^<]*)</\(kind)>"))
      #expect(parts.count == 1)
      let text = try #require(parts.first?.output[1].substring)
      let digest = try run(
        "sh", ["-c", "openssl dgst -sha256 -binary | openssl base64 -A"], input: Array(text.utf8))
      #expect(page.contains("\(kind)-src 'sha256-\(digest.text)'"))
    }
  }

  @Test(arguments: [
    "<img src=x onerror=alert(2)>", "</script><u>", "a\"\u{338} onload='x'\u{338}", "{{title}}&lt;",
    "\u{202E}avo.", "<\u{301}u>",
  ])
  func whatPackagesSayIsTextAndNothingElse(text: String) throws {
    let tree = try Tree()
    let xml = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    try tree.addArchive("a.ova", product: xml)
    try tree.write([1], to: "\(text.replacing("/", with: "∕")).part")
    try tree.write([0], to: "\(text.replacing("/", with: "∕")).ova")
    try tree.scan()
    let page = try page(tree)
    #expect(page.matches(of: /<script/).count == 1)
    #expect(!page.contains("<img") && !page.contains("<u>") && !page.contains("\u{202E}"))
    // Quotes are escaped scalar by scalar, whatever stands behind them.
    let scalars = Array(page.unicodeScalars)
    for (index, scalar) in scalars.enumerated() where scalar == "\u{338}" || scalar == "\u{301}" {
      #expect(![#"""#, "'", "<"].contains(scalars[index - 1]))
    }
    #expect(!page.contains("<h1>a"))
  }

  @Test func whatChangedComesFirst() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.scan()
    let page = try page(tree)
    let places = try ["changes", "findings", "repository", "inventory", "packages"].map {
      try #require(page.range(of: "id=\"\($0)\"")).lowerBound
    }
    #expect(places == places.sorted())
    #expect(try section("changes", of: page).contains("all of them new"))
  }

  @Test func findingsThatCameAndWentAreChanges() throws {
    let tree = try Tree()
    for name in ["a", "b", "c"] { try tree.addFolder(name, machine: name) }
    try tree.scan()
    // One is spoilt, one goes, one comes.
    let sound = try tree.folder.read("tree/a/web-disk1.vmdk")
    try tree.write(Array(sound.dropLast(512)), to: "a/web-disk1.vmdk")
    try tree.remove("b")
    try tree.addFolder("d")
    try tree.scan()
    var changes = try section("changes", of: try page(tree))
    for word in ["new errors and warnings", "packages added", "packages gone", "packages changed"] {
      #expect(changes.contains(word), "\(word)")
    }
    #expect(changes.contains("disk-truncated") && changes.contains("since scan 1"))
    // It is fixed.
    try tree.write(sound, to: "a/web-disk1.vmdk")
    try tree.scan()
    changes = try section("changes", of: try page(tree))
    #expect(changes.contains("errors and warnings fixed"))
    #expect(!changes.contains("new errors"))
    // Seen from before it was spoilt nothing of it is told.
    changes = try section("changes", of: try page(tree, since: 1))
    #expect(!changes.contains("disk-truncated") && changes.contains("packages gone"))
    try tree.scan()
    #expect(try section("changes", of: try page(tree)).contains("Nothing:"))
  }

  @Test func thePackagesThatNeedSomebodyAreListedFirstAndTheRestIsCounted() throws {
    let tree = try Tree()
    for name in ["a.ova", "b.ova", "c.ova"] { try tree.addArchive(name) }
    try tree.write([1, 2, 3], to: "z.ova")
    try tree.addFolder("y")
    try tree.write([1], to: "y/web-disk1.vmdk")
    try tree.scan()
    let page = try page(tree) { $0.packages = 2 }
    let list = try section("packages", of: page)
    let names = list.matches(of: /<b>([^<]*)<\/b>/).map { String($0.output.1) }
    #expect(names == ["z.ova", "web.ovf"])
    #expect(list.contains("3 more are in the numbers above"))
    #expect(page.contains("2 of 5 packages need fixing"))
  }

  @Test func foldersAreSummedAtTheDepthAtWhichTheyAreFew() throws {
    let tree = try Tree()
    for name in ["a/x/1.ova", "a/y/2.ova", "a/z/3.ova", "b/x/4.ova"] { try tree.addArchive(name) }
    try tree.scan()
    let few = try section("findings", of: try page(tree) { $0.folders = 2 })
    #expect(few.contains("<code>[ds] a</code>") && !few.contains("<code>[ds] a/x</code>"))
    let many = try section("findings", of: try page(tree) { $0.folders = 4 })
    #expect(many.contains("<code>[ds] a/x</code>"))
    let none = try section("findings", of: try page(tree) { $0.folders = 1 })
    #expect(none.contains("1 more, which are no worse"))
  }

  @Test func theSameCatalogGivesTheSamePage() throws {
    let tree = try Tree()
    for name in ["a.ova", "b/c.ova"] { try tree.addArchive(name) }
    try tree.scan()
    let first = try page(tree)
    #expect(try page(tree) == first)
    let again = try RepositoryAudit(store: try CatalogStore(path: tree.database)).report(
      times: try APITime(zoneNamed: "UTC"))
    #expect(try AuditPage(again).html() == first)
  }

  @Test func aScanThatWasStoppedLosesNothingAndThePageSaysSo() throws {
    let tree = try Tree()
    for name in ["a/a.ova", "b/b.ova", "c/c.ova"] { try tree.addArchive(name) }
    try tree.scan()
    try tree.addArchive("b/new.ova")
    let asked = Mutex(0)
    let stopped = try tree.scan {
      $0.isCancelled = {
        asked.withLock { asked in
          asked += 1
          return asked > 1
        }
      }
    }
    #expect(stopped.isPartial && stopped.counts.gone == 0)
    #expect(try page(tree).contains("it was stopped before its end"))
    let next = try tree.scan()
    #expect(!next.isPartial && next.counts.added == 1 && next.counts.packages == 4)
    #expect(!(try page(tree).contains("it was stopped before its end")))
  }

  @Test func aBrokenPackageIsNeitherAStopNorUnread() throws {
    let tree = try Tree()
    try tree.write([1, 2, 3], to: "a.ova")
    #expect(try !tree.scan().isPartial)
    let page = try page(tree)
    #expect(page.contains("archive-not-tar"))
    #expect(!page.contains("it was stopped before its end"))
    #expect(!page.contains("something could not be read"))
  }

  @Test func aCatalogThatWasOnlyImportedHasAPageToo() throws {
    let tree = try Tree()
    try tree.store.write { writer in
      try writer.importRecords([
        Record(
          id: 7, name: "a.ova", dataStore: "ds", folder: nil, label: "a.ova", path: "[ds] a.ova",
          isPublic: true, createdOn: 1, updatedOn: 2)
      ])
    }
    let page = try page(tree)
    #expect(page.contains("nothing was scanned yet"))
    #expect(page.contains("a.ova"))
  }
}
