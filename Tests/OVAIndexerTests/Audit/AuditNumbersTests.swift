import Foundation
import OVABasics
import OVACatalog
import OVAIndexer
import OVAReport
import OVATestSupport
import OVATime
import Testing

/// The audit's numbers: what changed, how it went, and shares that are shares.
struct AuditNumbersTests {
  private func report(_ tree: Tree, since: Int64? = nil) throws -> AuditReport {
    try RepositoryAudit(store: tree.store).report(
      times: try APITime(zoneNamed: "UTC"), since: since)
  }

  private func document(_ tree: Tree) throws -> [String: Any] {
    let bytes = AuditJSON(try report(tree)).document().bytes()
    return try #require(
      JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  private func section(_ id: String, of page: String) throws -> String {
    let start = try #require(page.range(of: "<section id=\"\(id)\""))
    let rest = page[start.upperBound...]
    let end = try #require(rest.range(of: "</section>"))
    return String(rest[..<end.lowerBound])
  }

  @Test func whatCannotBeReadIsNoChange() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.write([1, 2, 3], to: "bad.ova")
    try tree.scan()
    try tree.scan()
    try tree.store.write {
      try $0.noteError(scan: 2, path: "[ds] bad.ova", reason: "permission denied")
    }
    let page = try AuditPage(report(tree)).html()
    let changes = try section("changes", of: page)
    #expect(changes.contains("Nothing:") && !changes.contains("bad.ova"))
    #expect(try section("findings", of: page).contains("could not be read"))
    let document = try document(tree)
    #expect((document["changes"] as? [Any])?.isEmpty == true)
    let unread = try #require(document["unread"] as? [String: Any])
    #expect(unread["count"] as? Int == 1)
    let items = try #require(unread["items"] as? [[String: Any]])
    #expect(items.map { $0["path"] as? String } == ["[ds] bad.ova"])
  }

  /// Trees are changed at random; whatever a scan says on the command line the audit says too.
  @Test(arguments: 0..<4)
  func numbersAreThoseOfTheCommandLine(seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed))
    let tree = try Tree()
    for number in 0..<8 {
      try tree.addArchive("\(number % 3)/\(number).ova", machine: "m\(number)")
    }
    try tree.write([1, 2, 3], to: "bad.ova")
    try tree.scan()
    for round in 0..<3 {
      let names = try FileManager.default.subpathsOfDirectory(atPath: tree.root)
        .filter { $0.hasSuffix(".ova") && $0 != "bad.ova" }.sorted().shuffled(using: &random)
      if names.count > 3 {
        try tree.remove(names[0])
        try tree.move(names[1], to: "moved/\(round)-\(seed).ova")
        try tree.addArchive(names[2], machine: "other\(round)")
      }
      for number in 0..<Int.random(in: 0...2, using: &random) {
        try tree.addArchive("new/\(round)-\(number).ova", machine: "n\(round)\(number)")
      }
      if Bool.random(using: &random) { try tree.write([9], to: "left\(round).ova.part") }
      let counts = try tree.scan().counts
      let document = try document(tree)
      var told: [String: Int] = [:]
      for change in document["changes"] as? [[String: Any]] ?? [] {
        told[change["kind"] as? String ?? ""] = change["count"] as? Int
      }
      for (kind, count) in [
        ("added", counts.added), ("changed", counts.changed), ("returned", counts.returned),
        ("renamed", counts.renamed), ("gone", counts.gone),
      ] { #expect(told[kind] ?? 0 == count, "\(kind)") }
      let numbers = try #require(document["numbers"] as? [String: Int])
      #expect(numbers["packages"] == counts.packages)
      #expect(
        (document["coverage"] as? [String])?.last?.contains("\(counts.packages) packages looked at")
          == true)
      let list = try tree.store.read { try $0.total(of: ImageQuery(scope: .all)) }
      #expect(numbers["packages"] == list)
      let findings = try RepositoryAudit(store: tree.store).findings()
      #expect(numbers["reclaimable_bytes"] == findings.reduce(0) { $0 + Int($1.reclaimable) })
      #expect(
        numbers["packages"]
          == ["with_errors", "with_warnings", "sound", "unreadable", "unsettled"]
          .reduce(0) { $0 + (numbers[$1] ?? 0) })
      // The trend ends where the numbers are.
      let last = try #require((document["trend"] as? [[String: Any]])?.last)
      for name in ["packages", "bytes", "errors", "warnings"] {
        #expect(last[name] as? Int == numbers[name], "\(name)")
      }
    }
  }

  @Test func barsHaveOneScaleAndTellTheirShare() throws {
    let tree = try Tree()
    for number in 0..<7 { try tree.addArchive("\(number).ova", machine: "m\(number)") }
    try tree.addFolder("f")
    try tree.write(
      Array(try tree.folder.read("tree/f/web-disk1.vmdk").dropLast(512)), to: "f/web-disk1.vmdk")
    try tree.scan()
    let page = try AuditPage(report(tree)).html()
    let figures = try section("inventory", of: page).components(separatedBy: "<figure>").dropFirst()
    #expect(figures.count == 5)
    for figure in figures {
      let whole = try #require(
        figure.firstMatch(of: /of (\d+) (packages|disks)/).flatMap { Int($0.1) })
      #expect(whole == 8)
      let bars = figure.matches(
        of:
          /text-anchor="end">(\d+) · ([^<]*)<\/text><rect class="track"[^>]*width="100%"[^>]*\/>(?:<rect class="\w+" x="0" y="\d+" width="([\d.]+)%")?/
      )
      #expect(bars.reduce(0) { $0 + (Int($1.1) ?? 0) } == whole)
      for bar in bars {
        let count = try #require(Int(bar.1))
        let share = Double(count) * 100 / Double(whole)
        #expect(bar.2 == (count == 0 ? "0 %" : "\(Int(share.rounded())) %"))
        let width = bar.3.flatMap { Double($0) } ?? 0
        #expect(abs(width - share) <= 0.05, "\(figure.prefix(60))")
      }
    }
    // A rule's bar is its share of all packages.
    let rule = try #require(
      page.firstMatch(
        of:
          /data-v="(\d+)">\d+ <span class="dim">· ([^<]*)<\/span><svg.*?width="([\d.]+)%" height="4"\/><\/svg>/
      ))
    #expect(rule.1 == "1" && rule.2 == "13 %" && rule.3 == "12.5")
  }

  @Test func theTrendIsDrawnOnceThereAreTwoScans() throws {
    let tree = try Tree()
    try tree.addArchive("a.ova")
    try tree.scan()
    #expect(!(try AuditPage(report(tree)).html().contains("id=\"trend\"")))
    try tree.addArchive("b.ova", machine: "b")
    try tree.scan()
    for _ in 0..<3 { try tree.scan() }
    try tree.write([1, 2, 3], to: "bad.ova")
    try tree.scan()
    let trend = try section("trend", of: try AuditPage(report(tree)).html())
    #expect(trend.contains("Packages, the oldest scan first: 1, 2, 3</title>"))
    #expect(trend.contains("Errors, the oldest scan first: 0, 0, 1</title>"))
    #expect(trend.matches(of: /<figure>/).count == 4)
    #expect(trend.matches(of: /<circle\b/).count == 12)
    // Scans that changed nothing are left out of the table too.
    let rows = trend.matches(of: #/<tr><td class="n">(\d+)</td>/#).map { String($0.output.1) }
    #expect(rows == ["6", "2", "1"])
    for match in trend.matches(of: #/c[xy]="([\d.]+)%?"/#) {
      #expect((0...100).contains(try #require(Double(match.output.1))))
    }
  }
}
