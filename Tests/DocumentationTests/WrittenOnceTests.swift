import Foundation
import OVATestSupport
import Testing

/// Tests that what the project has one of is not written again elsewhere.
@Suite struct WrittenOnceTests {
  private static let project = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Code that does by itself what the house has something for.
  struct Duty: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// A pattern of `grep -E` that such code is of.
    let pattern: String
    /// A line that is of the pattern.
    let example: String
    /// The files that may have such lines.
    var files: Set<String> = []
  }

  private static let duties = [
    Duty(
      testDescription: "hexadecimal text is written by Hex",
      pattern: #"String\(([^()"]|\([^()]*\))*, radix: 16|format: "%[0-9]*[xX]"#,
      example: "String(UInt64.random(in: 1...9), radix: 16)"),
    Duty(
      testDescription: "percent escapes are read and written by PercentCoding",
      pattern: "removingPercentEncoding|addingPercentEncoding",
      example: "text.removingPercentEncoding ?? text"),
    Duty(
      testDescription: "times of ISO 8601 are read by OVATime",
      pattern: #"ISO8601DateFormatter|\.iso8601|timegm\("#, example: "Int64(timegm(&time))",
      // The form of header fields, `Sun, 06 Nov 1994 08:49:37 GMT`, is no other's.
      files: ["Sources/OVARemote/HTTP/HTTPDate.swift"]),
  ]

  @Test(arguments: duties)
  func `a duty is one file's alone`(_ duty: Duty) throws {
    let result = try run(
      "grep", ["-rnE", "--include=*.swift", "--", duty.pattern, "Sources"],
      in: Self.project.path(percentEncoded: false))
    // 1 says that nothing was found.
    #expect(result.status <= 1)
    let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
    let found = lines.filter { line in
      !duty.files.contains(String(line.prefix { $0 != ":" }))
        && !line.hasPrefix("Sources/OVATestSupport/") && !line.hasPrefix("Sources/MakeSamples/")
    }
    #expect(found == [])
    #expect(duty.example.range(of: duty.pattern, options: .regularExpression) != nil)
  }

  /// The files of all sources with their texts.
  private static func sources() throws -> [(file: String, text: String)] {
    let files = try #require(
      FileManager.default.enumerator(
        at: project.appending(path: "Sources"), includingPropertiesForKeys: nil))
    var found: [(file: String, text: String)] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      found.append((file.path, try String(contentsOf: file, encoding: .utf8)))
    }
    #expect(found.count > 500)
    return found
  }

  @Test func `no documentation comment says a thing twice`() throws {
    for (file, text) in try Self.sources() {
      for paragraphs in Self.comments(in: text) {
        #expect(Set(paragraphs).count == paragraphs.count, "\(file): \(paragraphs)")
      }
    }
    let twice = "/// One thing that is said.\n///\n/// One thing that is\n/// said again.\n"
    #expect(Self.comments(in: twice) == [["One thing that is", "One thing that is"]])
  }

  @Test func `a documentation comment begins with what the thing is or does`() throws {
    for (file, text) in try Self.sources() {
      #expect(Self.fragments(in: text) == [], "\(file)")
    }
    let text = """
      /// Whether it is open.
      let a = true
        /// The lock
        /// What is done.
      let b = 1
      /// In bytes.
      """
    #expect(Self.fragments(in: text) == ["/// Whether it is open.", "/// In bytes."])
  }

  /// The first lines of documentation comments that begin as a question or in the middle of a
  /// sentence.
  private static func fragments(in text: String) -> [Substring] {
    let words: Set<Substring> = [
      "What", "Whether", "How", "Where", "Who", "Whose", "Why", "When", "Which",
      "Of", "For", "In", "From", "By", "With", "To", "At", "On", "Into", "Without", "Below",
      "Until",
      "After", "Before", "As", "Among", "Through", "Between", "Against",
    ]
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.drop { $0 == " " } }
    return lines.indices.filter { index in
      let isFirst = index == 0 || !lines[index - 1].hasPrefix("///")
      let parts = lines[index].split(separator: " ", maxSplits: 2)
      return isFirst && parts.count > 1 && parts[0] == "///" && words.contains(parts[1])
    }.map { lines[$0] }
  }

  /// The first four words of each paragraph of prose of each documentation comment.
  private static func comments(in text: String) -> [[String]] {
    var comments: [[String]] = []
    var isOpen = false
    var isStart = true
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = line.drop { $0 == " " }
      guard line.hasPrefix("///") else {
        isOpen = false
        continue
      }
      if !isOpen { comments.append([]) }
      isStart = isStart || !isOpen
      isOpen = true
      let words = line.dropFirst(3).split(separator: " ")
      if isStart, words.count >= 4, words[0] != "-", words[0] != "|" {
        comments[comments.count - 1].append(words.prefix(4).joined(separator: " "))
      }
      isStart = words.isEmpty
    }
    return comments
  }
}
