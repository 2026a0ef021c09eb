import Foundation
import OVACommands
import OVATestSupport
import Testing

/// Commands that have something to say of more files than anybody reads of: they name the first
/// ones and count the others.
@MainActor @Suite struct ManyFilesTests {
  private let fixture: CommandFixture

  init() throws { fixture = try CommandFixture() }

  /// What is wrong with each of the files.
  enum Fault: CaseIterable {
    case digest, link, notThere

    /// What `unpack` says of a file, below the path of the archive.
    func line(_ name: String, _ number: Int) -> String {
      switch self {
      case .digest: "\(name): its SHA256 is not the one of the manifest"
      case .link: "\(name): it is a link to 'elsewhere'"
      case .notThere: "many.mf:\(number + 1): '\(name)' is listed and not there"
      }
    }
  }

  private static let descriptor = #"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"/>"#

  /// An archive of a descriptor, a manifest, and files with something wrong.
  private func archive(_ fault: Fault, count: Int) throws -> String {
    let names = (0..<count).map { "\($0).bin" }
    let lines = fault == .link ? [] : names
    var builder = TarBuilder()
    builder.file("many.ovf", Array(Self.descriptor.utf8))
    let zeros = String(repeating: "0", count: 64)
    builder.file("many.mf", Array(lines.map { "SHA256(\($0))= \(zeros)\n" }.joined().utf8))
    for name in names where fault != .notThere {
      var header = TarBuilder.Header(name)
      if fault == .link {
        header.typeFlag = UInt8(ascii: "2")
        header.link = "elsewhere"
      }
      builder.add(header)
    }
    builder.end()
    return try fixture.folder.write(builder.bytes, to: "in/many.ova")
  }

  @Test(arguments: Fault.allCases, [(1_000, nil), (1_200, 200)])
  func `unpack names a thousand files and counts the others`(
    fault: Fault, _ files: (count: Int, more: Int?)
  ) async throws {
    let path = try archive(fault, count: files.count)
    let folder = try fixture.makeFolder("out")
    let result = await fixture.run("unpack", path, "-C", folder)
    let lines = (0..<1_000).map { "  \(path)/\(fault.line("\($0).bin", $0))\n" }
    #expect(
      result
        == CommandResult(
          .findings,
          errorText: "ova: \(path): not unpacked\n" + lines.joined()
            + (files.more.map { "  and \($0) more\n" } ?? "")))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test(arguments: [20, 22])
  func `manifest names twenty lines that do not vouch and counts the others`(
    count: Int
  ) async throws {
    let path = try archive(.digest, count: count)
    let before = try fixture.folder.read("in/many.ova")
    let result = await fixture.run("manifest", path)
    let zeros = String(repeating: "0", count: 64)
    let lines = (0..<20).map { number in
      "  \(path)/many.mf:\(number + 1): SHA256(\(number).bin)= \(zeros): "
        + "the file's SHA256 is another\n"
    }
    #expect(
      result
        == CommandResult(
          .findings,
          errorText: "ova: \(path): no manifest is made: it would accept bytes for which the old "
            + "one does not vouch; look at them, and say --accept-content\n" + lines.joined()
            + (count > 20 ? "  and \(count - 20) more\n" : "")))
    #expect(try fixture.folder.read("in/many.ova") == before)
  }

  @Test func `manifest names a thousand faults and counts the others`() async throws {
    let path = try archive(.link, count: 1_003)
    let result = await fixture.run("manifest", path)
    let lines = (0..<1_000).map { number in
      "  \(path)/\(number).bin: it is a link, and what it stands for is not known\n"
    }
    #expect(
      result
        == CommandResult(
          .findings,
          errorText: "ova: \(path): no manifest is made\n" + lines.joined() + "  and 3 more\n"))
  }

  @Test func `fix names a thousand faults for people and all for programs`() async throws {
    let path = try archive(.link, count: 1_003)
    let result = await fixture.run("fix", path)
    let lines = (0..<1_000).map { number in
      "  not repaired: \(path)/\(number).bin: it is a link, and what it stands for is not known\n"
    }
    let begin = "\(path)\n" + lines.joined() + "  not repaired: and 3 more\n"
    #expect(result.status == .findings)
    #expect(result.text.hasPrefix(begin))
    #expect(!result.text.dropFirst(begin.count).contains("not repaired"))
    let json = await fixture.run("fix", path, "--format", "json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
    #expect((object["not_repaired"] as? [Any])?.count == 1_003)
  }
}
