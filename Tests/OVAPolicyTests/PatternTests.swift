import OVAPolicy
import Testing

@Suite struct PatternTests {
  @Test(arguments: [
    ("vmx-1?", "vmx-13", true), ("vmx-1?", "vmx-1", false), ("vmx-1?", "VMX-19", true),
    ("prod-*", "prod-", true), ("prod-*", "PROD-7/a", true), ("prod-*", "xprod-7", false),
    ("*", "", true), ("", "", true), ("", "a", false), ("*a*b*", "xxaxxbxx", true),
    ("*a*b", "ab a", false), ("a*a", "a", false), ("é?", "ÉX", true), ("[a]", "a", false),
  ])
  func `a pattern means whole names, in any letter case`(
    pattern: String, name: String, matches: Bool
  ) {
    #expect(NamePattern(pattern).matches(name) == matches)
  }

  @Test func `short patterns match as the regular expression that they mean`() throws {
    var patterns = [""]
    for _ in 0..<4 { patterns += patterns.flatMap { p in ["a", "b", "*", "?"].map { p + $0 } } }
    var names = [""]
    for _ in 0..<4 { names += names.flatMap { n in ["a", "b"].map { n + $0 } } }
    names = Array(Set(names)).sorted()
    for pattern in Set(patterns).sorted() {
      let source = pattern.replacing("*", with: ".*").replacing("?", with: ".")
      let expression = try Regex(source)
      let matcher = NamePattern(pattern)
      for name in names {
        let expected = try expression.wholeMatch(in: name) != nil
        #expect(matcher.matches(name) == expected, "\(pattern) \(name)")
      }
    }
  }

  @Test func `a pattern of many stars takes no time`() {
    let pattern = NamePattern(String(repeating: "*a", count: 40) + "b")
    #expect(pattern.matches(String(repeating: "a", count: 2000)) == false)
  }

  @Test func `a regular expression has to match the whole name`() throws {
    let expression = try NameExpression("[a-z]+-[0-9.]+")
    #expect(expression.matches("web-1.0"))
    #expect(expression.matches("web-1.0-rc") == false)
    #expect(throws: NameExpression.Fault.self) { try NameExpression("[a-z") }
  }
}
