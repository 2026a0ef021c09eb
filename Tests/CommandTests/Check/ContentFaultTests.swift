import Foundation
import OVATestSupport
import Testing

/// Something that was read and is no package.
struct ContentFault: CustomTestStringConvertible, Sendable {
  let name: String
  let bytes: [UInt8]
  let rule: String
  /// The message of the finding.
  let says: String

  init(_ name: String, _ text: String, _ rule: String, says: String) {
    self.init(name, bytes: Array(text.utf8), rule, says: says)
  }

  init(_ name: String, bytes: [UInt8], _ rule: String, says: String) {
    self.name = name
    self.bytes = bytes
    self.rule = rule
    self.says = says
  }

  var testDescription: String { "\(name): \(says)" }

  private static func archive(_ files: (String, String)...) -> [UInt8] {
    var tar = TarBuilder()
    for (name, text) in files { tar.file(name, Array(text.utf8)) }
    tar.end()
    return tar.bytes
  }

  static let all = [
    ContentFault("a.ova", bytes: [], "package-empty", says: "empty"),
    ContentFault(
      "a.ova", bytes: [0x1F, 0x8B, 8] + Array(repeating: 0, count: 600), "archive-not-tar",
      says: "a gzip stream"),
    ContentFault("a.ova", "PK\u{3}\u{4}xxxxxxxx", "archive-not-tar", says: "a ZIP archive"),
    ContentFault(
      "a.ova", bytes: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4], "archive-not-tar",
      says: "a 7-Zip archive"),
    ContentFault(
      "a.ova", "<!DOCTYPE html><html><body>404</body></html>", "archive-not-tar",
      says: "an HTML page"),
    ContentFault(
      "a.ova", bytes: Array("KDMV".utf8) + [UInt8](repeating: 0, count: 1020), "archive-not-tar",
      says: "a VMDK"),
    ContentFault(
      "a.ova", bytes: Array("QFI\u{FB}".utf8.prefix(3)) + [0xFB, 0, 0, 0, 3], "archive-not-tar",
      says: "a QCOW2 disk"),
    ContentFault(
      "a.ova",
      bytes: [UInt8](repeating: 0, count: 32_768) + [1] + Array("CD001".utf8)
        + [UInt8](repeating: 0, count: 4_000), "archive-not-tar", says: "an ISO 9660 image"),
    ContentFault(
      "a.ova", bytes: [0x7F, 0x45, 0x4C, 0x46] + [UInt8](repeating: 1, count: 600),
      "archive-not-tar", says: "a program"),
    ContentFault(
      "a.ova", bytes: [UInt8](repeating: 0, count: 70_000), "archive-not-tar",
      says: "nothing but zeros"),
    ContentFault("a.ova", "%PDF-1.4\n%x", "archive-not-tar", says: "a PDF document"),
    ContentFault(
      "a.ova", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
      "archive-not-tar", says: "Git LFS pointer"),
    ContentFault(
      "a.ova", "/annex/objects/SHA256E-s9--0000000000000000.ova\n", "archive-not-tar",
      says: "git-annex pointer"),
    ContentFault("a.ova", "hello\n", "archive-not-tar", says: "plain text"),
    ContentFault(
      "a.ova", bytes: archive(("disk.vmdk", "x")), "descriptor-missing", says: "disk.vmdk"),
    ContentFault(
      "a.ova", bytes: archive(("a.ovf", "<Envelope>\n<References>\n</Envelope>")),
      "descriptor-malformed", says: "not well-formed XML"),
    ContentFault(
      "a.ova", bytes: archive(("a.ovf", "<note>hello</note>")), "descriptor-not-ovf",
      says: "'note'"),
    ContentFault("a.ova", bytes: archive(("a.ovf", "")), "descriptor-not-ovf", says: "empty"),
    ContentFault(
      "a.ova", bytes: Array(archive(("a.ovf", String(repeating: "<a>", count: 900))).prefix(1024)),
      "member-truncated", says: "bytes are missing"),
    ContentFault(
      "a.ova", bytes: archive(("a.ovf", String(repeating: "<a>", count: 900))),
      "limit-exceeded", says: "nested deeper"),
  ]
}

