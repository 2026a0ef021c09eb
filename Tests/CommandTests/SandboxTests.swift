import Foundation
import OVATestSupport
import Testing

/// Tests that a parser that an attacker has taken over does no harm: a debug build misbehaves when
/// its environment asks for it.
@Suite struct SandboxTests {
  /// The kinds of misbehavior, each with the reason that the command gives; nil where the package
  /// is read all the same.
  static let misbehavior: [(kind: String, reason: String?)] = [
    ("write", "the parser tried what the sandbox forbids"),
    ("remove", "the parser tried what the sandbox forbids"),
    ("socket", "the parser tried what the sandbox forbids"),
    ("execute", "the parser tried what the sandbox forbids"),
    ("signal", "the parser tried what the sandbox forbids"),
    ("spin", "it took more processor time than the sandbox grants"),
    ("deaf", "it took more processor time than the sandbox grants"),
    ("crash", "the parser crashed (SIGSEGV)"),
    ("allocate", "the parser crashed (SIG"),
    ("leave", "the parser ended without an answer"),
    ("read", nil),
    ("peek", nil),
  ]

  /// One processor second instead of minutes.
  private static let environment = ["OVA_TEST_MISBEHAVIOR": "1"]

  private let folder: TemporaryFolder
  private var tree: String { folder.path("tree") }
  private var database: String { folder.path("catalog.sqlite") }

  init() throws {
    folder = try TemporaryFolder()
    try add(["a.ova", "z/z.ova"] + Self.misbehavior.map { "misbehave-\($0.kind).ova" })
  }

