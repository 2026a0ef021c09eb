import Hummingbird
import OVACatalog
import Testing

/// The page on how many images each target takes.
@Suite struct TargetsPageTests {
  private func image(
    _ path: String, _ verdicts: [(target: String, verdict: String)]
  ) throws -> PackageRow {
    try package(path) {
      $0.verdicts = verdicts.map { VerdictRow(target: $0.target, verdict: $0.verdict, reasons: []) }
    }
  }

  /// The cells of each row of the page's table, without markup.
  private func rows(_ page: String) -> [[String]] {
    page.split(separator: "<tr>").dropFirst().compactMap { row in
      let cells = row.matches(of: /<t[hd][^>]*>(.*?)<\/t[hd]>/).map { cell in
        cell.output.1.replacing(/<[^>]*>/, with: "")
      }
      return cells.isEmpty ? nil : cells.map(String.init)
    }
  }

  @Test func `each target has its numbers of images`() async throws {
    let fixture = try Fixture()
    try fixture.add([
      try image("a.ova", [("vsphere-8.0u2", "nothing-known"), ("proxmox", "loss")]),
      try image("b.ova", [("vsphere-8.0u2", "fails"), ("proxmox", "loss")]),
      try image("c.ova", [("vsphere-8.0u2", "unknown")]),
    ])
    let reply = await fixture.page("/targets")
    #expect(reply.status == 200)
    let table = rows(reply.text)
    #expect(
      table.first == [
        "Target", "Fails", "Imports with loss", "Unknown", "Nothing known against it", "Not judged",
      ])
    let counts = Dictionary(
      table.dropFirst().map { ($0[0], Array($0[1...4])) }, uniquingKeysWith: { a, _ in a })
    #expect(
      counts == [
        "VMware vSphere 8.0u2 vsphere-8.0u2": ["1", "0", "1", "1"],
        "Proxmox VE proxmox": ["0", "2", "0", "0"],
      ])
  }

  @Test func `images of others are not counted`() async throws {
    let fixture = try Fixture()
    try fixture.add([try image("a.ova", [("proxmox", "fails")])])
    let mine = await fixture.page("/targets?of=me")
    #expect(rows(mine.text).dropFirst().allSatisfy { $0[1...4] == ["0", "0", "0", "0"] })
    #expect(!mine.text.contains("<td class=\"number\">1</td>"))
  }

  @Test func `without judged images it says how to judge them`() async throws {
    let reply = await (try Fixture()).page("/targets")
    #expect(reply.status == 200)
    #expect(reply.text.contains("<code>ova scan --target ID</code>"))
    #expect(!reply.text.contains("<table"))
  }

  @Test func `every page leads to it, and nobody sees it without signing in`() async throws {
    let fixture = try Fixture()
    #expect(await fixture.page("/").text.contains(#"<a href="/targets">Targets</a>"#))
    let reply = await fixture.page("/targets", signedIn: false)
    #expect(reply.status == 303)
    #expect(reply.headers[.location]?.hasPrefix("/sign-in") == true)
  }
}
