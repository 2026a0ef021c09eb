import Foundation
import OVABasics
import Testing

@Suite struct JSONTests {
  private let document: JSON = [
    "a \"quoted\" [key]": .texts(["one", "two, {three}: \\"]), "nothing": .null,
    "empty": .array([]), "bare": .object([]),
    "numbers": .list([-1, 0, 4_294_967_296]) { .integer($0) },
    "inner": ["most": .unsigned(.max), "least": .integer(.min), "flag": .bool(true)],
    "text": "a\ttab, a line\nand \u{1}, \u{7F}, ü, 🖥",
  ]

  @Test func aDocumentOfOneLineHasItsKeysInTheOrderGivenAndNoBlanks() {
    #expect(
      String(decoding: document.bytes(), as: UTF8.self)
        == #"{"a \"quoted\" [key]":["one","two, {three}: \\"],"nothing":null,"empty":[],"bare":{},"#
        + #""numbers":[-1,0,4294967296],"#
        + #""inner":{"most":18446744073709551615,"least":-9223372036854775808,"flag":true},"#
        + #""text":"a\ttab, a line\nand \u0001, "# + "\u{7F}, ü, 🖥\"}")
  }

  @Test func aDocumentForPeopleHasEachElementOnALineOfItsOwn() {
    #expect(
      String(decoding: document.pretty(), as: UTF8.self) == #"""
        {
          "a \"quoted\" [key]": [
            "one",
            "two, {three}: \\"
          ],
          "nothing": null,
          "empty": [],
          "bare": {},
          "numbers": [
            -1,
            0,
            4294967296
          ],
          "inner": {
            "most": 18446744073709551615,
            "least": -9223372036854775808,
            "flag": true
          },
          "text": "a\ttab, a line\nand \u0001, \#u{7F}, ü, 🖥"
        }

        """#)
  }

  @Test func aDocumentThatIsWrittenAtOnceIsTheSameAsOneThatIsPutTogether() {
    let written = JSONWriter.object { json in
      json.text("text", "a \"b\"")
      json.text("nothing", nil)
      json.texts("texts", ["c", "d"])
      json.number("count", 7)
      json.number("size", UInt64.max)
      json.flag("flag", false)
      json.null("null")
      json.json("decimal", .decimal("1.500"))
      json.object("object") { $0.flag("unknown", nil) }
      json.object("empty") { _ in }
      json.array("objects") { json in
        for number in 1...2 { json.object { $0.number("number", number) } }
      }
      json.array("lines") { json in
        json.number(3)
        json.number(nil)
      }
    }
    let assembled: JSON = [
      "text": "a \"b\"", "nothing": .null, "texts": .texts(["c", "d"]), "count": .integer(7),
      "size": .unsigned(.max), "flag": .bool(false), "null": .null, "decimal": .decimal("1.500"),
      "object": ["unknown": .null], "empty": .object([]),
      "objects": .list(1...2) { ["number": .number($0)] }, "lines": .array([.integer(3), .null]),
    ]
    #expect(written == assembled)
    #expect(written.pretty() == assembled.pretty())
  }
}
