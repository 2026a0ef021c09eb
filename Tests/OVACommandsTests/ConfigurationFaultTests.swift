import Foundation
import OVACommands
import OVATestSupport
import Testing

/// Configurations that are wrong: a file in, a status and words out.
@MainActor @Suite struct ConfigurationFaultTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `damaged files are exit code 2 with a line, or are read`() async throws {
    let text = "check:\n  fail_on: none\n  select: [manifest, disks]\nserver:\n  listen: ':80'\n"
    var numbers = SeededNumbers(seed: 16)
    var refused = 0
    for _ in 0..<200 {
      var bytes = Array(text.utf8)
      let index = Int.random(in: 0..<bytes.count, using: &numbers)
      bytes[index] = "{}[]:-,'\"#&*!|>%@`\t\n 0a\u{7f}".utf8.randomElement(using: &numbers) ?? 0
      let file = try folder.write(bytes, to: "ova.yaml")
      let result = await OVACommand.result(of: ["check", "/nonexistent.ova", "--config", file])
      let damaged = String(decoding: bytes, as: UTF8.self)
      #expect([.wrongUse, .unreadable].contains(result.status), "\(damaged)")
      guard result.status == .wrongUse else { continue }
      refused += 1
      #expect(result.errorText.contains("\(file):"), "\(damaged)\n\(result.errorText)")
    }
    #expect(refused > 50)
  }

  /// Values that only the command's own option refuses, with the command that refuses them.
  @Test(arguments: [
    (
      ["catalog", "list", "--db", "x"], "catalog:\n  list:\n    per_page: many\n", 3, "many",
      "--per-page <n>"
    ),
    (
      ["catalog", "list", "--db", "x"], "catalog:\n  list:\n    per_page: 101\n", 3, "101",
      "--per-page <n>"
    ),
    (["catalog", "list", "--db", "x"], "catalog:\n  list:\n    page: 0\n", 3, "0", "--page <n>"),
    (["check", "x"], "check:\n  jobs: 0\n", 2, "0", "--jobs <n>"),
    (["check", "x"], "check:\n  jobs: 4.0\n", 2, "4.0", "--jobs <n>"),
    (["scan", "--db", "x"], "scan:\n  jobs: -1\n", 2, "-1", "--jobs <n>"),
    (["check", "x"], "check:\n  target: [all, vsphere-99]\n", 2, "vsphere-99", "--target <id>"),
    (["check", "x"], "check:\n  target: proxmx\n", 2, "proxmx", "--target <id>"),
    (["scan", "--db", "x"], "scan:\n  target: [proxmx]\n", 2, "proxmx", "--target <id>"),
    (["check", "x"], "check:\n  ignore: [disk-blanc]\n", 2, "disk-blanc", "--ignore <names>"),
    (
      ["check", "x"], "check:\n  severity: {disks: grave}\n", 2, "disks=grave",
      "--severity <rule=severity>"
    ),
    (["token", "add", "a", "--db", "x"], "token:\n  add:\n    days: 0\n", 3, "0", "--days <days>"),
    (
      ["report", "--db", "x"], "report:\n  naming_policy: '(('\n", 2, "((",
      "--naming-policy <pattern>"
    ),
    (["report", "--db", "x"], "report:\n  since: -3\n", 2, "-3", "--since <scan>"),
    (["scan", "--db", "x"], "scan:\n  shard: 5/3\n", 2, "5/3", "--shard <n/m>"),
    (["scan", "--db", "x"], "scan:\n  run: a/b\n", 2, "a/b", "--run <id>"),
    (
      ["catalog", "list", "--db", "x"], "catalog:\n  list:\n    filter: 'nope,eq,1'\n", 3,
      "nope,eq,1", "--filter <conditions>"
    ),
    (
      ["catalog", "list", "--db", "x"], "catalog:\n  list:\n    sort: 'name,up'\n", 3, "name,up",
      "--sort <keys>"
    ),
    (["explain", "x"], "explain:\n  messages: nobody\n", 2, "nobody", "--messages <product>"),
  ])
  func `a value that the command refuses is told with its place`(
    command: [String], text: String, line: Int, value: String, option: String
  ) async throws {
    let file = try folder.write(text, to: "ova.yaml")
    let fault = "The value '\(value)' is invalid for '\(option)'"
    let check = await OVACommand.result(of: ["config", "--check", "--config", file])
    #expect(check.status == .wrongUse && check.text.isEmpty)
    #expect(check.errorText.hasPrefix("ova: \(file):\(line): \(fault): "), "\(check.errorText)")
    let result = await OVACommand.result(of: command + ["--config", file])
    #expect(result.status == .wrongUse && result.text.isEmpty)
    #expect(result.errorText.contains(fault), "\(result.errorText)")
    let name = option.prefix { $0 != " " }
    #expect(result.errorText.contains("\(name)=\(value)"), "\(result.errorText)")
    #expect(result.errorText.contains("(\(file):\(line))"), "\(result.errorText)")
  }
}
