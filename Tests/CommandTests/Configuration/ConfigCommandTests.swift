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

  @Test func `the file that a command line names is the one whose values are shown`() throws {
    try folder.write(Array("check: {fail_on: warning}\n".utf8), to: "ova.yaml")
    try folder.write(Array("check: {fail_on: info}\n".utf8), to: "other.yaml")
    let other = folder.path("other.yaml")
    for name in ["--config=\(other)", "--config \(other)"] {
      let words = name.split(separator: " ").map(String.init)
      let result = try OVATestSupport.run(
        OVATool.path, ["config", "check.fail_on", "--", "check"] + words, in: folder.path)
      #expect(result.text == "check.fail_on = info  \(other):1\n", "\(result.errorText)")
    }
    let both = try OVATestSupport.run(
      OVATool.path, ["config", "--config", "ova.yaml", "check.fail_on", "--", "check", "a.ova"],
      in: folder.path)
    #expect(both.text.hasPrefix("check.fail_on = warning"), "\(both.errorText)")
  }

  @Test func `everything that is wrong with the files is told at once, in order`() throws {
    let text = """
      databse: x
      server:
        listen: here
        limits: {query_bytes: 1, idle_second: 3}
      check:
        fail_on: fatal
        deep: maybe
      policy:
        required: product
        limits: {memory: lots}
      """
    try folder.write(Array(text.utf8), to: "ova.yaml")
    let file = folder.path("ova.yaml")
    for arguments in [["config", "--check"], ["check", "a.ova"]] {
      let result = try OVATestSupport.run(OVATool.path, arguments, in: folder.path)
      #expect(result.status == 2)
      #expect(result.text.isEmpty)
      let lines = result.errorText.split(separator: "\n").filter { $0.contains(": cannot follow") }
      #expect(lines.count == 8, "\(result.errorText)")
      for (line, number) in zip(lines, [1, 3, 4, 4, 6, 7, 9, 10]) {
        #expect(line.contains("\(file):\(number)"), "\(line)")
      }
    }
  }

  @Test func `a variable is followed by the commands that have its value`() throws {
    let environment = ["OVA_FORMAT": "sarif"]
    let sample = OVATool.sample("good/web.ova")
    let checked = try OVATestSupport.run(
      OVATool.path, ["check", sample], in: folder.path, environment: environment)
    #expect(checked.text.contains("\"version\": \"2.1.0\"") || checked.text.contains("sarif"))
    for arguments in [["inspect", sample], ["rules"], ["disk", sample]] {
      let result = try OVATestSupport.run(
        OVATool.path, arguments, in: folder.path, environment: environment)
      let plain = try OVATestSupport.run(OVATool.path, arguments, in: folder.path)
      #expect(result.status == plain.status, "\(result.errorText)")
      #expect(result.text == plain.text)
    }
    let shown = try run("check.format", "inspect.format", environment: environment)
    #expect(shown.text.contains("check.format = sarif"), "\(shown.text)")
    #expect(shown.text.contains("OVA_FORMAT"))
    #expect(shown.errorText.contains("ova: OVA_FORMAT: 'sarif' is no value of these commands"))
    // A value that no command has is a slip.
    let wrong = try OVATestSupport.run(
      OVATool.path, ["inspect", sample], in: folder.path, environment: ["OVA_FORMAT": "sariff"])
    #expect(wrong.status == 2)
    // The variable of a command alone is meant for it.
    let own = try OVATestSupport.run(
      OVATool.path, ["inspect", sample], in: folder.path,
      environment: ["OVA_INSPECT_FORMAT": "sarif"])
    #expect(own.status == 2)
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
    // For each variable its option's key, the value that it is given and the one that is shown.
    var options: [String: (key: String, given: String, shown: String)] = [:]
    func collect(_ command: [String: Any], _ path: [String]) {
      for argument in command["arguments"] as? [[String: Any]] ?? [] {
        let names = argument["names"] as? [[String: String]] ?? []
        guard let name = names.first(where: { $0["kind"] == "long" })?["name"],
          !["help", "version", "config"].contains(name), !path.isEmpty
        else { continue }
        let words = (path + [name]).map { $0.replacing("-", with: "_") }
        let variable = "OVA_" + words.joined(separator: "_").uppercased()
        // `--check` of the command that is run would show nothing.
        let isOn = path != ["config"]
        let value = (argument["allValues"] as? [String])?.last ?? "x\(variable.count)"
        let isFlag = argument["kind"] as? String == "flag"
        let key = (path + words.suffix(1)).joined(separator: ".")
        #expect(options[variable] == nil)
        options[variable] =
          isFlag ? (key, isOn ? "1" : "0", isOn ? "true" : "false") : (key, value, value)
      }
      for child in command["subcommands"] as? [[String: Any]] ?? []
      where child["commandName"] as? String != "help" {
        collect(child, path + [child["commandName"] as? String ?? ""])
      }
    }
    collect(tool, [])
    #expect(options.count > 100)
    let result = try run("--format", "json", environment: options.mapValues(\.given))
    #expect(result.status == 0 && result.errors == [], "\(result.errorText)")
    let values = try #require(result.object()["values"] as? [[String: Any]])
    for (variable, option) in options {
      let value = try #require(
        values.first { $0["key"] as? String == option.key }, "\(variable): \(option.key)")
      let shown = value["value"] as? [String] ?? [value["value"] as? String ?? ""]
      #expect(shown == [option.shown], "\(variable)")
      let origin = value["origin"] as? [String: Any]
      #expect(origin?["kind"] as? String == "environment", "\(variable)")
      #expect(origin?["name"] as? String == variable)
    }
  }
}
