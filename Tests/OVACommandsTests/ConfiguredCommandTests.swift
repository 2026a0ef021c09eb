import Foundation
import OVACommands
import OVATestSupport
import Testing

/// Tests of `ova config`, and of how `ova serve` refuses to start: a command line and a file in, a
/// status and words out.
@MainActor @Suite struct ConfiguredCommandTests {
  private let fixture: CommandFixture

  init() throws { fixture = try CommandFixture() }

  private func configure(_ lines: String...) throws -> String {
    try fixture.folder.write(lines.joined(separator: "\n") + "\n", to: "ova.yaml")
  }

  /// The words of a command line that is wrong.
  private func wrong(_ fault: String, _ usage: String, _ command: String) -> CommandResult {
    CommandResult(
      .wrongUse,
      errorText:
        "Error: \(fault)\nUsage: \(usage)\n  See '\(command) --help' for more information.\n")
  }

  // MARK: ova config

  @Test func `config shows the values of a file with their lines, and defaults`() async throws {
    let file = try configure(
      "database: c.sqlite", "server:", "  listen: ':9000'", "check: {select: [manifest, disks]}")
    #expect(
      await fixture.run(
        "config", "--config", file, "database", "server.listen", "server.log_level",
        "check.select", "check.fail_on")
        == .success(
          """
          database = c.sqlite             \(file):1
          server.listen = :9000           \(file):3
          server.log_level = info         default
          check.select = manifest, disks  \(file):4
          check.fail_on = error           default

          """))
  }

  @Test func `config shows what a command line changes`() async throws {
    let file = try configure("check: {fail_on: warning, deep: true}")
    #expect(
      await fixture.run(
        "config", "check.fail_on", "check.deep", "check.quiet", "--", "check", "--config", file,
        "--fail-on", "info", "-q", "a.ova")
        == .success(
          """
          check.fail_on = info  --fail-on
          check.deep = true     \(file):1
          check.quiet = true    --quiet

          """))
  }

  @Test func `config writes values as JSON`() async throws {
    let file = try configure("catalog: {list: {per_page: 5}}")
    #expect(
      await fixture.run(
        "config", "--config", file, "--format", "json", "catalog.list.per_page", "check.fail_on")
        == .success(
          """
          {
            "schema": "ovakit/config/1.0",
            "files": [
              "\(file)"
            ],
            "values": [
              {
                "key": "catalog.list.per_page",
                "value": "5",
                "origin": {
                  "kind": "file",
                  "name": null,
                  "file": "\(file)",
                  "line": 1
                }
              },
              {
                "key": "check.fail_on",
                "value": "error",
                "origin": {
                  "kind": "default",
                  "name": null,
                  "file": null,
                  "line": null
                }
              }
            ]
          }

          """))
  }

  @Test func `a file that is right is checked in silence`() async throws {
    let file = try configure("check: {fail_on: warning}")
    #expect(await fixture.run("config", "--check", "--config", file) == .success())
  }

  @Test func `everything that is wrong with a file is told at once`() async throws {
    let file = try configure(
      "databse: x", "time_zone: Nowhere/X", "server: {listen: here}", "check: {fail_on: fatal}")
    let known =
      "database, time_zone, color, repositories, personal, server, mail, policy, inspect, check, "
      + "disk, spec, diff, fix, manifest, pack, unpack, scan, catalog, report, token, rules, "
      + "explain, config, version"
    let failed = CommandResult(
      .wrongUse,
      errorText: """
        ova: \(file):1: cannot follow the configuration: unknown key 'databse'; nearest: 'database'
          fix: known keys: \(known)
        ova: \(file):2: cannot follow the configuration: 'time_zone' names no time zone of this machine
        ova: \(file):3: cannot follow the configuration: 'server.listen' is not of the form host:port
        ova: \(file):4: cannot follow the configuration: 'check.fail_on' is 'fatal', which is not one of error, warning, info, none

        """)
    #expect(await fixture.run("config", "--check", "--config", file) == failed)
    #expect(await fixture.run("serve", "--config", file) == failed)
    #expect(await fixture.run("check", "--config", file, "a.ova") == failed)
  }

  @Test func `an unknown key is told with the nearest`() async throws {
    let usage = "ova config [<options>] [<key> ...] [-- <command> <arguments> ...]"
    #expect(
      await fixture.run("config", "server.listn")
        == wrong(
          "No value has the key 'server.listn'; nearest: 'server.listen'.", usage, "ova config"))
    #expect(
      await fixture.run("config", "--", "catalog")
        == wrong(
          "Behind '--' stands a command of ova with its arguments.", usage, "ova config"))
  }

  @Test func `the options of a file are those of its command`() async throws {
    let web = try fixture.sample("good/web.ova")
    let file = try configure("check: {format: json, quiet: false}")
    let plain = await fixture.run("check", "--format", "json", web)
    #expect(plain.status == .success)
    #expect(await fixture.run("check", "--config", file, web) == plain)
  }

  // MARK: ova serve

  @Test(
    arguments: [
      ([], "Name the database with --db, or in a file given with --config."),
      (["--listen", "nowhere"], "--listen is not of the form host:port: 'nowhere'"),
      (["--listen", "host:70000"], "--listen is not of the form host:port: 'host:70000'"),
      (["--base-url", "ftp://x"], "--base-url is not of the form https://host/path"),
      (["--log-format", "xml"], "--log-format is neither text nor json"),
    ] as [([String], String)])
  func `serve refuses options that it does not understand`(
    arguments: [String], fault: String
  ) async {
    let database = arguments.isEmpty ? [] : ["--db", fixture.path("c.sqlite")]
    #expect(
      await OVACommand.result(of: ["serve"] + arguments + database)
        == wrong(fault, "ova serve [<options>]", "ova serve"))
    #expect(!FileManager.default.fileExists(atPath: fixture.path("c.sqlite")))
  }

  @Test func `serve refuses a file that is not there`() async {
    let file = fixture.path("none.yaml")
    #expect(
      await fixture.run("serve", "--config", file)
        == CommandResult(
          .wrongUse,
          errorText: """
            ova: \(file): cannot follow the configuration: the file cannot be read
              fix: check the path and its permissions

            """))
  }

  @Test(arguments: [
    ("repositories: [{data_store: ds, root: nowhere}]", "ds"),
    ("personal: {data_store: vssUser-xfers, root: nowhere}", "vssUser-xfers"),
  ])
  func `serve refuses a data store whose folder is not there`(
    line: String, store: String
  ) async throws {
    let file = try configure("database: c.sqlite", line)
    #expect(
      await fixture.run("serve", "--config", file)
        == CommandResult(
          .unreadable,
          errorText:
            "ova: cannot serve the data store '\(store)': its root \(fixture.path("nowhere")): "
            + "No such file or directory\n"))
    #expect(!FileManager.default.fileExists(atPath: fixture.path("c.sqlite")))
  }

  @Test func `serve refuses a data store whose root is a file`() async throws {
    let file = try configure(
      "database: c.sqlite", "repositories: [{data_store: ds, root: ova.yaml}]")
    #expect(
      await fixture.run("serve", "--config", file)
        == CommandResult(
          .unreadable,
          errorText:
            "ova: cannot serve the data store 'ds': its root \(file): it is a file, not a folder\n")
    )
  }

  @Test func `an option of serve goes before the file`() async throws {
    let database = fixture.path("c.sqlite")
    let records = try fixture.folder.write("", to: "records.ndjson")
    #expect(
      await fixture.run("catalog", "import", "--db", database, records)
        == .success("0 records imported\n"))
    let file = try configure("database: c.sqlite", "time_zone: UTC")
    #expect(
      await fixture.run("serve", "--config", file, "--time-zone", "Nowhere/X")
        == CommandResult(
          .wrongUse,
          errorText: """
            ova: Nowhere/X: cannot find the time zone: no zone of that name in /usr/share/zoneinfo
              fix: name a zone such as America/Toronto, and install the package 'tzdata'

            """))
  }
}
