import Foundation
import OVATestSupport
import Testing

/// Options over the environment over files, through the command itself.
@Suite struct PrecedenceTests {
  private let folder: TemporaryFolder
  private let broken = OVATool.sample("broken/wrong-digest.ova")

  init() throws {
    folder = try TemporaryFolder()
    try folder.write([], to: "work/deep/file")
    try folder.write([], to: "user/ova/file")
  }

  private func run(
    _ arguments: [String], environment: [String: String] = [:], in name: String = "work/deep"
  ) throws -> ToolResult {
    var all = ["XDG_CONFIG_HOME": folder.path("user")]
    all.merge(environment) { _, new in new }
    return try OVATestSupport.run(OVATool.path, arguments, in: folder.path(name), environment: all)
  }

  private func write(_ text: String, _ name: String) throws {
    try folder.write(Array(text.utf8), to: name)
  }

  /// The places that can set `--fail-on`, by precedence, each with a value of its own as far as
  /// there are values.
  private enum Level: Int, CaseIterable {
    case option, ownVariable, variable, nearest, user

    var value: String { ["none", "error", "info", "none", "warning"][rawValue] }
  }

  @Test func `every combination of an option, variables and files has the value of the first`()
    throws
  {
    for mask in 0..<(1 << Level.allCases.count) {
      func has(_ level: Level) -> Bool { mask >> level.rawValue & 1 == 1 }
      var arguments: [String] = []
      var environment: [String: String] = [:]
      for name in ["work/ova.yaml", "user/ova/ova.yaml"] {
        try? FileManager.default.removeItem(atPath: folder.path(name))
      }
      for level in Level.allCases where has(level) {
        switch level {
        case .option: arguments = ["--fail-on", level.value]
        case .ownVariable: environment["OVA_CHECK_FAIL_ON"] = level.value
        case .variable: environment["OVA_FAIL_ON"] = level.value
        case .nearest: try write("\ncheck:\n  fail_on: \(level.value)\n", "work/ova.yaml")
        case .user: try write("check: {fail_on: \(level.value)}\n", "user/ova/ova.yaml")
        }
      }
      let first = Level.allCases.first(where: has)
      let value = first?.value ?? "error"
      let shown = try run(
        ["config", "check.fail_on", "--format", "json", "--", "check"] + arguments,
        environment: environment)
      let values = try shown.object()["values"] as? [[String: Any]]
      let origin = values?.first?["origin"] as? [String: Any]
      #expect(values?.count == 1)
      #expect(values?.first?["value"] as? String == value, "\(mask)")
      let expected: (String, String?, Int?) =
        switch first {
        case .option: ("option", "--fail-on", nil)
        case .ownVariable: ("environment", "OVA_CHECK_FAIL_ON", nil)
        case .variable: ("environment", "OVA_FAIL_ON", nil)
        case .nearest: ("file", folder.path("work/ova.yaml"), 3)
        case .user: ("file", folder.path("user/ova/ova.yaml"), 1)
        case nil: ("default", nil, nil)
        }
      #expect(origin?["kind"] as? String == expected.0, "\(mask)")
      let told = [origin?["name"], origin?["file"]].compactMap { $0 as? String }
      #expect(told.first == expected.1, "\(mask)")
      #expect(origin?["line"] as? Int == expected.2, "\(mask)")
      // What is shown is what is done: with each level alone, and with all.
      guard mask.nonzeroBitCount <= 1 || mask + 1 == 1 << Level.allCases.count else { continue }
      let check = try run(["check"] + arguments + [broken], environment: environment)
      #expect(check.status == (value == "none" ? 0 : 1), "\(mask)")
    }
  }

