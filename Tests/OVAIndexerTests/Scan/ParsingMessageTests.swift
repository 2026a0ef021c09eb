import OVACatalog
import OVATestSupport
import Testing

@testable import OVAIndexer

/// Replies of the process that parses for a scan.
struct ParsingMessageTests {
  private static func reply(_ document: String) -> ParsingReply {
    var facts = PackageFacts()
    facts.document = document
    facts.product = "Größe \"1\""
    return .package(
      .opened(
        PackageTask.Opened(
          state: .whole, detail: nil, facts: facts,
          files: [FileRow(name: "a.ovf", isMember: false, size: 5)], disks: [],
          findings: [], verdicts: [], needs: [], isSettled: true, isHashed: false, bytesRead: 7)))
  }

  private static func facts(_ reply: ParsingReply?) -> PackageFacts? {
    guard case .package(.opened(let opened))? = reply else { return nil }
    return opened.facts
  }

  private static func isRefused(_ message: some Sequence<UInt8>) -> Bool {
    switch ParsingReply(message: Array(message)) {
    case nil: true
    case .some: false
    }
  }

  @Test(arguments: [
    "", "{}", "{\"a\": \"\\\"ü\\\"\\u0000\"}", String(repeating: "\"", count: 99_999),
  ])
  func aDocumentComesAsItWasSent(_ document: String) throws {
    let reply = Self.reply(document)
    let message = try #require(reply.message())
    #expect(Self.facts(ParsingReply(message: message)) == Self.facts(reply))
    // No quote of it is escaped.
    #expect(message.count < document.utf8.count + 2_000)
  }

  @Test func repliesWithoutADocumentComeAsTheyWereSent() throws {
    let message = try #require(ParsingReply.progress(1 << 40).message())
    guard case .progress(1 << 40)? = ParsingReply(message: message) else {
      Issue.record("another reply came")
      return
    }
  }

  @Test func whatIsNoReplyIsRefused() throws {
    let message = try #require(Self.reply("{\"é\": 1}").message())
    let json = message.count - "{\"é\": 1}".utf8.count
    // Cut anywhere in front of the document, or inside of a character of it.
    for count in 0..<json { #expect(Self.isRefused(message.prefix(count))) }
    #expect(Self.isRefused(message.prefix(json + 3)))
    // A length that reaches beyond the end.
    #expect(Self.isRefused([0xFF, 0xFF, 0xFF, 0xFF] + message.dropFirst(4)))
    // Other bytes are refused or are other values; none end the process that reads them.
    var random = SeededNumbers(seed: 30)
    var refused = 0
    for _ in 0..<500 {
      var other = message
      other[Int.random(in: 0..<json, using: &random)] = .random(in: 0...255, using: &random)
      if Self.isRefused(other) { refused += 1 }
    }
    #expect(refused > 100)
  }
}
