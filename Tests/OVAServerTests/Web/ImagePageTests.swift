import Foundation
import Hummingbird
import OVACatalog
import OVATestSupport
import Testing

/// The list and the page of an image: what is found, in which order, and the way back.
@Suite struct ImagePageTests {
  private func names(_ page: String) -> [String] {
    page.matches(of: /<td class="name"><a href="[^"]*"[^>]*>([^<]*)</).map { String($0.output.1) }
  }

  @Test(arguments: [
    ("acme", ["a.ova", "b.ova"]), ("shop acme", ["a.ova"]), ("debian", ["a.ova"]),
    ("special b", ["b.ova"]), ("100%", ["b.ova"]), ("%", ["b.ova"]), ("c_d", ["c_d.ova"]),
    ("_", ["c_d.ova"]), ("a;b", []),
  ])
  func theSearchFindsAllWordsInAnyOrder(text: String, expected: [String]) async throws {
    let fixture = try Fixture(records: [])
    try fixture.add([
      try package("a.ova") {
        $0.facts?.product = "Shop"
        $0.facts?.vendor = "Acme"
        $0.facts?.guestSystem = "Debian"
      },
      try package("b.ova", folder: "Special") {
        $0.facts?.product = "100% sure"
        $0.facts?.vendor = "ACME"
      }, try package("c_d.ova"),
    ])
    let page = await fixture.page("/?q=\(URLText.encoded(text))").text
    #expect(names(page) == expected)
    #expect(page.contains(expected.isEmpty ? "Nothing matches." : "found</p>"))
    #expect(page.contains(#"<a href="/">Clear the search</a>"#))
  }

