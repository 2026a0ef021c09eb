import Foundation
import OVATestSupport
import Testing

/// A configuration that is wrong is wrong use, said with file and line before anything is opened.
@Suite struct MalformedConfigurationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: [String], environment: [String: String] = [:]) throws -> ToolResult
  {
    try OVATestSupport.run(
      OVATool.path, arguments, in: folder.path, environment: environment)
  }

  @Test(arguments: [
    ["check", "/nonexistent.ova"], ["inspect", "/nonexistent.ova"], ["rules"],
    ["scan", "/nonexistent", "--data-store", "x"], ["catalog", "list"], ["serve"],
    ["token", "list"], ["config"], ["config", "--check"], ["explain", "manifest-absent"],
  ])
  func `every command refuses it`(arguments: [String]) throws {
    try folder.write(Array("server:\n  listn: x\n".utf8), to: "ova.yaml")
    let result = try run(arguments)
    #expect(result.status == 2)
    #expect(result.text.isEmpty)
    #expect(
      result.errorText.hasPrefix(
        "ova: \(folder.path("ova.yaml")):2: cannot follow the configuration: "
          + "unknown key 'listn' in 'server'; nearest: 'listen'\n"), "\(result.errorText)")
  }

  @Test(arguments: [
    ["--help"], ["help"], ["help", "check"], ["check", "--help"], ["version"], ["--version"],
    ["-V"],
    ["check", "-V"], ["--generate-completion-script", "bash"],
  ])
  func `help and versions are there all the same`(arguments: [String]) throws {
    try folder.write(Array("server:\n  listn: x\n".utf8), to: "ova.yaml")
    let result = try run(arguments)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.isEmpty == false)
  }

  @Test func `a file that is named and not there is wrong use`() throws {
    let result = try run(["check", "--config", "missing.yaml", "x.ova"])
    #expect(result.status == 2)
    #expect(
      result.errorText.hasPrefix("ova: missing.yaml: cannot follow the configuration: "),
      "\(result.errorText)")
  }

  /// Numbers that have a default, with the words of the parser.
  @Test(arguments: [
    ("report:\n  packages: -1\n", 2, "-1", "--packages <n>"),
    ("scan:\n  shard_depth: 99\n", 2, "99", "--shard-depth <1-16>"),
    ("catalog:\n  export:\n    first_id: -5\n", 3, "-5", "--first-id <id>"),
  ])
  func `a number outside its bounds is told with its place`(
    text: String, line: Int, value: String, option: String
  ) throws {
    try folder.write(Array(text.utf8), to: "ova.yaml")
    let check = try run(["config", "--check"])
    #expect(check.status == 2)
    #expect(
      check.errorText
        == "ova: \(folder.path("ova.yaml")):\(line): The value '\(value)' is invalid for"
        + " '\(option)'\n")
  }

  @Test func `formats that cannot be given together are told with their place`() throws {
    try folder.write(Array("check:\n  format: [text, json]\n".utf8), to: "ova.yaml")
    let file = folder.path("ova.yaml")
    let check = try run(["config", "--check"])
    #expect(check.status == 2)
    #expect(
      check.errorText
        == "ova: \(file):2: --format 'text' and 'json' would both go to standard output;"
        + " name a file for one: --format text=FILE.\n", "\(check.errorText)")
    let result = try run(["check", "a.ova"])
    #expect(result.status == 2 && result.errorText.contains("would both go to standard output"))
  }

  @Test func `the first of many errors are told, and that there are more`() throws {
    let text = (1...80).map { "key\($0): 1\n" }.joined()
    try folder.write(Array(text.utf8), to: "ova.yaml")
    let result = try run(["config", "--check"])
    #expect(result.status == 2)
    let lines = result.errorText.split(separator: "\n")
    #expect(lines.count { $0.contains("unknown key 'key") } == 50)
    #expect(lines.last == "ova: more is wrong; what is listed are the first errors alone")
  }

  @Test func `a configuration that is right is checked in silence`() throws {
    try folder.write(Array("check: {fail_on: none}\n".utf8), to: "ova.yaml")
    let result = try run(["config", "--check"])
    #expect(result.status == 0)
    #expect(result.text.isEmpty)
    #expect(result.errorText.isEmpty)
  }

  @Test func `a variable that sets nothing is told with the nearest`() throws {
    let result = try run(
      ["config", "--check"], environment: ["OVA_CHECK_FAILON": "none", "OVA_SOMETHING_ELSE": "x"])
    #expect(result.status == 0)
    #expect(
      result.errorText == "ova: OVA_CHECK_FAILON sets nothing; nearest: OVA_CHECK_FAIL_ON\n")
  }
}
