import Foundation
import OVACatalog
import OVAIndexer
import OVAReport
import OVATestSupport
import OVATime
import Testing

/// An audit over several files.
struct AuditPagesTests {
  /// All pages by the names of their files.
  private func pages(_ tree: Tree, home: String, perPage: Int) throws -> [String: String] {
    var extent = AuditReading.Extent()
    extent.packages = perPage
    extent.places = 3
    var pages: [String: String] = [:]
    let report = try RepositoryAudit(store: tree.store).report(
      times: try APITime(zoneNamed: "UTC"), extent: extent, home: home
    ) { part, page in
      pages[try #require(part.paging).file(of: page)] = try AuditPage(part).html(page: page)
    }
    pages[home] = try AuditPage(report).html()
    return pages
  }

  private func ids(_ page: String) -> [String] {
    page.matches(of: #/<details id="p(\d+)"/#).map { String($0.output.1) }
  }

  @Test(arguments: ["audit.html", "au#dit %41?.v2.html", "audit", ".hidden", "a'\"<b>.html"])
  func everyPackageIsOnOnePageAndEveryLinkLeadsSomewhere(home: String) throws {
    let tree = try Tree()
    for number in 0..<10 { try tree.addArchive("\(number).ova", machine: "m\(number)") }
    for number in 0..<5 {
      try tree.addFolder("f\(number)")
      try tree.write(
        Array(try tree.folder.read("tree/f\(number)/web-disk1.vmdk").dropLast(512 * (number + 1))),
        to: "f\(number)/web-disk1.vmdk")
    }
    try tree.scan()
    let pages = try pages(tree, home: home, perPage: 4)
    #expect(pages.count == 4)
    let listed = pages.values.flatMap(ids)
    #expect(listed.count == 15 && Set(listed).count == 15)
    // Those that need somebody come first.
    #expect(ids(try #require(pages[home])).count == 4)
    for (file, page) in pages {
      for match in page.matches(of: #/href="([^"]*)"/#) {
        let link = String(match.output.1)
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts[0].isEmpty ? file : try #require(parts[0].removingPercentEncoding)
        let target = try #require(pages[name], "\(link)")
        if parts.count > 1 { #expect(target.contains(" id=\"\(parts[1])\""), "\(link)") }
      }
    }
    // A rule names the first of its packages, on whatever page they are.
    let front = try #require(pages[home])
    #expect(front.contains("and 2 more packages"))
    #expect(front.contains("Page 1 of 4: packages 1 to 4"))
    #expect(!front.contains("are in the numbers above and not in this list"))
  }

  @Test func aLibraryOfOnePageHasNoFurtherOnes() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.scan()
    let pages = try pages(tree, home: "audit.html", perPage: 4)
    #expect(pages.keys.sorted() == ["audit.html"])
    #expect(pages["audit.html"]?.contains("class=\"pager\"") == false)
  }

  @Test func anEmptyCatalogHasAPageToo() throws {
    let pages = try pages(try Tree(), home: "audit.html", perPage: 4)
    #expect(pages.count == 1)
  }

  @Test func packagesThatNoPageListsAreNamedWithoutALink() throws {
    let tree = try Tree()
    for number in 0..<3 {
      try tree.addFolder("f\(number)")
      try tree.write(
        Array(try tree.folder.read("tree/f\(number)/web-disk1.vmdk").dropLast(512)),
        to: "f\(number)/web-disk1.vmdk")
    }
    try tree.scan()
    var extent = AuditReading.Extent()
    extent.packages = 1
    let page = try AuditPage(
      RepositoryAudit(store: tree.store).report(
        times: try APITime(zoneNamed: "UTC"), extent: extent)
    ).html()
    let list = try #require(page.firstMatch(of: /<ul class="plain places">(.*?)<\/ul>/)).output.1
    #expect(list.matches(of: /<a href="#p\d+">/).count == 1)
    #expect(list.matches(of: /<li>/).count == 3)
    #expect(page.contains("--all-packages"))
  }
}