  @Test func theWayBackKeepsSearchOrderAndPage() async throws {
    let fixture = try Fixture(records: [])
    try fixture.add((0..<60).map { try package("web-\($0).ova") })
    let list = "/?q=web+ova&sort=name%2Cdesc&page=2"
    let page = await fixture.page(list).text
    let link = try #require(page.firstMatch(of: /href="(\/image\/[^"]*)"/)).output.1
      .replacing("&amp;", with: "&")
    let image = await fixture.page(String(link)).text
    let back = try #require(image.firstMatch(of: /<a href="([^"]*)">← All images/)).output.1
      .replacing("&amp;", with: "&")
    #expect(back == list)
    // Without a list the way back leads to all.
    #expect(await fixture.page("/image/1").text.contains(#"<a href="/">← All images</a>"#))
    #expect(
      await fixture.page("/image/1?sort=nonsense&page=-4&of=x").text
        .contains(#"<a href="/">← All images</a>"#))
  }

  @Test func theWayBackFromOnesOwnImageIsTheOwnList() async throws {
    let page = await (try Fixture()).page("/image/2").text
    #expect(page.contains(#"<a href="/?of=me">← My images</a>"#))
  }

  @Test func longNamesAreWholeInATooltip() async throws {
    let fixture = try Fixture(records: [])
    let long = "a-name-that-is-so-long-that-it-is-cut.ova"
    try fixture.add([try package(long), try package("short.ova")])
    let page = await fixture.page("/").text
    #expect(page.contains(#"title="\#(long)">\#(long)</a>"#))
    #expect(!page.contains(#"title="short.ova""#))
  }

  private func faulty(_ severities: [String]) throws -> PackageRow {
    try package("a.ova") { row in
      row.disks = [DiskRow(name: "vmdisk1")]
      row.findings = severities.map {
        FindingRow(
          rule: "\($0)-rule", severity: $0, file: "a.ovf", line: 3, message: "\($0) text",
          fix: "run `ova fix a.ova` or `tar`")
      }
    }
  }

  @Test func findingsStandBeforeDisksWhenThereAreErrorsTheWorstFirst() async throws {
    let fixture = try Fixture(records: [])
    try fixture.add([try faulty(["info", "warning", "error"])])
    let page = await fixture.page("/image/1").text
    let findings = try #require(page.range(of: "<h2>Findings</h2>")).lowerBound
    #expect(findings < (try #require(page.range(of: "<h2>Disks</h2>")).lowerBound))
    #expect(findings < (try #require(page.range(of: "<h2>Package</h2>")).lowerBound))
    let places = try ["error-rule", "warning-rule", "info-rule"].map {
      try #require(page.range(of: "<code>\($0)</code>")).lowerBound
    }
    #expect(places == places.sorted())
    #expect(
      page.contains(
        #"<p class="fix">run <code>ova fix a.ova</code> or <code>tar</code></p>"#))
    #expect(page.contains("a.ovf, line 3"))
  }

  @Test func withoutErrorsTheyStandAtTheEnd() async throws {
    let fixture = try Fixture(records: [])
    try fixture.add([try faulty(["warning"])])
    let page = await fixture.page("/image/1").text
    #expect(
      try #require(page.range(of: "<h2>Disks</h2>")).lowerBound
        < (try #require(page.range(of: "<h2>Findings</h2>")).lowerBound))
    #expect(page.matches(of: /<h2>Findings/).count == 1)
  }

  @Test func theWorstStateIsToldFirst() async throws {
    let fixture = try Fixture(records: [])
    func row(_ name: String, _ state: PackageRow.State, _ severities: [String]) throws -> PackageRow
    {
      var row = try faulty(severities)
      row.record = try package(name).record
      row.state = state
      return row
    }
    try fixture.add([
      try row("1.ova", .unreadable, ["error"]), try row("2.ova", .waiting, ["warning", "error"]),
      try row("3.ova", .changing, ["warning"]), try row("4.ova", .whole, []),
      try package("5.ova") { $0.facts = nil },
    ])
    let page = await fixture.page("/").text
    let verdicts = page.matches(of: /<td class="verdict">(.*?)<\/td>/).map { match in
      match.output.1.matches(of: /badge (\w+)">([^<]*)</).map { "\($0.output.1):\($0.output.2)" }
    }
    #expect(
      verdicts == [
        ["error:unreadable", "error:1 error"],
        ["error:1 error", "warning:incomplete", "warning:1 warning"],
        ["warning:1 warning", "info:still changing"], ["good:good"], ["unknown:not checked"],
      ])
  }

  @Test func eachMachineOfSeveralHasItsOwnHardware() async throws {
    let fixture = try Fixture(records: [])
    let document = #"""
      {"virtual_systems": [
        {"id": "front", "name": "Shop front", "operating_system": {"description": "Debian"},
         "hardware": {"vcpus": 2, "memory_bytes": 2147483648, "families": ["vmx-13"],
          "firmware": "efi", "nics": [{"networks": ["Front"]}, {"networks": ["Back"]}],
          "disks": [{"slot": "SCSI 0:0", "backing": {"file": "a.vmdk", "capacity_bytes": 1024}}]}},
        {"id": "stock", "name": null, "operating_system": null,
         "hardware": {"vcpus": {"fault": "not a number"}, "memory_bytes": 4294967296,
          "families": [], "disks": [], "nics": []}},
        {"id": "bare", "hardware": null}]}
      """#
    try fixture.add([
      try package("set.ova") {
        $0.facts?.systems = 3
        $0.facts?.document = document
      },
      try package("one.ova") {
        $0.facts?.networkAdapters = 1
        $0.facts?.document =
          #"{"virtual_systems": [{"hardware": {"nics": [{"networks": ["LAN"]}]}}]}"#
      }, try package("broken.ova") { $0.facts?.document = #"{"virtual_systems": 7}"# },
    ])
    let page = await fixture.page("/image/1").text
    let cards = page.matches(of: /<h3>([^<]*)<\/h3>\n<dl>(.*?)<\/dl>/).map { match in
      ["\(match.output.1)"]
        + match.output.2.matches(of: /<dt>([^<]*)<\/dt><dd>([^<]*)</)
        .map { "\($0.output.1): \($0.output.2)" }
    }
    #expect(
      cards == [
        [
          "Shop front", "Id: front", "Guest system: Debian", "CPUs: 2", "Memory: 2 GiB",
          "Network adapters: 2 (Front, Back)", "Hardware version: vmx-13", "Firmware: efi",
          "Disk 1: SCSI 0:0 · 1 KiB · a.vmdk",
        ], ["stock", "Memory: 4 GiB", "Network adapters: 0"], ["bare"],
      ])
    #expect(page.contains("<h2>Hardware of all machines</h2>"))
    let one = await fixture.page("/image/2").text
    #expect(!one.contains("<h2>Machines</h2>") && one.contains("<dd>1 (LAN)</dd>"))
    #expect(await fixture.page("/image/3").status == 200)
  }

  @Test func anUnreadableImageSaysWhyAndThatNothingWasChecked() async throws {
    let fixture = try Fixture(records: [])
    try fixture.add([
      try package("a.ova") {
        $0.facts = nil
        $0.state = .unreadable
        $0.stateDetail = "not an archive"
      }
    ])
    let page = await fixture.page("/image/1").text
    #expect(page.contains(#"<p role="alert" class="note error">not an archive</p>"#))
    #expect(page.contains("Not checked: it cannot be read."))
  }
}
