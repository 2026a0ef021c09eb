import OVABasics
import OVFXML
import Testing

/// Tests of the bounds on the memory and comparisons that a document may cost.
@Suite struct XMLBudgetTests {
  /// The error about a document that is read with these limits; nil when it is read.
  private func refusal(
    _ text: String, _ limits: Limits, costs: [String: Int] = [:]
  ) -> XMLError? {
    do throws(XMLError) {
      _ = try XMLTree.read(Array(text.utf8), name: "a.ovf", limits: limits, costs: costs)
      return nil
    } catch {
      return error
    }
  }

  struct Shape: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: @Sendable (Int) -> String

    init(_ name: String, _ text: @escaping @Sendable (Int) -> String) {
      testDescription = name
      self.text = text
    }
  }

  static let shapes = [
    Shape("elements") { "<a>\(String(repeating: "<b/>", count: $0))</a>" },
    Shape("texts") { "<a>\(String(repeating: "<b>some text</b>", count: $0))</a>" },
    Shape("one text") { "<a>\(String(repeating: "some text of many bytes ", count: 20 * $0))</a>" },
    Shape("one value") {
      "<a b=\"\(String(repeating: "some text of many bytes ", count: 20 * $0))\"/>"
    },
    Shape("attributes") { count in
      "<a>"
        + (0..<count / 10).map { _ in
          "<b " + (0..<10).map { "c\($0)=''" }.joined(separator: " ") + "/>"
        }.joined() + "</a>"
    },
    Shape("names") { count in "<a>\((0..<count).map { "<n\($0)/>" }.joined())</a>" },
    Shape("undeclared prefixes") { count in
      "<a>\((0..<count).map { "<p\($0):b/>" }.joined())</a>"
    },
  ]

  @Test(arguments: shapes)
  func whatTakesMoreMemoryThanTheLimitIsRefusedByItsName(shape: Shape) {
    var limits = Limits()
    limits.heldBytes = 1 << 20
    #expect(refusal(shape.text(100), limits.withBudget()) == nil)
    let error = refusal(shape.text(100_000 / 10), limits.withBudget())
    #expect(error?.code == .limit)
    #expect(error?.reason == "it takes more memory than the limit 'heldBytes' of 1048576")
  }

  // The parser's memory, in which a tag's text lies, must outlast the tag: the address sanitizer says.
  @Test func theLimitMayBeReachedAnywhereInATag() {
    let names = (0..<12).map { "p:name\($0)='value \($0) &amp;\n'" }.joined(separator: " ")
    let declarations = (0..<6).map { "xmlns:q\($0)='urn:\($0)'" }.joined(separator: " ")
    let text = "<a xmlns:p='urn:p'><b \(declarations) \(names)><c/></b></a>"
    var limits = Limits()
    limits.heldBytes = 1 << 20
    #expect(refusal(text, limits.withBudget()) == nil)
    for held in stride(from: UInt64(0), to: 12_000, by: 40) {
      limits.heldBytes = held
      let error = refusal(text, limits.withBudget())
      let reason = "it takes more memory than the limit 'heldBytes' of \(held)"
      #expect(error == nil ? held > 6_000 : error?.reason == reason)
    }
  }

  @Test func elementsOfWhichMuchIsBuiltCountWithIt() {
    var limits = Limits()
    limits.heldBytes = 1 << 20
    let text = Self.shapes[0].text(900)
    #expect(refusal(text, limits.withBudget(), costs: ["c": 1 << 20]) == nil)
    #expect(refusal(text, limits.withBudget(), costs: ["b": 1_024])?.code == .limit)
  }

  @Test func documentsOfOnePackageShareTheLimit() {
    var limits = Limits()
    limits.heldBytes = 1 << 20
    let shared = limits.withBudget()
    let text = Self.shapes[0].text(900)
    #expect(refusal(text, shared) == nil)
    #expect(refusal(text, shared)?.code == .limit)
    #expect(refusal(text, limits.withBudget()) == nil)
  }

  @Test func namesThatAreLookedForAmongThousandsOfDeclarationsAreSteps() {
    let names = (0..<2_000).map { " xmlns:n\($0)='u'" }.joined()
    let text = "<a\(names)>\(String(repeating: "<n0:b/>", count: 20_000))</a>"
    var limits = Limits()
    limits.heldBytes = 1 << 30
    #expect(refusal(text, limits.withBudget()) == nil)
    limits.steps = 10_000_000
    let error = refusal(text, limits.withBudget())
    #expect(error?.code == .limit)
    #expect(error?.reason == "reading it takes more steps than the limit 'steps' of 10000000")
  }

  @Test func attributesThatAreComparedWithEachOtherAreSteps() {
    let attributes = (0..<9_000).map { "a\($0)=''" }.joined(separator: " ")
    let text = "<a>\(String(repeating: "<b \(attributes)/>", count: 3))</a>"
    var limits = Limits()
    limits.heldBytes = 1 << 30
    #expect(refusal(text, limits.withBudget()) == nil)
    limits.steps = 100_000_000
    #expect(refusal(text, limits.withBudget())?.code == .limit)
  }

  @Test func declarationsOfADocumentTypeAreCountedBeforeTheyAreRead() {
    func text(_ count: Int) -> String {
      let entities = (0..<count).map { "<!ENTITY e\($0) 'x'>" }.joined()
      return "<!DOCTYPE a [\(entities)]><a>\(String(repeating: " ", count: 60_000))</a>"
    }
    #expect(refusal(text(900), Limits()) == nil)
    #expect(
      refusal(text(1_500), Limits())?.reason
        == "the document type has 1500 declarations, the limit is 1000")
  }

  @Test func aSecondReadingInAnotherEncodingGivesBackWhatTheFirstTook() throws {
    var limits = Limits()
    limits.heldBytes = 1 << 20
    let text =
      "<?xml version='1.0' encoding='unicode'?><a>\(String(repeating: "<b/>", count: 900))</a>"
    #expect(refusal(text, limits.withBudget()) == nil)
  }
}
