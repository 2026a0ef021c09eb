import Foundation
import OVABasics
import OVACatalog
import OVAConfiguration
import OVATestSupport
import Testing

/// Files over each other, and where they are looked for.
@Suite struct LayersTests {
  private static let check = CommandOptions(
    path: ["check"],
    options: [
      .init(name: "fail-on", names: ["--fail-on"], isFlag: false, values: ["error", "warning"]),
      .init(name: "quiet", names: ["--quiet", "-q"], isFlag: true),
      .init(name: "select", names: ["--select"], isFlag: false, isRepeating: true),
      .init(name: "severity", names: ["--severity"], isFlag: false, isRepeating: true),
      .init(
        name: "trust", names: ["--trust"], isFlag: false, isRepeating: true, isPath: true),
      .init(name: "tee", names: ["--tee"], isFlag: false, isPath: true),
      .init(name: "color", names: ["--color"], isFlag: false, values: ["auto", "never"]),
      .init(name: "db", names: ["--db"], isFlag: false, isPath: true),
    ])
  private static let list = CommandOptions(
    path: ["catalog", "list"],
    options: [.init(name: "per-page", names: ["--per-page"], isFlag: false)])
  private static let commands = [
    check, CommandOptions(path: ["catalog"], options: [], isGroup: true), list,
  ]

  private func load(_ texts: [String]) throws -> (LoadedConfiguration, TemporaryFolder) {
    let folder = try TemporaryFolder()
    var files: [String] = []
    for (index, text) in texts.enumerated() {
      files.append(try folder.write(Array(text.utf8), to: "\(index)/ova.yaml"))
    }
    return (try LoadedConfiguration(files: files, commands: Self.commands), folder)
  }

  /// Each of three files with and without each of some keys: the first that has a key wins, for
  /// every key for itself.
  @Test func `each value is from the first file that has it`() throws {
    let keys = ["database", "listen", "level", "fail_on"]
    for mask in 0..<(1 << (3 * keys.count)) where mask % 5 == 0 {
      func has(_ file: Int, _ key: Int) -> Bool { mask >> (file * keys.count + key) & 1 == 1 }
      let texts = (0..<3).map { file in
        var text = "time_zone: UTC\n"
        if has(file, 0) { text += "database: db\(file)\n" }
        if has(file, 1) || has(file, 2) { text += "server:\n" }
        if has(file, 1) { text += "  listen: 127.0.0.1:800\(file)\n" }
        if has(file, 2) { text += "  log_level: \(["debug", "info", "error"][file])\n" }
        if has(file, 3) { text += "check: {fail_on: \(["error", "warning", "error"][file])}\n" }
        return text
      }
      let (loaded, folder) = try load(texts)
      let configuration = loaded.configuration
      func first(_ key: Int) -> Int? { (0..<3).first { has($0, key) } }
      #expect(configuration.database == first(0).map { folder.path("\($0)/db\($0)") }, "\(mask)")
      #expect(configuration.server.port == first(1).map { 8000 + $0 } ?? 8080, "\(mask)")
      let level = first(2).map { ["debug", "info", "error"][$0] } ?? "info"
      #expect(configuration.server.logLevel.rawValue == level, "\(mask)")
      let setting = loaded.settings(of: Self.check).first { $0.name == "fail-on" }
      #expect(setting?.values == first(3).map { [["error", "warning", "error"][$0]] }, "\(mask)")
      #expect(setting?.place.file == first(3).map { folder.path("\($0)/ova.yaml") }, "\(mask)")
    }
  }

  @Test func `every repository has a root that another folder's scan finds`() throws {
    let text = "repositories: [{data_store: a, root: x}]\npersonal: {data_store: b, root: y}\n"
    var (loaded, _) = try load([text])
    loaded.resolveRoots { "/whole" + $0 }
    #expect(loaded.configuration.repositories.allSatisfy { $0.mapping.root.hasPrefix("/whole/") })
    #expect(loaded.configuration.personal?.root.hasPrefix("/whole/") == true)
  }

