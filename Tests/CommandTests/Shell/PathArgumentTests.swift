import OVATestSupport
import Testing

/// Whatever name a shell can pass can be opened.
@Suite struct PathArgumentTests {
  @Test(arguments: [
    #"$'lit\\x41.ova'"#, #"$'lit\\x5C.ova'"#, #"$'a\\b.ova'"#, #"$'-dash.ova'"#, #"$'a\nb.ova'"#,
    #"$'\xE9t\xE9.ova'"#, #"$' .ova'"#, #"$'*.ova'"#, #"$'B\xC3\xBCro.ova'"#,
  ])
  func `a file is opened by the very bytes of its name`(name: String) throws {
    let folder = try TemporaryFolder()
    let script = """
      cp "$1" ./\(name)
      "$0" check -- \(name) && "$0" inspect -- \(name) && "$0" check --quiet "$PWD"/\(name)
      """
    let result = try run(
      "bash", ["-c", script, OVATool.path, OVATool.sample("good/web.ova")], in: folder.path)
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
    #expect(result.text.contains("Web server 1.0"))
  }
}
