import Foundation
import OVACommands
import OVATestSupport
import Testing

/// Tests of `ova catalog diff`: a command line in, its whole result out.
@MainActor @Suite struct CatalogDiffTests {
  private let fixture: CommandFixture
  private let database: String
  private let root: String

  init() throws {
    fixture = try CommandFixture()
    database = fixture.path("c.sqlite")
    root = try fixture.makeFolder("root")
  }

  private func scan() async -> CommandResult {
    await fixture.run("scan", "--no-sandbox", "--db", database, "--data-store", "ds", root)
  }

  private func diff(_ arguments: String...) async -> CommandResult {
    await OVACommand.result(of: ["catalog", "diff", "--db", database] + arguments)
  }

  /// Sets the times of files, so that none was written moments ago.
  private func settle(_ seconds: Double, _ names: String...) throws {
    for name in names {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: "\(root)/\(name)")
    }
  }

  /// Two scans: a package is added, and is damaged.
  private func scanTwice() async throws {
    _ = await fixture.run("unpack", try fixture.sample("good/web.ova"), "--directory", root)
    try settle(1_500_000_000, "web/web.ovf", "web/web.mf", "web/web-disk1.vmdk")
    #expect(await scan().status == .success)
    let text = try String(contentsOfFile: descriptor, encoding: .utf8)
    try (text + "<!-- changed -->\n").write(
      toFile: descriptor, atomically: false, encoding: .utf8)
    try settle(1_500_000_100, "web/web.ovf")
    #expect(await scan().status == .success)
  }

  private var descriptor: String { "\(root)/web/web.ovf" }

  private static let message = "the SHA256 of 'web.ovf' is not the one in the manifest"

  @Test func `diff tells what the last scan changed, or what scans between two did`() async throws {
    try await scanTwice()
    let damage =
      "changed  [ds] web/web.ovf\n"
      + "new error  [ds] web/web.ovf  \(Self.message) [manifest-digest-mismatch]\n1 change\n"
    #expect(await diff() == .success(damage))
    #expect(await diff("1", "2") == .success(damage))
    #expect(await diff("0", "1") == .success("added  [ds] web/web.ovf\n1 change\n"))
    #expect(await diff("2") == .success("0 changes\n"))
    // A repository with nothing in it would look as if it were not mounted.
    try FileManager.default.removeItem(atPath: descriptor)
    let other = try fixture.sample("good/sizes.ova")
    try FileManager.default.moveItem(atPath: other, toPath: "\(root)/sizes.ova")
    try settle(1_500_000_000, "sizes.ova")
    #expect(await scan().status == .success)
    #expect(await diff() == .success("added  [ds] sizes.ova\ngone  [ds] web/web.ovf\n2 changes\n"))
  }

  @Test func `diff writes changes and findings for programs`() async throws {
    try await scanTwice()
    let line =
      #"{"change":"changed","id":1,"path":"[ds] web/web.ovf","before":null,"scan":2}"# + "\n"
    #expect(await diff("--format", "ndjson") == .success(line))
    #expect(
      await diff("--format", "ndjson", "0", "2")
        == .success(line.replacing("changed", with: "added")))
    #expect(
      await diff("--format", "json", "1", "2")
        == .success(
          """
          {
            "schema": "ovakit/catalog-diff/1.0",
            "after": 1,
            "up_to": 2,
            "changes": [
              {
                "change": "changed",
                "id": 1,
                "path": "[ds] web/web.ovf",
                "before": null,
                "scan": 2
              }
            ],
            "findings": [
              {
                "change": "new",
                "id": 1,
                "path": "[ds] web/web.ovf",
                "severity": "error",
                "rule": "manifest-digest-mismatch",
                "file": "web.mf",
                "message": "\(Self.message)"
              }
            ]
          }

          """))
  }

  @Test func `a scan that there is not is wrong use`() async throws {
    _ = await scan()
    #expect(
      await diff("3")
        == CommandResult(
          .wrongUse,
          errorText: "ova: \(database): there is no scan 3: the last one is 1\n"))
    #expect(
      await diff("1", "2", "3")
        == CommandResult(
          .wrongUse,
          errorText: """
            Error: Name two scans at most.
            Usage: ova catalog diff [<options>] [<scan> ...] --db <file>
              See 'ova catalog diff --help' for more information.

            """))
  }

  @Test func `a catalog that is not there, or into which nothing was scanned, has no scans`()
    async throws
  {
    #expect(
      await diff()
        == CommandResult(
          .unreadable,
          errorText: """
            ova: \(database): cannot open the catalog: no such file
              fix: run a scan or an import first

            """))
    let records = try fixture.folder.write("", to: "records.ndjson")
    _ = await fixture.run("catalog", "import", "--db", database, records)
    #expect(await diff() == .success("0 changes\n"))
    #expect(
      await diff("1")
        == CommandResult(
          .wrongUse,
          errorText: "ova: \(database): there is no scan 1: nothing has been scanned into it\n"))
  }
}
