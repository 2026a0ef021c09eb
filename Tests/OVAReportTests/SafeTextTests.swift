import Foundation
import OVABasics
import OVAReport
import OVARules
import OVATestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Tests that texts of packages are safe to show in any format: each is read back by a real reader.
@Suite struct SafeTextTests {
  @Test(arguments: CheckFormat.allCases)
  func `no report holds what terminals and browsers act on`(format: CheckFormat) {
    for seed in ReportSamples.seeds {
      let text = ReportSamples.text(format, ReportSamples.nasty(seed: seed))
      // JSON of our own shape keeps texts exactly; its escapes are the reader's.
      guard format != .json, format != .ndjson else { continue }
      #expect(!text.isActive, "\(format) \(seed)")
    }
  }

  @Test(arguments: [CheckFormat.text, .concise])
  func `no line of a log is a command`(format: CheckFormat) {
    for seed in ReportSamples.seeds {
      let text = ReportSamples.text(format, ReportSamples.nasty(seed: seed))
      for line in text.split(separator: "\n") {
        #expect(Self.command(in: String(line)) == nil, "\(seed): \(line)")
      }
    }
  }

  @Test func `a line each is all that concise writes`() {
    for seed in ReportSamples.seeds {
      let text = ReportSamples.text(.concise, ReportSamples.nasty(seed: seed))
      // Four findings, one condition, one package that is unreadable; the suppressed one is left out.
      #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == 7, "\(seed)")
    }
  }

