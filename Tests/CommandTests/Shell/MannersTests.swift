import Foundation
import OVATestSupport
import Testing

/// Tests of the form of help and errors of the command line.
@Suite struct MannersTests {
  /// Every command below `ova`, with its help page at 80 columns.
  private func pages() throws -> [(path: [String], page: String)] {
    let dump = try OVATool.run("--experimental-dump-help")
    let tool = try #require(dump.object()["command"] as? [String: Any])
    var paths: [[String]] = []
    func collect(_ command: [String: Any], _ path: [String]) {
      paths.append(path)
      for child in command["subcommands"] as? [[String: Any]] ?? []
      where child["commandName"] as? String != "help" {
        collect(child, path + [child["commandName"] as? String ?? ""])
      }
    }
    collect(tool, [])
    return try paths.map { path in
      let result = try run(OVATool.path, ["help"] + path, environment: ["COLUMNS": "80"])
      #expect(result.status == 0)
      return (path, result.text)
    }
  }

  @Test func `every help page has a usage that fits a line, and examples of the command`() throws {
    for (path, page) in try pages() {
      let lines = page.split(separator: "\n")
      let usage = try #require(lines.first { $0.hasPrefix("USAGE: ") })
      #expect(usage.count <= 80, "\(usage)")
      let command = (["ova"] + path).joined(separator: " ")
      let examples = lines.drop { $0 != "Examples:" }.dropFirst().prefix { $0.hasPrefix("  ") }
      #expect(examples.isEmpty == false, "\(command)")
      #expect(examples.contains { $0.contains(command) }, "\(command)")
    }
  }

  @Test func `every example is a command line that there is`() throws {
    let folder = try TemporaryFolder()
    for (_, page) in try pages() {
      let lines = page.split(separator: "\n")
      let examples = lines.drop { $0 != "Examples:" }.dropFirst().prefix { $0.hasPrefix("  ") }
      for example in examples {
        // Only whether the arguments are right: nothing of that name is there.
        let part = example.split(separator: "|").first { $0.contains("ova ") } ?? ""
        let words = part.split(separator: ">")[0].trimmingCharacters(in: .whitespaces)
        guard words.hasPrefix("ova "), !words.hasPrefix("ova serve") else { continue }
        let result = try run(
          "bash", ["-c", "\(words) </dev/null"], in: folder.path,
          environment: ["PATH": "\(OVATool.folder):/usr/bin:/bin", "HOME": folder.path])
        #expect(!result.errorText.contains("Usage:"), "\(words): \(result.errorText)")
      }
    }
  }

  @Test(arguments: [
    (
      ["check", "--fail-onn", "x", "a"],
      "Error: 'ova check' has no option '--fail-onn'; nearest: '--fail-on'\n"
    ),
    (
      ["check", "a", "--frmat=json"],
      "Error: 'ova check' has no option '--frmat'; nearest: '--format'\n"
    ),
    (["--verison"], "Error: 'ova' has no option '--verison'; nearest: '--version'\n"),
    (["check", "--zzzzzz", "a"], "Error: 'ova check' has no option '--zzzzzz'\n"),
    (["chek", "--frmt"], "Error: 'ova' has no command 'chek'\nDid you mean 'ova check'?\n"),
    (
      ["catalog", "lst", "--db", "x"],
      "Error: 'ova catalog' has no command 'lst'\nDid you mean 'ova catalog list'?\n"
    ),
  ])
  func `an error and its hint are about what is wrong`(arguments: [String], words: String) throws {
    let result = try run(OVATool.path, arguments)
    #expect(result.status == 2)
    #expect(result.text.isEmpty)
    #expect(result.errorText.hasPrefix(words), "\(result.errorText)")
    for line in result.errorText.split(separator: "\n") where line.hasPrefix("Usage:") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test(arguments: [
    (["help", "chek"], "Error: 'ova' has no command 'chek'\nDid you mean 'ova check'?\n"),
    (
      ["help", "catalog", "lst"],
      "Error: 'ova catalog' has no command 'lst'\nDid you mean 'ova catalog list'?\n"
    ),
    (
      ["help", "frobnicate"], "Error: 'ova' has no command 'frobnicate'; 'ova --help' lists them\n"
    ),
  ])
  func `help about what there is not is wrong use`(arguments: [String], words: String) throws {
    let result = try run(OVATool.path, arguments)
    #expect(result.status == 2)
    #expect(result.text.isEmpty)
    #expect(result.errorText == words)
  }

  @Test(arguments: [["-V"], ["check", "-V"], ["catalog", "list", "-V"]])
  func `-V is the version`(arguments: [String]) throws {
    let version = try OVATool.run("--version")
    let result = try run(OVATool.path, arguments)
    #expect(result.status == 0)
    #expect(result.output == version.output)
  }

  @Test func `-V behind two hyphens is a path`() throws {
    #expect(try OVATool.run("check", "--", "-V").errorText.contains("version") == false)
    #expect(try OVATool.run("check", "--", "-V").status == 3)
  }

  @Test func `a rule is explained in any letter case`() throws {
    let page = try OVATool.run("explain", "manifest-absent")
    #expect(page.status == 0)
    for id in ["MANIFEST-ABSENT", "Manifest-Absent"] {
      #expect(try OVATool.run("explain", id).output == page.output)
    }
  }

  @Test(arguments: [
    ("disk", "disks", "good/database/database-disk1.vmdk"), ("check", "packages", "good/web.ova"),
  ])
  func `one path, several and none give one shape of JSON`(
    command: String, key: String, sample: String
  ) throws {
    let path = OVATool.sample(sample)
    let runs = [[path], [path, path], ["/nonexistent"], ["/nonexistent", path]]
    for (paths, count) in zip(runs, [1, 2, 0, 1]) {
      let object = try run(OVATool.path, [command, "--format", "json"] + paths).object()
      let list = try #require(object[key] as? [[String: Any]])
      #expect((object["schema"] as? String)?.hasPrefix("ovakit/\(command)") == true)
      // A check tells also of what cannot be read.
      #expect(list.count == (command == "check" ? paths.count : count))
    }
  }

  @Test func `inspect writes one package as its document, and several or none as a list`() throws {
    let path = OVATool.sample("good/web.ova")
    let one = try run(OVATool.path, ["inspect", "--format", "json", path]).object()
    #expect((one["schema"] as? String)?.hasPrefix("ovakit/inspect/1.") == true)
    #expect(one["path"] as? String == path)
    for (paths, count) in [([path, path], 2), (["/nonexistent"], 0), (["/nonexistent", path], 1)] {
      let object = try run(OVATool.path, ["inspect", "--format", "json"] + paths).object()
      #expect((object["packages"] as? [[String: Any]])?.count == count)
      #expect((object["schema"] as? String)?.hasPrefix("ovakit/inspect-run/1.") == true)
    }
  }
}
