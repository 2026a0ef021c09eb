import Foundation
import OVATestSupport
import Testing

/// The transcripts of the README and the documents are what the commands answer, run in `samples/`.
@Suite struct ReadmeTests {
  /// A block of commands, each with what it answers.
  private static let mark = "<!-- run -->\n```console\n"

  @Test(arguments: ["README.md", "docs/scanning.md", "docs/formats.md", "docs/policy.md"])
  func everyTranscriptIsWhatTheCommandAnswers(document: String) throws {
    let url = OVATool.project.appendingPathComponent(document)
    let text = try String(contentsOf: url, encoding: .utf8)
    let records = ProcessInfo.processInfo.environment["RECORD"] != nil
    let parts = text.components(separatedBy: Self.mark)
    #expect(parts.count > 3)
    let samples = try copyOfSamples()
    var renewed = parts[0]
    for part in parts.dropFirst() {
      let end = try #require(part.range(of: "```"))
      let block = part[..<end.lowerBound]
      let commands = block.split(separator: "\n").filter { $0.hasPrefix("$ ") }
      try #require(!commands.isEmpty)
      let answer = try commands.map { try transcript(of: String($0), in: samples.path("samples")) }
        .joined()
      if !records { #expect(String(block) == answer) }
      renewed += Self.mark + answer + part[end.lowerBound...]
    }
    if records { try renewed.write(to: url, atomically: true, encoding: .utf8) }
  }

  /// Modification times are the checkout's, so that a copy with fixed ones stands for it.
  private func copyOfSamples() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let samples = folder.path("samples")
    try FileManager.default.copyItem(
      atPath: OVATool.project.appendingPathComponent("samples").path, toPath: samples)
    for name in FileManager.default.subpaths(atPath: samples) ?? [] {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_767_225_600)],
        ofItemAtPath: "\(samples)/\(name)")
    }
    return folder
  }

  private func transcript(of command: String, in folder: String) throws -> String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    // What was copied by a command is as old as the samples.
    let words = "cp() { command cp -p \"$@\"; }; \(command.dropFirst(2))"
    let result = try run(
      "bash", ["-c", words], in: folder, environment: ["PATH": "\(OVATool.folder):\(path)"])
    return command + "\n" + result.text.replacing("\r\n", with: "\n") + result.errorText
  }
}