  @Test func `options in a file become values with their places`() throws {
    let (loaded, folder) = try load([
      """
      color: never
      check:
        fail_on: warning
        quiet: yes
        select: [manifest, disks]
        severity: {manifest-absent: error, disks: info}
        trust: [ca.pem, /etc/ca.pem]
      catalog:
        list:
          per_page: 50
      """
    ])
    let settings = loaded.settings(of: Self.check)
    #expect(
      settings.map { "\($0.name) \($0.values.joined(separator: "|")) \($0.place.line ?? 0)" } == [
        "color never 1", "fail-on warning 3", "quiet true 4", "select manifest|disks 5",
        "severity disks=info|manifest-absent=error 6",
        "trust \(folder.path("0/ca.pem"))|/etc/ca.pem 7",
      ])
    #expect(loaded.settings(of: Self.list).map(\.values) == [["50"]])
  }

  @Test(arguments: [
    ("server:\n  listn: x", 2, "unknown key 'listn' in 'server'; nearest: 'listen'"),
    ("databse: x", 1, "unknown key 'databse'; nearest: 'database'"),
    ("check:\n  fail-on: error", 2, "unknown key 'fail-on' in 'check'; nearest: 'fail_on'"),
    ("chekc: {}", 1, "unknown key 'chekc'; nearest: 'check'"),
    ("catalog:\n  lst: {}", 2, "unknown key 'lst' in 'catalog'; nearest: 'list'"),
    (
      "catalog:\n  list:\n    perpage: 2", 3,
      "unknown key 'perpage' in 'catalog.list'; nearest: 'per_page'"
    ),
    ("x: 1\nzzzzzzzz: 2", 1, "unknown key 'x'"),
    (
      "check:\n  fail_on: fatal", 2,
      "'check.fail_on' is 'fatal', which is not one of error, warning"
    ),
    ("check:\n  quiet: maybe", 2, "'check.quiet' is neither true nor false"),
    ("check:\n  select: {a: [b]}", 2, "'check.select' is not a set of texts"),
    ("check: [a]", 1, "'check' is not a set of keys with values"),
    (
      "check:\n  tee: a.ova", 2,
      "'check.tee' cannot be set in a file: give --tee on the command line"
    ),
    (
      "policy:\n  limits:\n    cpus: 4", 3,
      "unknown key 'cpus' in 'policy.limits'; nearest: 'vcpus'"
    ),
  ])
  func `a mistake is told with its line and the nearest key`(
    text: String, line: Int, words: String
  ) throws {
    let error = #expect(throws: ConfigurationErrors.self) { try load([text]) }
    #expect(error?.errors.first?.reason == words)
    #expect(error?.errors.first?.place.line == line)
    // In a file that another one hides, too.
    let hidden = #expect(throws: ConfigurationErrors.self) { try load(["time_zone: UTC", text]) }
    #expect(hidden?.errors.first?.reason == words)
  }

  // MARK: The search

  @Test func `files are found upward, at the user's and at the machine's`() throws {
    for mask in 0..<16 {
      let folder = try TemporaryFolder()
      let places = ["work/deep/ova.yaml", "work/ova.yaml", "user/ova/ova.yaml", "etc/ova/ova.yaml"]
      for (bit, place) in places.enumerated() where mask >> bit & 1 == 1 {
        try folder.write([], to: place)
      }
      try folder.write([], to: "work/deep/down/file")
      var search = ConfigurationSearch(workingFolder: folder.path("work/deep/down")) { name in
        name == "XDG_CONFIG_HOME" ? folder.path("user") : nil
      }
      search.systemFolder = folder.path("etc")
      // Only the nearest of those above the folder.
      let nearest = (0..<2).first { mask >> $0 & 1 == 1 }.map { [$0] } ?? []
      let expected = (nearest + (2..<4).filter { mask >> $0 & 1 == 1 }).map {
        folder.path(places[$0])
      }
      #expect(search.files() == expected, "\(mask)")
    }
  }

  @Test(
    arguments: [
      (["XDG_CONFIG_HOME": "/x", "HOME": "/h"], "/x"), (["HOME": "/h"], "/h/.config"),
      (["XDG_CONFIG_HOME": "", "HOME": "/h"], "/h/.config"),
      (["XDG_CONFIG_HOME": "rel", "HOME": "/h"], "/h/.config"), ([:], nil), (["HOME": ""], nil),
    ] as [([String: String], String?)])
  func `the user's folder is the one of the XDG specification`(
    environment: [String: String], folder: String?
  ) {
    let search = ConfigurationSearch(workingFolder: "/") { environment[$0] }
    #expect(search.userFolder == folder)
  }

  @Test func `a user's file that is also the nearest is read once`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write([], to: "user/ova/ova.yaml")
    var search = ConfigurationSearch(workingFolder: folder.path("user/ova")) { name in
      name == "XDG_CONFIG_HOME" ? folder.path("user") : nil
    }
    search.systemFolder = folder.path("etc")
    #expect(search.files() == [file])
  }

  // MARK: Values with their origins

  @Test func `values are told with the file and line or as defaults`() throws {
    let (loaded, folder) = try load([
      """
      server:
        listen: "[::1]:9000"
        trusted_proxies: [10.0.0.1, 10.0.0.2]
      repositories:
        - data_store: a
          root: https://user:secret@example.org/x
      """, "server: {log_level: debug}\n",
    ])
    func row(_ key: String) -> String? {
      loaded.values().first { $0.key == key }.map {
        "\($0.values.joined(separator: "|")) \($0.origin.text.replacing(folder.path, with: ""))"
      }
    }
    #expect(row("server.listen") == "[::1]:9000 /0/ova.yaml:2")
    #expect(row("server.trusted_proxies") == "10.0.0.1|10.0.0.2 /0/ova.yaml:3")
    #expect(row("server.log_level") == "debug /1/ova.yaml:1")
    #expect(row("server.log_format") == "text default")
    #expect(row("repositories[0].data_store") == "a /0/ova.yaml:5")
    #expect(row("repositories[0].root") == "https://***@example.org/x /0/ova.yaml:6")
    #expect(row("mail.sendmail") == nil)
  }
}
