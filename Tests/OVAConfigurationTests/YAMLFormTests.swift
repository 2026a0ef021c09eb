import OVABasics
import OVACatalog
import OVAConfiguration
import OVATestSupport
import Testing

/// Tests of YAML beyond keys and values, in the configuration and in ignore files.
@Suite struct YAMLFormTests {
  private func configuration(_ text: String) throws -> Configuration {
    try Configuration(text, file: "ova.yaml")
  }

  @Test(arguments: [
    // A byte order mark is taken away where the file is read.
    "server:\r\n  log_level: debug\r\n", "server:\r  log_level: debug\r",
    "---\nserver: {log_level: debug}\n...\n", "%YAML 1.1\n---\nserver: {log_level: debug}",
    "server:\t\n  log_level:\tdebug\t\n", "server:\n  log_level: >-\n    debug\n",
    "server:\n  \"log_level\": 'debug'\n", "server:\n  ? log_level\n  : debug\n",
    "server:\n  log_level: !!str debug\n", "server: !!map\n  log_level: ! debug\n",
    "{\"server\": {\"log_level\": \"debug\"}}",
  ])
  func `one value is read in every way that it is written`(text: String) throws {
    #expect(try configuration(text).server.logLevel == .debug)
  }

  @Test func `an alias is the value that it names`() throws {
    let text = "personal: {data_store: a, root: &r /srv}\nrepositories: [{data_store: b, root: *r}]"
    #expect(try configuration(text).repositories.map(\.mapping.root) == ["/srv"])
  }

  /// Sets of keys taken into others: what a set says itself goes first, then the first of a list.
  @Test(arguments: [
    ("- &a {data_store: a, root: /a, folder: f}\n  - {<<: *a, root: /b}", ["/a f", "/b f"]),
    ("- &a {data_store: a, root: /a, folder: f}\n  - {root: /b, <<: *a}", ["/a f", "/b f"]),
    (
      "- &a {data_store: a, root: /a}\n  - &b {data_store: b, root: /b, folder: g}\n"
        + "  - {<<: [*a, *b], data_store: c}", ["/a ", "/b g", "/a g"]
    ),
    ("- {<<: {data_store: a, root: /a}}", ["/a "]),
    (
      "- &a {data_store: a, root: /a}\n  - &b {<<: *a, folder: x}\n  - {<<: *b}",
      ["/a ", "/a x", "/a x"]
    ),
  ])
  func `keys are merged`(list: String, roots: [String]) throws {
    let configuration = try configuration("repositories:\n  \(list)\n")
    #expect(
      configuration.repositories.map { "\($0.mapping.root) \($0.mapping.folder)" } == roots)
  }

  @Test(arguments: [
    ("server:\n  <<: 5", 2, "'<<' takes a set of keys, or a list of such sets"),
    ("server:\n  <<: [{}, a]", 2, "'<<' takes a set of keys, or a list of such sets"),
    ("server:\n  <<: {listn: x}", 2, "unknown key 'listn' in 'server'; nearest: 'listen'"),
    ("server:\n  '<<': {}", 2, "unknown key '<<' in 'server'"),
    ("database: !env DB", 1, "the tag '!env' means nothing here"),
    (
      "server:\n  log_level: !!binary ZGVidWc=", 2,
      "the tag 'tag:yaml.org,2002:binary' means nothing here"
    ),
    ("server: !!omap []", 1, "the tag 'tag:yaml.org,2002:omap' means nothing here"),
    (
      "server:\n\tlog_level: debug", 2,
      "the line is indented with a tab, and YAML takes blanks alone"
    ),
    (
      "server:\n  \tlog_level: debug\n \tx: y", 2,
      "the line is indented with a tab, and YAML takes blanks alone"
    ),
    (
      "a: \(String(repeating: "[", count: 5000))", 1,
      "its lists and sets of keys are nested too deep"
    ),
    ("server:\n  listen: a\n  log_level: x\n  listen: b", 4, "the key 'listen' is written twice"),
    ("server: {}\n\nmail: {}\n'server': {}", 4, "the key 'server' is written twice"),
    ("# a\nserver:\n  listen: a\n  \"listen\": b", 4, "the key 'listen' is written twice"),
    ("server: {listen: a, listen: b}", 1, "the key 'listen' is written twice"),
    ("a: 1\na: 2\nb: 1\nb: 2", 2, "these keys are written twice: a, b"),
    ("a: b\n---\na: c", 2, "expected a single document in the stream but found another document"),
  ])
  func `what is not meant for a configuration is told with its line`(
    text: String, line: Int, reason: String
  ) throws {
    let error = #expect(throws: ConfigurationErrors.self) { try configuration(text) }
    #expect(error?.errors.first?.reason == reason)
    #expect(error?.errors.first?.place.line == line)
  }

  /// Texts that end too early, with the number of their lines.
  @Test(arguments: [
    ("{", 1), ("{\n", 1), ("server:\n  listen: [", 2), ("server:\n  listen: [\n", 2),
    ("database: 'x", 1), ("database: 'x\n\n", 2), ("a: {b: [c, {", 1), ("? [", 1), ("\"", 1),
  ])
  func `what ends too early is told with a line that the text has`(
    text: String, lines: Int
  ) throws {
    let error = #expect(throws: ConfigurationErrors.self) { try configuration(text) }
    let line = try #require(error?.errors.first?.place.line)
    #expect((1...lines).contains(line), "\(line)")
  }

  @Test func `a long value is quoted as far as somebody reads`() throws {
    let value = String(repeating: "x", count: 1_000_000)
    let error = #expect(throws: ConfigurationErrors.self) {
      try configuration("server:\n  log_level: \(value)")
    }
    let reason = try #require(error?.errors.first?.reason)
    #expect(reason.hasPrefix("'server.log_level' is '\(value.prefix(200))…', which is not one of"))
  }

  /// A file of another kind has a thousand keys that mean nothing here.
  @Test func `the first of many errors are listed, and that there are more`() throws {
    let text = (1...5000).map { "key\($0): 1\n" }.joined()
    let error = try #require(#expect(throws: ConfigurationErrors.self) { try configuration(text) })
    #expect(error.errors.map(\.place.line) == Array(1...50))
    #expect(error.hasMore)
    let few = #expect(throws: ConfigurationErrors.self) { try configuration("a: 1\nb: 2\n") }
    #expect(few?.errors.count == 2)
    #expect(few?.hasMore == false)
  }
}