  private func add(_ names: [String]) throws {
    let bytes = try Data(contentsOf: URL(filePath: OVATool.sample("good/web.ova")))
    for name in names {
      let path = try folder.write(bytes, to: "tree/\(name)")
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_500_000_000)], ofItemAtPath: path)
    }
  }

  private func scan(
    _ more: [String] = [], environment: [String: String] = [:]
  ) throws -> ToolResult {
    try run(
      OVATool.path,
      ["scan", tree, "--data-store", "ds", "--db", database, "--settle", "0"] + more,
      environment: environment)
  }

  /// State and detail of each image by its name.
  private func states() throws -> [String: (state: String, detail: String)] {
    let rows = try run(
      "sqlite3",
      ["-separator", "\t", database, "SELECT name, state, ifnull(state_detail, '') FROM images"])
    var states: [String: (state: String, detail: String)] = [:]
    for row in rows.text.split(separator: "\n") {
      let parts = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      states[parts[0]] = (parts[1], parts[2])
    }
    return states
  }

  private static let isConfined = KernelMeans.areThere

  @Test(.enabled(if: isConfined), arguments: [[], ["--no-digests"], ["--jobs", "1"]])
  func `a parser that misbehaves is stopped, and the scan goes on`(options: [String]) throws {
    let mark = "/tmp/ova-misbehavior"
    try? FileManager.default.removeItem(atPath: mark)
    let result = try scan(options, environment: Self.environment)
    #expect(result.status == 3)
    #expect(!FileManager.default.fileExists(atPath: mark))
    let states = try states()
    #expect(states.count == Self.misbehavior.count + 2)
    for name in ["a.ova", "z.ova"] { #expect(states[name]?.state == "whole", "\(name)") }
    for (kind, reason) in Self.misbehavior {
      let found = try #require(states["misbehave-\(kind).ova"])
      guard let reason else {
        #expect(found.state == "whole" && found.detail == "", "\(kind): \(found)")
        continue
      }
      #expect(found.state == "unreadable", "\(kind)")
      #expect(found.detail.hasPrefix("parsing it was stopped: \(reason)"), "\(kind): \(found)")
      #expect(result.errorText.contains("misbehave-\(kind).ova: parsing it was stopped"), "\(kind)")
    }
  }

  @Test(.enabled(if: isConfined))
  func `a package on which the parser ended is not read again before it or the rules change`()
    throws
  {
    #expect(try scan(environment: Self.environment).status == 3)
    let again = try scan(environment: Self.environment)
    #expect(again.status == 0, "\(again.errorText)")
    #expect(try states()["misbehave-crash.ova"]?.state == "unreadable")
  }

  @Test func `a catalog is the same whether packages are parsed in the sandbox or not`() throws {
    try FileManager.default.copyItem(
      atPath: OVATool.sample("good/database"), toPath: folder.path("tree/database"))
    for name in ["broken/missing-disk.ova", "broken/truncated.ova", "broken/wrong-digest.ova"] {
      try FileManager.default.copyItem(
        atPath: OVATool.sample(name), toPath: folder.path("tree/\(name.dropFirst(7))"))
    }
    try folder.write("no archive", to: "tree/bad.ova")
    try folder.write("<Envelope>", to: "tree/odd/bad.ovf")
    try run("qemu-img", ["create", "-q", "-f", "qcow2", folder.path("tree/base.qcow2"), "1M"])
    try run(
      "qemu-img",
      [
        "create", "-q", "-f", "qcow2", "-b", "base.qcow2", "-F", "qcow2",
        folder.path("tree/child.qcow2"), "1M",
      ])
    var dumps: [String] = []
    for options in [[], ["--no-sandbox"]] {
      try? FileManager.default.removeItem(atPath: database)
      let result = try scan(options)
      #expect(result.status == 0, "\(result.errorText)")
      let tables = [
        "SELECT name, path, state, state_detail, broken_for FROM images ORDER BY path",
        "SELECT * FROM packages ORDER BY image", "SELECT * FROM files ORDER BY 1, 2, 3",
        // When they were computed is the only difference.
        "SELECT image, member, name, algorithm, digest, size_bytes FROM digests ORDER BY 1, 2, 3, 4",
        "SELECT * FROM needs ORDER BY 1, 2, 3",
        "SELECT * FROM stray_places ORDER BY 1, 2",
        "SELECT * FROM disks ORDER BY 1, 2", "SELECT * FROM findings ORDER BY 1, 2, 3, 4, 5",
        "SELECT * FROM strays ORDER BY 1, 2",
      ]
      dumps.append(
        try tables.map { try run("sqlite3", [database, $0]).text + "\n" }.joined())
    }
    #expect(dumps[0].contains("child.qcow2"))
    #expect(dumps[0] == dumps[1])
  }

  // MARK: check

  @Test(arguments: [[], ["--format", "json"], ["--format", "ndjson"], ["--quiet"], ["--deep"]])
  func `check says the same with --sandbox`(options: [String]) throws {
    let packages =
      [
        "good/web.ova", "good/shop.ova", "good/database/database.ovf", "good/database",
        "broken/missing-disk.ova", "broken/truncated.ova", "broken/wrong-digest.ova",
      ].map(OVATool.sample) + ["/no/such.ova"]
    let plain = try run(OVATool.path, ["check"] + options + packages)
    let confined = try run(OVATool.path, ["check", "--sandbox"] + options + packages)
    #expect(confined.status == plain.status)
    #expect(confined.text == plain.text)
    #expect(confined.errorText == plain.errorText)
  }

  @Test func `check --sandbox reads standard input`() throws {
    let bytes = Array(try Data(contentsOf: URL(filePath: OVATool.sample("good/web.ova"))))
    let plain = try OVATool.run("check", "-", "--stdin-filename", "a.ova", input: bytes)
    let confined = try OVATool.run(
      "check", "--sandbox", "-", "--stdin-filename", "a.ova", input: bytes)
    #expect(confined.status == plain.status)
    #expect(confined.text == plain.text)
    #expect(plain.text.contains("a.ova"))
  }

  @Test func `check --sandbox follows links of a package's folder, and reads nothing else`() throws
  {
    let package = folder.path("linked")
    try FileManager.default.copyItem(atPath: OVATool.sample("good/database"), toPath: package)
    try FileManager.default.moveItem(
      atPath: "\(package)/database-disk1.vmdk", toPath: folder.path("elsewhere.vmdk"))
    try FileManager.default.createSymbolicLink(
      atPath: "\(package)/database-disk1.vmdk", withDestinationPath: "../elsewhere.vmdk")
    let plain = try OVATool.run("check", "\(package)/database.ovf")
    let confined = try OVATool.run("check", "--sandbox", "\(package)/database.ovf")
    #expect(confined.text == plain.text)
    #expect(confined.status == plain.status)
  }

  @Test(.enabled(if: isConfined))
  func `check --sandbox says which package the parser ended on, and checks the others`() throws {
    let names = Self.misbehavior.map { folder.path("tree/misbehave-\($0.kind).ova") }
    let result = try run(
      OVATool.path,
      ["check", "--sandbox", "--format", "json"] + names + [folder.path("tree/a.ova")],
      environment: Self.environment)
    #expect(result.status == 3)
    let packages = try #require(result.object()["packages"] as? [[String: Any]])
    #expect(packages.count == names.count + 1)
    for (package, expected) in zip(packages, Self.misbehavior) {
      guard let reason = expected.reason else {
        #expect(package["state"] as? String != "unreadable", "\(expected.kind)")
        continue
      }
      let error = try #require(package["error"] as? [String: Any], "\(expected.kind)")
      #expect(error["code"] as? String == "parser-stopped")
      let message = try #require(error["message"] as? String)
      #expect(message.hasPrefix("parsing it was stopped: \(reason)"), "\(message)")
    }
    #expect(packages.last?["state"] as? String != "unreadable")
  }

  @Test func `nobody starts the process that parses but the command itself`() throws {
    let result = try OVATool.run("parse-in-sandbox")
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
  }

  @Test func `a copy is not written from the sandbox`() throws {
    let result = try OVATool.run("check", "--sandbox", "-", "--tee", folder.path("copy.ova"))
    #expect(result.status == 2)
    #expect(!FileManager.default.fileExists(atPath: folder.path("copy.ova")))
  }
}

/// The means of this machine's kernel, as the command itself reports them.
private enum KernelMeans {
  static let areThere: Bool = {
    guard let machine = try? OVATool.run("version", "--json").object()["machine"] as? [String: Any]
    else { return false }
    return machine["landlock"] is Int && machine["seccomp"] as? Bool == true
  }()
}