@Suite struct ContentFaultTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private struct Checked {
    let rules: [String]
    let package: [String: Any]
    let finding: [String: Any]
  }

  private func checked(_ result: ToolResult) throws -> Checked {
    let package = try #require((result.object()["packages"] as? [[String: Any]])?.first)
    let findings = try #require(package["findings"] as? [[String: Any]])
    return Checked(
      rules: findings.compactMap { $0["rule"] as? String }, package: package,
      finding: findings.first ?? [:])
  }

  @Test(arguments: ContentFault.all)
  func `what is no package is a finding with a rule, from a file and from standard input`(
    _ fault: ContentFault
  ) throws {
    let path = try folder.write(fault.bytes, to: fault.name)
    for argument in [path, "-"] {
      let result = try OVATool.run(
        "check", "--format", "json", "--stdin-filename", path, argument, input: fault.bytes)
      #expect(result.status == 1, "\(result.errorText)")
      #expect(result.errors.isEmpty)
      let checked = try checked(result)
      #expect(checked.rules == [fault.rule])
      #expect(checked.package["state"] as? String == "checked")
      #expect(checked.package["error"] is NSNull)
      #expect(checked.package["digests_verified"] as? Bool == false)
      #expect(checked.package["disks_verified"] as? Bool == false)
      #expect(checked.finding["severity"] as? String == "error")
      let message = try #require(checked.finding["message"] as? String)
      #expect(message.contains(fault.says), "\(message)")
      let place = try #require(checked.finding["place"] as? [String: Any])
      #expect((place["file"] as? String)?.hasPrefix(path) == true)
      #expect((checked.finding["fix"] as? String)?.isEmpty == false)
      var summary = try #require(try result.object()["summary"] as? [String: Any])
      #expect((summary.removeValue(forKey: "targets") as? [Any])?.isEmpty == true)
      #expect((summary.removeValue(forKey: "rules") as? [Any])?.count == 1)
      #expect(
        summary as? [String: Int] == [
          "packages": 1, "errors": 1, "warnings": 0, "infos": 0, "unreadable": 0, "suppressed": 0,
        ])
    }
  }

  @Test func `text and quiet text tell the finding, and ndjson has it on its line`() throws {
    let path = try folder.write("hello\n", to: "a.ova")
    let text = try OVATool.run("check", path)
    #expect(text.status == 1)
    #expect(text.text.contains("\(path)  1 error\n"))
    #expect(text.text.contains("[archive-not-tar]"))
    #expect(text.text.hasSuffix("1 package, 1 error\n"))
    #expect(!text.text.contains("unreadable"))
    let quiet = try OVATool.run("check", "--quiet", path)
    #expect(quiet.status == 1)
    #expect(quiet.text.contains("[archive-not-tar]"))
    let lenient = try OVATool.run("check", "--quiet", "--fail-on", "none", path)
    #expect(lenient.status == 0)
    #expect(lenient.output.isEmpty)
    let line = try OVATool.run("check", "--format", "ndjson", path)
    #expect(line.status == 1)
    #expect(line.text.contains("\"rule\":\"archive-not-tar\""))
  }

  @Test func `a folder without a package is a finding, and of several each is checked`() throws {
    try folder.write("x", to: "none/readme.txt")
    let none = try OVATool.run("check", "--format", "json", folder.path("none"))
    #expect(none.status == 1)
    let checked = try checked(none)
    #expect(checked.rules == ["descriptor-missing"])
    #expect((checked.finding["message"] as? String)?.contains("no descriptor") == true)
    try folder.write("<a/>", to: "two/a.ovf")
    try folder.write("<b/>", to: "two/b.ovf")
    let two = try OVATool.run("check", "--format", "json", folder.path("two"))
    #expect(two.status == 1)
    let packages = try two.object()["packages"] as? [[String: Any]]
    #expect(
      packages?.compactMap { $0["path"] as? String }
        == [folder.path("two/a.ovf"), folder.path("two/b.ovf")])
    // A command that takes one package has to be told which.
    let one = try OVATool.run("inspect", folder.path("two"))
    #expect(one.status == 3)
    #expect(one.errorText.contains("2 descriptors lie in it: a.ovf, b.ovf"))
  }

  @Test func `what the machine does not let be read is unreadable, and outweighs findings`() throws
  {
    let bad = try folder.write("hello\n", to: "a.ova")
    let loop = folder.path("loop.ova")
    try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
    for path in [folder.path("none.ova"), loop] {
      let alone = try OVATool.run("check", path)
      #expect(alone.status == 3)
      #expect(alone.text.contains("unreadable"))
      let both = try OVATool.run("check", bad, path, OVATool.sample("good/web.ova"))
      #expect(both.status == 3)
      #expect(both.text.contains("[archive-not-tar]"))
      #expect(both.text.contains("good/web.ova  good"))
      #expect(both.text.hasSuffix("3 packages, 1 error, 1 unreadable\n"))
    }
  }

  @Test func `a copy of what is no package is not kept`() throws {
    let copy = folder.path("copy.ova")
    let result = try OVATool.run("check", "--tee", copy, "-", input: Array("hello\n".utf8))
    #expect(result.status == 1)
    #expect(!folder.has("copy.ova"))
  }
}
