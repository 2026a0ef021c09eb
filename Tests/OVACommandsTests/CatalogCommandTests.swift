import Foundation
import OVACommands
import OVATestSupport
import Testing

/// The commands on a catalog: a command line in, its status and all that it says out.
@MainActor @Suite struct CatalogCommandTests {
  private let fixture: CommandFixture
  private let database: String

  init() throws {
    fixture = try CommandFixture()
    database = fixture.path("c.sqlite")
  }

  private static let records =
    [
      #"{"created_on":"2017-11-24 Fri 15:37:36 UTC","data_store":"ds","folder":"x/y","id":31,"#
        + #""label":"x/y/a.ova","name":"a.ova","path":"[ds] x/y/a.ova","public":true,"#
        + #""updated_on":"2017-11-24 Fri 15:37:36 UTC"}"#,
      #"{"created_on":"2017-11-24 Fri 15:37:36 UTC","data_store":"ds","folder":null,"id":7,"#
        + #""label":"b.ova","name":"b.ova","path":"[ds] b.ova","public":true,"#
        + #""updated_on":"2017-11-24 Fri 15:37:36 UTC"}"#,
    ].joined(separator: "\n") + "\n"

  private func importRecords() async throws -> CommandResult {
    let file = try fixture.folder.write(Self.records, to: "records.ndjson")
    return await fixture.run("catalog", "import", "--time-zone", "UTC", "--db", database, file)
  }

  @Test func `records that are imported are listed, shown and exported as they were`() async throws
  {
    #expect(try await importRecords() == .success("2 records imported\n"))
    #expect(
      await fixture.run("catalog", "list", "--time-zone", "UTC", "--db", database)
        == .success(
          """
          id  path            public  updated
          31  [ds] x/y/a.ova  yes     2017-11-24 Fri 15:37:36 UTC
          7   [ds] b.ova      yes     2017-11-24 Fri 15:37:36 UTC
          2 images

          """))
    #expect(
      await fixture.run("catalog", "show", "--time-zone", "UTC", "--db", database, "31")
        == .success(
          """
          [ds] x/y/a.ova
            id       31
            created  2017-11-24 Fri 15:37:36 UTC
            updated  2017-11-24 Fri 15:37:36 UTC
            state    whole

          """))
    #expect(
      await fixture.run(
        "catalog", "export", "--time-zone", "UTC", "--db", database, "--format", "ndjson")
        == .success(Self.records))
  }

  @Test func `a catalog comes back from its backup`() async throws {
    _ = try await importRecords()
    let backup = fixture.path("b.sqlite")
    let restored = fixture.path("d.sqlite")
    #expect(
      await fixture.run("catalog", "backup", "--db", database, backup)
        == .success("2 images backed up to \(backup)\n"))
    #expect(
      await fixture.run("catalog", "restore", "--db", restored, backup)
        == .success("2 images restored from \(backup)\n"))
    #expect(
      await fixture.run(
        "catalog", "export", "--time-zone", "UTC", "--db", restored, "--format", "ndjson")
        == .success(Self.records))
  }

  @Test func `scan tells what it added, and nothing the second time`() async throws {
    let web = try fixture.sample("good/web.ova")
    let root = fixture.path("root")
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    _ = await fixture.run("unpack", web, "--directory", root)
    // What was written moments ago counts as unsettled.
    let old = [FileAttributeKey.modificationDate: Date(timeIntervalSince1970: 1_500_000_000)]
    for name in ["web.ovf", "web.mf", "web-disk1.vmdk"] {
      try FileManager.default.setAttributes(old, ofItemAtPath: "\(root)/web/\(name)")
    }
    let scan = ["scan", "--no-sandbox", "--db", database, "--data-store", "ds", root]
    let first = await OVACommand.result(of: scan)
    #expect(
      first
        == .success(
          """
          added  [ds] web/web.ovf
          1 package, 1 added, 1 hashed, 137.7 KiB read

          """))
    let second = await OVACommand.result(of: scan + ["--format", "ndjson"])
    #expect(second.status == .success && second.errorText.isEmpty)
    #expect(second.text.contains(#""counts":{"packages":1,"files":3,"read":0,"#), "\(second.text)")
    #expect(
      await fixture.run("report", "--db", database, "--format", "text")
        == .success("0 findings, 0 B could be reclaimed\n"))
    let forgotten = await fixture.run("catalog", "forget", "--db", database, "ds")
    #expect(
      forgotten
        == CommandResult(
          .wrongUse,
          errorText:
            "ova: ds: cannot forget the folder: it is not registered\n  fix: name one of [ds]\n"))
  }

  @Test func `a folder that is not there is not scanned`() async {
    let missing = fixture.path("nowhere")
    #expect(
      await fixture.run("scan", "--no-sandbox", "--db", database, "--data-store", "ds", missing)
        == CommandResult(
          .unreadable,
          errorText: """
            ova: \(missing): cannot scan the folder: No such file or directory
              fix: name a folder that is there

            """))
  }

  @Test func `repositories of a catalog that only has imported records are none`() async throws {
    _ = try await importRecords()
    #expect(
      await fixture.run("catalog", "repositories", "--db", database)
        == .success(
          """
          repository  folder  packages  seen by  last complete scan
          0 repositories

          """))
    #expect(
      await fixture.run("catalog", "forget", "--db", database, "ds")
        == CommandResult(
          .wrongUse,
          errorText: """
            ova: ds: cannot forget the folder: it is not registered
              fix: nothing is registered

            """))
  }

  @Test func `a token is shown once, listed and revoked once`() async throws {
    _ = try await importRecords()
    let added = await fixture.run("token", "add", "--db", database, "josem")
    #expect(added.status == .success)
    #expect(added.errorText == "Token 1 of josem; it is shown only now:\n")
    #expect(try /ova_[A-Za-z0-9_\-]{43}\n/.wholeMatch(in: added.text) != nil, "\(added.text)")
    #expect(
      await fixture.run("token", "list", "--db", database)
        == .success("1\tjosem\tvalid\tfor ever\tnever used\t\n"))
    #expect(await fixture.run("token", "revoke", "--db", database, "1") == .success())
    #expect(
      await fixture.run("token", "revoke", "--db", database, "1")
        == CommandResult(.wrongUse, errorText: "ova: there is no token 1 in force\n"))
  }
}
