import Foundation
import Hummingbird
import OVACatalog
import OVATestSupport
import Testing

/// Tests of the verdicts of targets on an image, in the API and on the pages.
@Suite struct TargetTests {
  private static let verdicts = [
    VerdictRow(
      target: "proxmox", verdict: "loss",
      reasons: [
        VerdictRow.Reason(
          condition: "px-memory-unit", effect: "loss",
          places: [
            .init(
              file: "web.ovf", line: 61, found: "4 × <b>byte</b> * 2^30", reads: "4 MiB of memory")
          ], count: 3),
        VerdictRow.Reason(condition: "px-manifest", effect: "note", places: [], count: 1),
        VerdictRow.Reason(condition: "px-of-tomorrow", effect: "unknown", places: [], count: 1),
      ]), VerdictRow(target: "vsphere-8.0u2", verdict: "nothing-known", reasons: []),
  ]

  @Test func `the verdicts are listed with the words of their conditions`() async throws {
    let fixture = try Fixture(records: [])
    try fixture.add([try package("web.ova") { $0.verdicts = Self.verdicts }])
    let reply = await fixture.send(.get, "/v2/image/1/targets")
    #expect(reply.status == 200)
    #expect(reply.meta["count"] as? Int == 2)
    #expect(reply.rows.map { $0["target"] as? String } == ["proxmox", "vsphere-8.0u2"])
    #expect(reply.rows.map { $0["verdict"] as? String } == ["loss", "nothing-known"])
    #expect(reply.rows[0]["title"] as? String == "Proxmox VE")
    let reasons = try #require(reply.rows[0]["reasons"] as? [[String: Any]])
    #expect(
      reasons.map { $0["condition"] as? String } == [
        "px-memory-unit", "px-manifest", "px-of-tomorrow",
      ])
    #expect(reasons.map { $0["severity"] as? String } == ["warning", "info", "info"])
    #expect(reasons[0]["count"] as? Int == 3)
    #expect(reasons[0]["outcome"] as? String == "The unit is ignored and MiB taken.")
    let place = try #require((reasons[0]["places"] as? [[String: Any]])?.first)
    #expect(place["file"] as? String == "web.ovf")
    #expect(place["line"] as? Int == 61)
    #expect(place["reads"] as? String == "4 MiB of memory")
    // A condition of a later version has its key for a title, and no fix.
    #expect(reasons[2]["title"] as? String == "px-of-tomorrow")
    #expect(reasons[2]["fix"] is NSNull)
    let links = reply.json["_links"] as? [String: String]
    #expect(links?["self"] == "\(Fixture.base)/v2/image/1/targets")
    #expect(links?["image"] == "\(Fixture.base)/v2/image/1")
  }

  @Test func `an image that was judged for none has an empty list`() async throws {
    let fixture = try Fixture(records: [])
    try fixture.add([try package("web.ova")])
    let reply = await fixture.send(.get, "/v2/image/1/targets")
    #expect(reply.status == 200)
    #expect(reply.rows.isEmpty)
  }

  @Test func `one's own images and those of others are told apart, as in the neighbors`()
    async throws
  {
    let fixture = try Fixture()
    #expect(await fixture.send(.get, "/v2/user/image/vm/2/targets").status == 200)
    #expect(await fixture.send(.get, "/v2/image/2/targets").status == 404)
    #expect(await fixture.send(.get, "/v2/user/image/vm/1/targets").status == 404)
    #expect(await fixture.send(.get, "/v2/image/1/targets", token: "").status == 401)
    #expect(await fixture.send(.get, "/v2/image/99/targets").status == 404)
    #expect(await fixture.send(.get, "/v2/image/x/targets").status == 404)
  }

  @Test func `the page of an image has each target with its reasons, safe to show`() async throws {
    let fixture = try Fixture(records: [])
    try fixture.add([try package("web.ova") { $0.verdicts = Self.verdicts }])
    let page = await fixture.page("/image/1").text
    #expect(page.contains("<h2>Targets</h2>"))
    #expect(page.contains("Proxmox VE <span class=\"badge warning\">imports with loss</span>"))
    #expect(
      page.contains(
        "VMware vSphere 8.0u2 <span class=\"badge unknown\">nothing known against it</span>"))
    #expect(page.contains("<code>px-memory-unit</code>"))
    #expect(page.contains("web.ovf, line 61: 4 × &lt;b&gt;byte&lt;/b&gt; * 2^30"))
    #expect(page.contains("; it reads 4 MiB of memory"))
    #expect(page.contains("and at 2 more places"))
    #expect(!page.contains("<b>byte"))
  }

  @Test func `the list has a badge of the worst, and none where nothing is known`() async throws {
    let fixture = try Fixture(records: [])
    func verdict(_ target: String, _ word: String) -> VerdictRow {
      VerdictRow(target: target, verdict: word, reasons: [])
    }
    try fixture.add([
      try package("a.ova") { $0.verdicts = [verdict("aws", "fails"), verdict("oci", "fails")] },
      try package("b.ova") { $0.verdicts = [verdict("aws", "loss"), verdict("oci", "unknown")] },
      try package("c.ova") { $0.verdicts = [verdict("aws", "nothing-known")] },
    ])
    let page = await fixture.page("/").text
    #expect(page.contains("<span class=\"badge error\">fails for 2 targets</span>"))
    #expect(page.contains("<span class=\"badge warning\">loss for 1 target</span>"))
    #expect(page.matches(of: #/ for \d+ targets?</#).count == 2)
    #expect(!(await fixture.page("/image/3").text.contains("fails")))
  }

  @Test func `without targets the pages have no word of them`() async throws {
    let fixture = try Fixture(records: [])
    try fixture.add([try package("web.ova")])
    let main = await fixture.page("/image/1").text.components(separatedBy: "<main").last ?? ""
    #expect(main.contains("web.ova"))
    #expect(!main.contains("Targets"))
  }
}
