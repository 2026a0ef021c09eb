import Foundation
import OVABasics
import Testing

/// Bytes of every length up to 40, the same in each run.
private let samples: [[UInt8]] = {
  var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  return (0...40).map { count in
    (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
  }
}()

@Suite struct TextCodingTests {
  @Test(arguments: samples)
  func `hexadecimal text is read as the bytes that it was written from`(_ bytes: [UInt8]) {
    let lower = Hex.text(bytes)
    #expect(lower == bytes.map { String(format: "%02x", $0) }.joined())
    #expect(Hex.text(bytes, .upper) == lower.uppercased())
    #expect(Hex.bytes(lower.utf8) == bytes)
    #expect(Hex.bytes(lower.uppercased().utf8) == bytes)
  }

  @Test(arguments: ["0", "abc", "0g", "zz", " 0", "0x00", "é0"])
  func `text that is not pairs of hexadecimal digits is refused`(_ text: String) {
    #expect(Hex.bytes(text.utf8) == nil)
  }

  @Test(arguments: samples)
  func `base64 is Foundation's but for two letters and the padding`(_ bytes: [UInt8]) {
    let plain = Data(bytes).base64EncodedString()
    let text = Base64URL.encoded(bytes)
    let expected = plain.replacing("+", with: "-").replacing("/", with: "_").replacing(
      "=", with: "")
    #expect(text == expected)
    #expect(Base64URL.decoded(text) == bytes)
    #expect(Base64URL.decoded(plain) == bytes)
  }

  @Test(arguments: ["a b", "a\n", "é", "a.b", "*"])
  func `text with letters that base64 does not have is refused`(_ text: String) {
    #expect(Base64URL.decoded(text) == nil)
  }

  @Test(arguments: [
    ("a%20b", "a b"), ("%41%4a%4A", "AJJ"), ("100%", "100%"), ("%", "%"), ("%4", "%4"),
    ("%zz%41", "%zzA"), ("%%41", "%A"), ("%25%34%31", "%41"), ("a+b", "a+b"),
  ])
  func `escapes are decoded once, and what is no escape stays`(text: String, decoded: String) {
    #expect(PercentCoding.decoded(text.utf8) == Array(decoded.utf8))
  }

  @Test func `a plus is a space in the query of a form`() {
    #expect(PercentCoding.decoded("a+b%2B".utf8, plus: true) == Array("a b+".utf8))
  }

  @Test(arguments: ["", "a/b c", "é", "100%", "a.b-c_d~e", "[store] x?y=z&w", "\u{1F4BE}"])
  func `encoded text has unreserved characters alone, and is decoded to what it was`(_ text: String)
  {
    let encoded = PercentCoding.encoded(text)
    #expect(encoded.utf8.allSatisfy { $0.isUnreserved || $0 == UInt8(ascii: "%") })
    #expect(PercentCoding.decoded(encoded.utf8) == Array(text.utf8))
    #expect(encoded.removingPercentEncoding == text)
  }
}

@Suite struct ExactTextTests {
  /// Texts that are equal or near to each other in one sense or another.
  private static let texts = [
    "", "a", "A", "ab", "b", "a\u{0}", "\u{E9}", "e\u{301}", "E\u{301}", "\u{212B}", "\u{C5}",
    "a/b", "a-b", "\u{FFFD}", "\u{10000}", "zz", "Z",
  ]

  @Test(arguments: texts, texts)
  func `texts are compared by their bytes`(a: String, b: String) {
    let (left, right) = (Array(a.utf8), Array(b.utf8))
    #expect(a.isExactly(b) == (left == right))
    #expect(a.precedesInBytes(b) == left.lexicographicallyPrecedes(right))
    #expect((a.compareBytes(b) == 0) == (left == right))
    #expect((a.compareBytes(b) < 0) == (b.compareBytes(a) > 0))
    #expect((ExactName(a) == ExactName(b)) == (left == right))
  }

  @Test(arguments: texts, texts)
  func `a substring in memory of its own is compared like any other text`(a: String, b: String) {
    let part = String(Substring("x\(b)y").dropFirst().dropLast())
    #expect(a.isExactly(part) == Array(a.utf8).elementsEqual(part.utf8))
  }

  @Test func `a set of names keeps those that only look alike`() {
    let names: Set = [ExactName("\u{E9}"), ExactName("e\u{301}"), ExactName("\u{E9}")]
    #expect(names.count == 2)
  }

  @Test(arguments: [("abc", "ABC", true), ("\u{E9}", "\u{C9}", false), ("a", "ab", false)])
  func `only the case of ASCII letters can be ignored`(a: String, b: String, isEqual: Bool) {
    #expect(a.isExactlyIgnoringCase(b) == isEqual)
  }
}
