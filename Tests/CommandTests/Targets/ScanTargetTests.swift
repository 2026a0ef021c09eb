import Foundation
import OVATestSupport
import Testing

/// `ova scan --target`, and what the catalog tells of its verdicts.
@Suite struct ScanTargetTests {
  private let folder: TemporaryFolder
  private var tree: String { folder.path("tree") }
  private var database: String { folder.path("catalog.sqlite") }

  init() throws {
    folder = try TemporaryFolder()
    for (name, sample) in [
      ("a.ova", "good/web.ova"), ("b/shop.ova", "good/shop.ova"),
      ("c.ova", "broken/wrong-digest.ova"),
    ] {
      let bytes = try Data(contentsOf: URL(filePath: OVATool.sample(sample)))
      let path = try folder.write(Array(bytes), to: "tree/\(name)")
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_500_000_000)], ofItemAtPath: path)
    }
    try folder.write("no archive", to: "tree/d.ova")
  }

  @discardableResult
  private func scan(_ options: String...) throws -> ToolResult {
    let result = try run(
      OVATool.path,
      ["scan", tree, "--data-store", "ds", "--db", database, "--settle", "0"] + options)
    #expect(result.status == 0, "\(result.errorText)")
    return result
  }

  private func ask(_ sql: String) throws -> [String] {
    let result = try run("sqlite3", ["-batch", database, sql])
    #expect(result.status == 0, "\(result.errorText)")
    return result.text.split(separator: "\n").map(String.init)
  }

  private static let all =
    "SELECT path, target, verdict FROM v_verdicts ORDER BY path, target"

  @Test func `a scan stores the verdict of each target, and what broken packages have not`() throws
  {
    try scan("--target", "vsphere-8.0u2", "--target", "proxmox")
    #expect(
      try ask(Self.all) == [
        "[ds] a.ova|proxmox|nothing-known", "[ds] a.ova|vsphere-8.0u2|nothing-known",
        "[ds] b/shop.ova|proxmox|loss", "[ds] b/shop.ova|vsphere-8.0u2|nothing-known",
        "[ds] c.ova|proxmox|unknown", "[ds] c.ova|vsphere-8.0u2|fails",
      ])
    #expect(
      try ask(
        """
        SELECT condition, effect, file, line FROM v_verdict_reasons
        WHERE path = '[ds] c.ova' AND effect = 'fails'
        """) == ["vs-digest|fails|c.ova/web.mf|2"])
  }

  @Test func `confined processes judge as this one does`() throws {
    try scan("--target", "all")
    let confined = try ask("SELECT * FROM verdicts ORDER BY image, target")
    try FileManager.default.removeItem(atPath: database)
    try scan("--target", "all", "--no-sandbox")
    #expect(try ask("SELECT * FROM verdicts ORDER BY image, target") == confined)
    #expect(confined.count > 60)
  }

  @Test func `a later scan keeps the targets, judges for others when asked, and none with none`()
    throws
  {
    try scan("--target", "virtualbox")
    let first = try ask(Self.all)
    #expect(first.count == 3)
    try scan()
    #expect(try ask(Self.all) == first)
    try scan("--target", "proxmox")
    #expect(try ask("SELECT DISTINCT target FROM v_verdicts") == ["proxmox"])
    #expect(try ask(Self.all).count == 3)
    try scan("--target", "none")
    #expect(try ask(Self.all) == [])
    #expect(try ask("SELECT count(*) FROM targets") == ["0"])
    try scan()
    #expect(try ask(Self.all) == [])
  }

  @Test(arguments: [["--target", "vspere"], ["--target", "none", "--target", "proxmox"]])
  func `a wrong target is refused before anything is scanned`(options: [String]) throws {
    let result = try run(
      OVATool.path, ["scan", tree, "--data-store", "ds", "--db", database] + options)
    #expect(result.status == 2)
    #expect(result.errorText.contains("--target"))
    #expect(!FileManager.default.fileExists(atPath: database))
  }

  @Test func `a package that is gone or broken later has no verdict in the views`() throws {
    try scan("--target", "proxmox")
    try FileManager.default.removeItem(atPath: "\(tree)/a.ova")
    try folder.write("no archive any more", to: "tree/c.ova")
    try scan()
    #expect(try ask(Self.all) == ["[ds] b/shop.ova|proxmox|loss"])
  }

  @Test func `the report says how many packages each target takes`() throws {
    try scan("--target", "vsphere-8.0u2", "--target", "proxmox")
    let text = try run(OVATool.path, ["report", "--db", database, "--format", "text"]).text
    #expect(
      text.hasSuffix(
        """
        targets
          vsphere-8.0u2  1 fails, 2 nothing known against it, 1 not judged
          proxmox        1 imports with loss, 1 unknown, 1 nothing known against it, 1 not judged

        """), "\(text)")
    let json = try run(OVATool.path, ["report", "--db", database, "--format", "json"]).object()
    let targets = try #require(json["targets"] as? [[String: Any]])
    #expect(targets.map { $0["target"] as? String } == ["vsphere-8.0u2", "proxmox"])
    let counts = ["fails", "loss", "unknown", "nothing_known", "unjudged"]
    #expect(
      targets.map { target in counts.map { target[$0] as? Int } } == [
        [1, 0, 0, 2, 1], [0, 1, 1, 1, 1],
      ])
    let reasons = try #require(targets[0]["reasons"] as? [[String: Any]])
    #expect(reasons.first?["condition"] as? String == "vs-digest")
    #expect(reasons.first?["packages"] as? Int == 1)
    let packages = try #require(json["packages"] as? [[String: Any]])
    let web = packages.first { $0["path"] as? String == "[ds] c.ova" }
    #expect(
      (web?["targets"] as? [[String: String]])?.map { $0["verdict"] } == [
        "fails", "unknown",
      ])
    let html = try run(OVATool.path, ["report", "--db", database]).text
    #expect(html.contains("<section id=\"targets\">"))
    #expect(html.contains("<code class=\"dim\">vs-digest</code>"))
    #expect(html.contains("vsphere-8.0u2: fails"))
  }

  @Test func `the configuration names targets, and the command line goes before it`() throws {
    try folder.write("scan:\n  target: [proxmox, virtualbox-6]\n", to: "ova.yaml")
    func scan(_ options: String...) throws {
      let result = try run(
        OVATool.path,
        ["scan", tree, "--data-store", "ds", "--db", database, "--settle", "0"] + options,
        in: folder.path)
      #expect(result.status == 0, "\(result.errorText)")
    }
    try scan()
    #expect(try ask("SELECT name FROM targets ORDER BY number") == ["proxmox", "virtualbox-6"])
    try scan("--target", "aws")
    #expect(try ask("SELECT name FROM targets") == ["aws"])
  }

  @Test func `without targets the report has no word of them`() throws {
    try scan()
    #expect(!(try run(OVATool.path, ["report", "--db", database]).text.contains("id=\"targets\"")))
    #expect(
      !(try run(OVATool.path, ["report", "--db", database, "--format", "text"]).text
        .contains("targets")))
  }
}
