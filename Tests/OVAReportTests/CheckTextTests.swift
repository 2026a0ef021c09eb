import OVABasics
import OVAPolicy
import OVAReport
import OVARules
import Testing

/// Tests of the text report of a check.
@Suite struct CheckTextTests {
  private func text(_ results: [CheckResult], width: Int? = nil, style: Style = .plain) -> String {
    let text = CheckText(style: style, width: width)
    var sum = CheckSum()
    for result in results { sum.add(result) }
    return results.map { text.text($0) }.joined() + text.summary(sum)
  }

  @Test func `findings are sorted by severity, then by place, and equal ones are gathered`() {
    let unit = (1...7).map { line in
      ReportSamples.finding(
        .warning, "the unit is unusual", at: Place("web.ovf", line: line * 3), rule: "unit",
        fix: "Write it otherwise.")
    }
    let last = ReportSamples.finding(.error, "a file is missing", at: Place("web.ovf", line: 40))
    let other = ReportSamples.finding(
      .info, "a note", at: Place("web.mf", line: 1), rule: "note", fix: "Nothing.")
    let result = ReportSamples.result("web.ovf", [other] + unit + [last])
    #expect(
      text([result]) == """
        web.ovf  1 error, 7 warnings, 1 info
          error a file is missing [file-missing]
            at        web.ovf:40
            fix       Add the file.

          warning the unit is unusual [unit]
            7 like this
            at        web.ovf:3, 6, 9, 12, 15, 18, 21
            fix       Write it otherwise.

          info a note [note]
            at        web.mf:1
            fix       Nothing.

        by rule
          error    1  file-missing
          warning  7  unit
          info     1  note

        1 package, 1 error, 7 warnings, 1 info

        """)
  }

  @Test func `the part of a digest that differs is marked`() {
    let a = String(repeating: "0123456789abcdef", count: 4)
    let b = a.replacing("89abcdef0", with: "89ABCDEF1", maxReplacements: 1)
    let finding = ReportSamples.finding(
      .error, "the digest differs", at: Place("web.mf", line: 2), expected: a, found: b)
    let result = ReportSamples.result("web.mf", [finding])
    #expect(
      text([result]).contains(
        """
            expected  \(a)
            found     \(b)
                                ^^^^^^^
            fix
        """), "\(text([result]))")
    let colored = CheckText(style: .colored).text(result)
    #expect(colored.contains("0123456789\u{1B}[1;7mabcdef0\u{1B}[0m123456789abcdef"))
    #expect(!colored.contains("^"))
  }

  @Test func `long digests are broken at the same places`() throws {
    let a = String(repeating: "0123456789abcdef", count: 8)
    let b = String(a.dropLast(2)) + "00"
    let finding = ReportSamples.finding(
      .error, "the digest differs", at: Place("web.mf", line: 2), expected: a, found: b)
    let lines = text([ReportSamples.result("web.mf", [finding])], width: 80)
      .split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex { $0.hasPrefix("    expected  ") })
    let expected: [String] = [
      "    expected  \(a.prefix(66))", "    found     \(a.prefix(66))",
      "              \(a.dropFirst(66))", "              \(b.dropFirst(66))",
      "              \(String(repeating: " ", count: 60))^^",
    ]
    #expect(Array(lines[start..<start + 5]) == expected)
  }

  @Test(arguments: [20, 40, 80, 120])
  func `no line is wider than the terminal, and nothing is lost`(width: Int) {
    let path = "packages/" + String(repeating: "長い名前/", count: 12) + "e\u{301}a👍🏽web.ova"
    let message =
      "the file '\(String(repeating: "x", count: 150))' 資料ファイル is named by "
      + String(repeating: "many words of one sentence ", count: 9)
    let finding = ReportSamples.finding(
      .error, message, at: Place("\(path)/web.ovf", line: 12), expected: "長いテキスト " + message,
      found: "something else")
    let text = text([ReportSamples.result(path, [finding])], width: width)
    for line in text.split(separator: "\n") {
      #expect(String(line).cells <= width, "\(width): \(line)")
    }
    func letters(_ text: String) -> String { text.filter { !$0.isWhitespace } }
    for part in [path, message, finding.fix] {
      #expect(letters(text).contains(letters(part)), "\(width)")
    }
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("漢字", 4), ("한국어", 6), ("ｶﾅ", 2), ("ＡＢ", 4), ("e\u{301}", 1), ("é", 1),
    ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🇨🇭", 2), ("❤️", 2), ("☺", 1), ("…", 1),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("ก็", 1), ("א", 1), ("𠀀", 2), ("─", 1), ("、", 2),
  ])
  func `text is measured in cells`(text: String, cells: Int) {
    #expect(text.cells == cells, "\(text)")
  }

  @Test func `suppressed findings are counted, and shown when that is wanted`() {
    let finding = ReportSamples.finding(.error, "a file is missing", at: Place("a.ovf", line: 1))
    let result = ReportSamples.result(
      "a.ovf", [finding], suppression: Suppression(.ignoreFile, reason: "known until May"))
    #expect(
      text([result])
        == "a.ovf  nothing reported, 1 suppressed\n1 package, nothing found, 1 suppressed\n")
    let shown = CheckText(style: .plain, showsSuppressed: true).text(result)
    #expect(shown.contains("    suppressed by the ignore file: known until May\n"))
    func written(_ format: CheckFormat) -> String {
      let writing = CheckWriting(
        base: ReportSamples.base, version: "1.2.3", failsFrom: .error,
        text: CheckText(style: .plain), showsSuppressed: true)
      var writer = writing.writer(format)
      var sum = CheckSum()
      sum.add(result)
      return String(decoding: writer.write(result) + writer.end(sum), as: UTF8.self)
    }
    #expect(
      written(.concise)
        == "a.ovf:1:1: error \(finding.rule) a file is missing "
        + "(suppressed by the ignore file: known until May)\n")
    #expect(ReportSamples.text(.concise, [result]).isEmpty)
    #expect(written(.markdown).contains("suppressed by the ignore file\\: known until May"))
    #expect(!ReportSamples.text(.markdown, [result]).contains("a file is missing"))
  }
}