  @Test func `GitHub reads its commands back, and no others`() throws {
    for seed in ReportSamples.seeds {
      let results = ReportSamples.nasty(seed: seed)
      let lines = ReportSamples.text(.github, results).split(separator: "\n").map(String.init)
      let commands = lines.compactMap(Self.command)
      #expect(commands.count == 6, "\(seed)")
      for command in commands {
        #expect(["error", "warning", "notice"].contains(command.name))
        #expect(
          Set(command.properties.keys).isSubset(of: ["file", "line", "col", "title"]), "\(seed)")
      }
      for finding in results[0].findings.map(\.finding) {
        let title = finding.rule
        #expect(
          commands.contains {
            $0.properties["title"] == title
              && $0.data.split(separator: "\n").first?.hasSuffix(finding.message.forDisplay) == true
          }, "\(seed): \(finding.message.forDisplay)")
      }
    }
  }

  /// A workflow command as the runner reads it; nil for a line of the log.
  static func command(
    in line: String
  ) -> (name: String, properties: [String: String], data: String)? {
    let text = String(
      String.UnicodeScalarView(line.unicodeScalars.drop { $0.properties.isWhitespace }))
    guard text.utf8.starts(with: "::".utf8) else {
      // The older form, and those of other build machines, are looked for in other lines only.
      let isOld = ["##[", "##vso[", "##teamcity["].contains { mark in
        line.utf8.firstRange(of: mark.utf8) != nil
      }
      return isOld ? ("old", [:], "") : nil
    }
    let parts = text.utf8.dropFirst(2)
    guard let end = parts.firstRange(of: "::".utf8) else { return ("broken", [:], "") }
    let head = String(Substring(parts[..<end.lowerBound]))
    let data = String(Substring(parts[end.upperBound...]))
    // By scalars: a mark that combines would make one character with the sign before it.
    let scalars = head.unicodeScalars
    let name = String(scalars.prefix { $0 != " " })
    var properties: [String: String] = [:]
    for property in scalars.dropFirst(name.unicodeScalars.count + 1).split(separator: ",") {
      let sides = property.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      properties[String(sides[0])] = unescaped(
        sides.count > 1 ? String(Substring(sides[1])) : "", true)
    }
    return (name, properties, unescaped(data, false))
  }

  private static func unescaped(_ text: String, _ isProperty: Bool) -> String {
    var text = text.replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    if isProperty { text = text.replacing("%3A", with: ":").replacing("%2C", with: ",") }
    return text.replacing("%25", with: "%")
  }

  @Test func `our JSON gives every text back exactly`() throws {
    for seed in ReportSamples.seeds {
      let results = ReportSamples.nasty(seed: seed)
      let document = try #require(
        try JSONSerialization.jsonObject(
          with: Data(ReportSamples.written(.json, results).bytes)) as? [String: Any])
      let packages = try #require(document["packages"] as? [[String: Any]])
      let findings = try #require(packages[0]["findings"] as? [[String: Any]])
      for (finding, read) in zip(results[0].findings.map(\.finding), findings) {
        // Foundation's reader drops byte order marks.
        let message = read["message"] as? String ?? ""
        let expected = Array(finding.message.unicodeScalars.filter { $0 != "\u{FEFF}" })
        let read = Array(message.unicodeScalars.filter { $0 != "\u{FEFF}" })
        #expect(read == expected, "\(seed)")
      }
      let lines = ReportSamples.text(.ndjson, results).split(separator: "\n")
      // Three packages, five findings, the sum.
      #expect(lines.count == 9, "\(seed)")
      for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
  }

  @Test func `SARIF and GitLab's report hold safe texts, relative paths and no links`() throws {
    let link = try Regex(#"(?:^|[^\\])\]\("#)
    for seed in ReportSamples.seeds {
      let results = ReportSamples.nasty(seed: seed)
      let document = try #require(
        try JSONSerialization.jsonObject(
          with: Data(ReportSamples.written(.sarif, results).bytes)) as? [String: Any])
      let run = try #require((document["runs"] as? [[String: Any]])?.first)
      let read = try #require(run["results"] as? [[String: Any]])
      #expect(read.count == 6)
      for result in read {
        let text = (result["message"] as? [String: Any])?["text"] as? String ?? ""
        #expect(text.firstMatch(of: link) == nil, "\(seed): \(text)")
        let location = (result["locations"] as? [[String: Any]])?.first
        let physical = location?["physicalLocation"] as? [String: Any]
        let artifact = physical?["artifactLocation"] as? [String: Any]
        let uri = try #require(artifact?["uri"] as? String)
        #expect(URL(string: uri) != nil, "\(uri)")
        // A name that begins like a URL is one, of a package on a server.
        let schemes = ["file:///", "https://", "http://", "s3://"]
        #expect(!uri.contains(":") || schemes.contains(where: uri.hasPrefix), "\(uri)")
      }
      let issues = try #require(
        try JSONSerialization.jsonObject(
          with: Data(ReportSamples.written(.gitlab, results).bytes)) as? [[String: Any]])
      #expect(issues.count == 6)
      #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == 6, "\(seed)")
    }
  }

  @Test func `JUnit's XML is well-formed and its messages are the findings'`() throws {
    for seed in ReportSamples.seeds {
      let results = ReportSamples.nasty(seed: seed)
      let reader = JUnitReader()
      let parser = XMLParser(data: Data(ReportSamples.written(.junit, results).bytes))
      parser.delegate = reader
      #expect(parser.parse(), "\(seed): \(String(describing: parser.parserError))")
      #expect(reader.elements["testsuite"] == 3)
      #expect(
        Set(reader.elements.keys).isSubset(of: [
          "testsuites", "testsuite", "testcase", "failure", "error", "system-out",
        ]))
      for finding in results[0].findings.map(\.finding) {
        #expect(
          reader.text.contains(finding.message.forDisplay.escapingNoncharacters),
          "\(seed): \(finding.message.forDisplay)")
      }
    }
  }

  @Test func `the page has no elements and attributes but its own`() throws {
    for seed in ReportSamples.seeds {
      let results = ReportSamples.nasty(seed: seed)
      let page = try Self.html(ReportSamples.written(.html, results).bytes)
      #expect(
        page.tags.isSubset(of: [
          "html", "head", "meta", "title", "style", "body", "h1", "p", "table", "caption", "thead",
          "tbody", "tr", "th", "td", "code", "b", "main", "details", "summary", "span", "ol", "ul",
          "li", "dl", "dt", "dd", "div", "footer",
        ]), "\(seed): \(page.tags)")
      #expect(
        page.attributes.isSubset(of: [
          "lang", "charset", "name", "content", "http-equiv", "class", "open", "scope", "id",
        ]), "\(seed): \(page.attributes)")
      for finding in results[0].findings.map(\.finding) {
        #expect(page.text.contains(Self.unspaced(finding.message.forDisplay)), "\(seed)")
      }
    }
  }

  @Test(.enabled(if: hasTool("cmark-gfm"), "cmark-gfm is not installed; scripts/test installs it"))
  func `Markdown has no links, images and markup of packages`() throws {
    for seed in ReportSamples.seeds {
      let results = ReportSamples.nasty(seed: seed)
      let read = try run(
        "cmark-gfm",
        ["--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist"],
        input: ReportSamples.written(.markdown, results).bytes)
      let page = try Self.html(read.output)
      #expect(
        page.tags.isSubset(of: [
          "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "ul", "li",
          "strong", "br", "blockquote",
        ]), "\(seed): \(page.tags)")
      #expect(page.attributes.isSubset(of: ["align"]), "\(seed): \(page.attributes)")
      for finding in results[0].findings.map(\.finding) {
        #expect(
          page.text.contains(Self.unspaced(finding.message.forDisplay)),
          "\(seed): \(finding.message.forDisplay)")
      }
      // A platform looks for people, issues and emoji in each text between tags and comments.
      for text in page.texts {
        #expect(text.firstMatch(of: /@[A-Za-z]|#[0-9]|:[a-z]+:/) == nil, "\(seed): \(text)")
      }
    }
  }

  /// The page as a reader of HTML parses it.
  private struct Page: Decodable {
    let tags: Set<String>
    let attributes: Set<String>
    /// The text between tags outside of code.
    let texts: [String]
    /// All text without white space.
    let text: String
  }

  private static let reader = """
    import html.parser, json, sys
    class Reader(html.parser.HTMLParser):
        def __init__(self):
            super().__init__(convert_charrefs=True)
            self.tags, self.attributes, self.texts, self.all, self.code = set(), set(), [], [], 0
        def handle_starttag(self, tag, attributes):
            self.tags.add(tag)
            self.attributes.update(name for name, _ in attributes)
            if tag in ("code", "style"): self.code += 1
        def handle_endtag(self, tag):
            if tag in ("code", "style"): self.code -= 1
        def handle_data(self, data):
            if not self.code: self.texts.append(data)
            self.all.append(data)
    reader = Reader()
    reader.feed(sys.stdin.buffer.read().decode())
    reader.close()
    json.dump({
        "tags": sorted(reader.tags), "attributes": sorted(reader.attributes),
        "texts": reader.texts, "text": "".join("".join(reader.all).split())}, sys.stdout)
    """

  private static func html(_ bytes: [UInt8]) throws -> Page {
    let read = try run(
      "python3", ["-c", reader], input: bytes, environment: ["PYTHONUTF8": "1"])
    try #require(read.status == 0, "\(read.errorText)")
    return try JSONDecoder().decode(Page.self, from: Data(read.output))
  }

  /// A text without the white space that HTML draws together.
  private static func unspaced(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace }))
  }
}

extension String {
  /// The text as XML writes what it cannot hold.
  fileprivate var escapingNoncharacters: String {
    replacing("\u{FFFE}", with: "\\u{fffe}").replacing("\u{FFFF}", with: "\\u{ffff}")
  }
}

/// Counts the elements of a JUnit report and gathers its texts.
private final class JUnitReader: NSObject, XMLParserDelegate {
  private(set) var elements: [String: Int] = [:]
  private(set) var text = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
