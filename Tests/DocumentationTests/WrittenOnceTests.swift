import Foundation
import OVATestSupport
import Testing

/// What the house has one of is not written again elsewhere.
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
}