  @Test func `a file that is named is the only one`() throws {
    try write("check: {fail_on: none}\n", "work/ova.yaml")
    try write("check: {deep: true}\n", "work/other.yaml")
    let other = folder.path("work/other.yaml")
    #expect(try run(["check", broken]).status == 0)
    #expect(try run(["check", "--config", other, broken]).status == 1)
    #expect(try run(["check", broken], environment: ["OVA_CONFIG": other]).status == 1)
    #expect(try run(["check", broken], environment: ["OVA_CONFIG": "/dev/null"]).status == 1)
    #expect(try run(["check", broken], environment: ["OVA_CONFIG": ""]).status == 0)
    // The option goes before the variable.
    let both = try run(
      ["check", "--config", folder.path("work/ova.yaml"), broken],
      environment: ["OVA_CONFIG": other])
    #expect(both.status == 0)
  }

  @Test(arguments: [
    ("1", true), ("true", true), ("yes", true), ("ON", true), ("0", false), ("false", false),
    ("no", false), ("off", false), ("", false),
  ])
  func `a variable turns a flag on or off`(value: String, isOn: Bool) throws {
    let result = try run(["check", broken], environment: ["OVA_QUIET": value])
    #expect(result.status == 1)
    #expect(result.text.contains("1 package") == !isOn)
  }

  @Test func `a variable turns off what a file turns on`() throws {
    try write("check: {quiet: true}\n", "work/ova.yaml")
    #expect(try !run(["check", broken]).text.contains("1 package"))
    #expect(try run(["check", broken], environment: ["OVA_QUIET": "0"]).text.contains("1 package"))
  }

  @Test(arguments: [
    ("OVA_QUIET", "maybe", "ova: OVA_QUIET: 'maybe' is neither true nor false\n"),
    (
      "OVA_FAIL_ON", "fatal",
      "ova: OVA_FAIL_ON: 'fatal' is not one of error, warning, info, none\n"
    ),
  ])
  func `a wrong value of a variable is wrong use and names the variable`(
    name: String, value: String, words: String
  ) throws {
    let result = try run(["check", broken], environment: [name: value])
    #expect(result.status == 2)
    #expect(result.errorText == words)
    #expect(result.text.isEmpty)
  }

  @Test func `paths in a file are relative to its folder`() throws {
    try write("database: data/catalog.sqlite\n", "work/ova.yaml")
    try write("x", "work/isos/a.ova")
    try FileManager.default.createDirectory(
      atPath: folder.path("work/data"), withIntermediateDirectories: true)
    let scan = try run(["scan", "../isos", "--data-store", "ds", "--settle", "0", "-q"])
    #expect(scan.status == 0, "\(scan.errorText)")
    #expect(FileManager.default.fileExists(atPath: folder.path("work/data/catalog.sqlite")))
    #expect(try run(["catalog", "list"]).text.contains("a.ova"))
    #expect(try run(["catalog", "repositories"]).status == 0)
    // A catalog is taken where no folders are named, and is in nobody's way where some are.
    #expect(try run(["catalog", "export"]).status == 0)
    #expect(try run(["catalog", "export", "../isos", "--data-store", "ds"]).status != 2)
  }

  @Test func `repositories are described once, for scans and the service`() throws {
    try write(
      """
      database: catalog.sqlite
      repositories:
        - data_store: one
          root: isos
          exclude: ['*.part.ova']
        - data_store: two
          root: more
      """, "work/ova.yaml")
    let package = try Data(contentsOf: URL(filePath: OVATool.sample("good/web.ova")))
    for name in ["isos/a.ova", "isos/b.part.ova", "more/c.part.ova"] {
      try folder.write(Array(package), to: "work/\(name)")
    }
    let scan = try run(["scan", "--settle", "0", "-q"])
    #expect(scan.status == 0, "\(scan.errorText)")
    let list = try run(["catalog", "list", "--format", "csv"]).text
    #expect(list.contains("[one] a.ova"))
    #expect(list.contains("[two] c.part.ova"))
    #expect(!list.contains("b.part.ova"))
    // Once more from another folder: the same repositories.
    #expect(try run(["scan", "--settle", "0", "-q"], in: "work").status == 0)
    let repositories = try run(["catalog", "repositories", "--json"])
    #expect(repositories.text.components(separatedBy: "\"data_store\"").count == 3)
  }
}
