import Foundation
import OVATestSupport
import Testing

/// The transcripts of the README are what the commands answer, run in `samples/`.
@Suite struct ReadmeTests {
  /// A block that begins with `$ ova …` and goes on with what that answers.
  private static let mark = "<!-- run -->\n```console\n"
  private static let readme = OVATool.project.appendingPathComponent("README.md")

  @Test func everyTranscriptIsWhatTheCommandAnswers() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let parts = text.components(separatedBy: Self.mark)
    var renewed = parts[0]
    for part in parts.dropFirst() {
      let end = try #require(part.range(of: "```"))
      let block = part[..<end.lowerBound]
      let command = try #require(block.split(separator: "\n").first.map(String.init))
      let answer = try transcript(of: command)
      if ProcessInfo.processInfo.environment["RECORD"] == nil {
        #expect(String(block) == answer, "\(command)")
      }
      renewed += Self.mark + answer + part[end.lowerBound...]
    }
    #expect(parts.count > 3)
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try renewed.write(to: Self.readme, atomically: true, encoding: .utf8)
    }
  }

  private func transcript(of command: String) throws -> String {
    let words = command.split(separator: " ").map(String.init)
    try #require(words.prefix(2) == ["$", "ova"])
    // Modification times are the checkout's, so that a copy with fixed ones stands for it.
    let folder = try TemporaryFolder()
    let samples = folder.path("samples")
    try FileManager.default.copyItem(
      atPath: OVATool.project.appendingPathComponent("samples").path, toPath: samples)
    for name in FileManager.default.subpaths(atPath: samples) ?? [] {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_767_225_600)],
        ofItemAtPath: "\(samples)/\(name)")
    }
    let result = try run(OVATool.path, Array(words.dropFirst(2)), in: samples)
    return command + "\n" + result.text.replacing("\r\n", with: "\n") + result.errorText
  }
}
