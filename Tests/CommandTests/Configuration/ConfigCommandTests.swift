import Foundation
import OVATestSupport
import Testing

@Suite struct ConfigCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> ToolResult
  {
    try OVATestSupport.run(
      OVATool.path, ["config"] + arguments, in: folder.path, environment: environment)
  }

  @Test func `values are shown with their origins`() throws {
    try folder.write(
      Array("server:\n  listen: ':9000'\ncheck:\n  select: [manifest, disks]\n".utf8),
      to: "ova.yaml")
    let result = try run(
      "server.listen", "server.log_level", "check.select", "check.deep", "check.fail_on",
      environment: ["OVA_CHECK_DEEP": "1"])
    #expect(result.status == 0, "\(result.errorText)")
    #expect(
      result.text == """
        server.listen = :9000           \(folder.path("ova.yaml")):2
        server.log_level = info         default
        check.select = manifest, disks  \(folder.path("ova.yaml")):4
        check.deep = true               OVA_CHECK_DEEP
        check.fail_on = error           default

        """)
  }

  @Test func `a command line's own values are shown`() throws {
    let result = try run("check", "--", "check", "--fail-on=warning", "-q", "a.ova")
    #expect(result.text.contains("check.fail_on = warning"))
    #expect(result.text.contains("  --fail-on\n"))
    #expect(result.text.contains("check.quiet = true"))
    #expect(!result.text.contains("scan."))
  }

  @Test func `passwords are not shown`() throws {
    try folder.write(
      Array("server:\n  base_url: https://user:hunter2@example.org/x\n".utf8), to: "ova.yaml")
    for format in ["text", "json"] {
      let result = try run("--format", format, "server")
      #expect(result.text.contains("https://***@example.org/x"))
      #expect(!result.text.contains("hunter2"))
    }
  }

  @Test func `an unknown key is told with the nearest`() throws {
    let result = try run("server.listn")
    #expect(result.status == 2)
    #expect(
      result.errorText.contains("No value has the key 'server.listn'; nearest: 'server.listen'."))
  }

  @Test func `what is no command line is wrong use`() throws {
    for arguments in [["--", "chek"], ["--", "catalog"]] {
      let result = try OVATestSupport.run(
        OVATool.path, ["config"] + arguments, in: folder.path)
      #expect(result.status == 2)
      #expect(result.errorText.contains("Behind '--' stands a command of ova with its arguments."))
    }
  }

  /// Every option of every command can be set by a variable and in a file, as far as it may be.
  @Test func `every option has a key and a variable`() throws {
    let dump = try OVATool.run("--experimental-dump-help")
    let tool = try #require(dump.object()["command"] as? [String: Any])
    var options: [(path: [String], name: String)] = []
    func collect(_ command: [String: Any], _ path: [String]) {
      for argument in command["arguments"] as? [[String: Any]] ?? [] {
        let names = argument["names"] as? [[String: String]] ?? []
        guard let name = names.first(where: { $0["kind"] == "long" })?["name"],
          !["help", "version", "config"].contains(name), !path.isEmpty
        else { continue }
        options.append((path, name))
      }
      for child in command["subcommands"] as? [[String: Any]] ?? []
      where child["commandName"] as? String != "help" {
        collect(child, path + [child["commandName"] as? String ?? ""])
      }
    }
    collect(tool, [])
    #expect(options.count > 100)
    var environment: [String: String] = [:]
    for (path, name) in options {
      let variable =
        "OVA_"
        + (path + [name]).joined(separator: "_").uppercased()
        .replacing("-", with: "_")
      environment[variable] = "x\(variable.count)"
    }
    // Flags and fixed sets of values refuse the text, and so are known, too.
    for (path, name) in options {
      let variable =
        "OVA_"
        + (path + [name]).joined(separator: "_").uppercased()
        .replacing("-", with: "_")
      let key = (path + [name.replacing("-", with: "_")]).joined(separator: ".")
      let value = environment[variable] ?? ""
      let result = try run(key, environment: [variable: value])
      #expect(
        result.text.contains("\(key) = \(value)  \(variable)")
          || result.errorText.hasPrefix("ova: \(variable): '\(value)' is n"),
        "\(key): \(result.text)\(result.errorText)")
    }
  }
}
