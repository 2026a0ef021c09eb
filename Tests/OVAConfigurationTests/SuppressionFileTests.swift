import Foundation
import OVABasics
import OVAConfiguration
import OVAPolicy
import OVATestSupport
import OVATime
import Testing

/// Ignore files and baselines: what they say, and every way of being wrong.
@Suite struct SuppressionFileTests {
  private func ignoreList(_ text: String) throws -> IgnoreList {
    let folder = try TemporaryFolder()
    let file = try folder.write(Array(text.utf8), to: ".ovaignore.yaml")
    return try IgnoreFile.read(file, shown: "ignore", workingFolder: "/")
  }

  private func baseline(_ text: String) throws -> Baseline {
    let folder = try TemporaryFolder()
    let file = try folder.write(Array(text.utf8), to: "baseline.json")
    return try BaselineFile.read(file, workingFolder: "/")
  }

  private static let ignoreText = """
    # What we know of.
    ignore:
      - rule: manifest-weak-algorithm
        path: legacy/*.ova
        reason: The vendor signs with SHA-1 until 9.2.
        expires: 2027-03-01
      - rule: disks
        reason: "A template: its disks are blank."
    """

  @Test func `entries are read with their lines`() throws {
    let list = try ignoreList(Self.ignoreText)
    #expect(list.entries.map(\.rule.text) == ["manifest-weak-algorithm", "disks"])
    #expect(list.entries.map(\.path?.text) == ["legacy/*.ova", nil])
    #expect(list.entries.map(\.expires?.description) == ["2027-03-01", nil])
    #expect(list.entries.map(\.place.description) == ["ignore:3", "ignore:7"])
    #expect(list.entries.last?.reason == "A template: its disks are blank.")
  }

  @Test(arguments: ["", "# nothing\n", "ignore:\n", "ignore: []\n"])
  func `a file may have no entries`(text: String) throws {
    #expect(try ignoreList(text).entries == [])
  }

  @Test(arguments: [
    ("ignore:\n  - rule: disks", 2, "'ignore' lacks 'reason'"),
    ("ignore:\n  - reason: x", 2, "'ignore' lacks 'rule'"),
    ("ignore:\n  - rule: disks\n    reason: ''", 3, "'ignore.reason' is empty"),
    ("ignore:\n  - rule: disks\n    reason: '  '", 3, "'ignore.reason' is blank"),
    (
      "ignore:\n  - rule: disk-blanc\n    reason: x", 2,
      "'ignore.rule' is unknown: no rule, group or target is named 'disk-blanc'; nearest: 'disk-blank'"
    ),
    (
      "ignore:\n  - rule: disks\n    reason: x\n    expires: 2027-02-30", 4,
      "'ignore.expires' is '2027-02-30', which is no day such as 2027-03-01"
    ),
    (
      "ignore:\n  - rule: disks\n    reason: x\n    expire: 2027-02-03", 4,
      "unknown key 'expire' in 'ignore'; nearest: 'expires'"
    ),
    ("ignores: []", 1, "unknown key 'ignores'; nearest: 'ignore'"),
    ("ignore: x", 1, "'ignore' is not a list"),
    ("- rule: disks", 1, "the file is not a set of keys with values"),
    ("ignore:\n  - disks", 2, "'ignore' is not a set of keys with values"),
    ("ignore:\n  - rule: disks\n    path: ''\n    reason: x", 3, "'ignore.path' is empty"),
    (
      "ignore:\n  - rule: disks\n    path: '*/../a'\n    reason: x", 3,
      "'ignore.path' is '*/../a', in which '..' leads up from a pattern"
    ),
  ])
  func `a mistake in an ignore file is told with its line`(
    text: String, line: Int, words: String
  ) throws {
    let error = #expect(throws: ConfigurationErrors.self) { try ignoreList(text) }
    #expect(
      error?.errors.first?.reason.hasPrefix(words) == true, "\(error?.errors.first?.reason ?? "")")
    #expect(error?.errors.first?.place == Place("ignore", line: line))
    #expect(error?.errors.first?.doing == "follow the ignore file")
  }

  private static let baselineText = """
    {
      "schema": "ovakit/baseline/1.0",
      "findings": [
        {
          "fingerprint": "0123456789abcdef0123456789abcdef",
          "rule": "manifest-absent",
          "file": "web.ova",
          "message": "m"
        }
      ]
    }
    """

  @Test func `a baseline holds fingerprints`() throws {
    let baseline = try baseline(Self.baselineText)
    let known = try #require(FindingFingerprint("0123456789abcdef0123456789abcdef"))
    let other = try #require(FindingFingerprint("1123456789abcdef0123456789abcdef"))
    #expect(baseline.contains(known))
    #expect(baseline.contains(other) == false)
  }

  @Test(arguments: [
    ("", 1, "the file is empty"), ("{}", 1, "the file lacks 'schema'"),
    (
      "{\"schema\": \"ovakit/check/1.4\", \"findings\": []}", 1,
      "'schema' is 'ovakit/check/1.4', and not that of a baseline"
    ),
    (
      "{\"schema\": \"ovakit/baseline/1.0\",\n\"findings\": [\n{\"fingerprint\": \"12\"}]}", 3,
      "'findings.fingerprint' is not 32 hexadecimal digits"
    ),
    (
      "{\"schema\": \"ovakit/baseline/1.0\",\n\"findings\": [1]}", 2,
      "'findings' is not a set of keys"
    ),
  ])
  func `a mistake in a baseline is told with its line`(
    text: String, line: Int, words: String
  ) throws {
    let error = #expect(throws: ConfigurationErrors.self) { try baseline(text) }
    #expect(
      error?.errors.first?.reason.hasPrefix(words) == true, "\(error?.errors.first?.reason ?? "")")
    #expect(error?.errors.first?.place.line == line)
    #expect(error?.errors.first?.doing == "follow the baseline")
  }

  /// Bytes changed, left out and put in: what is read is read, and all else is an error with a line.
  @Test func `a damaged file is an error with a line and never a crash`() throws {
    var numbers = SystemRandomNumberGenerator()
    let configuration = "server:\n  listen: '[::1]:80'\n  limits: {query_bytes: 4096}\n"
    let readers: [(String, (String) throws -> Void)] = [
      (Self.ignoreText, { _ = try ignoreList($0) }),
      (Self.baselineText, { _ = try baseline($0) }),
      (configuration, { _ = try Configuration($0, file: "ova.yaml") }),
    ]
    let rounds = Int(ProcessInfo.processInfo.environment["OVA_MUTATIONS"] ?? "") ?? 300
    for (text, read) in readers {
      for _ in 0..<rounds {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &numbers) {
          let index = Int.random(in: 0..<bytes.count, using: &numbers)
          switch Int.random(in: 0..<4, using: &numbers) {
          case 0: bytes.remove(at: index)
          case 1:
            bytes[index] = "{}[]:-,'\"#&*!|>%@`\t\n 0a".utf8.randomElement(using: &numbers) ?? 0
          case 2: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &numbers)], at: index)
          default: bytes.removeSubrange(index...)
          }
          if bytes.isEmpty { bytes = [0x0A] }
        }
        let damaged = String(decoding: bytes, as: UTF8.self)
        do {
          try read(damaged)
        } catch let failure as ConfigurationErrors {
          let error = try #require(failure.errors.first)
          #expect((error.place.line ?? 0) >= 1, "\(damaged)")
          #expect(error.reason.isEmpty == false)
        } catch {
          Issue.record("\(error): \(damaged)")
        }
      }
    }
  }

  @Test(arguments: [
    String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
    String(repeating: "{a: ", count: 100_000),
    "a: &a [x, x]\nb: &b [*a, *a]\n"
      + (0..<60).map {
        "c\($0): &c\($0) [*\($0 == 0 ? "b" : "c\($0 - 1)"), *\($0 == 0 ? "b" : "c\($0 - 1)")]"
      }
      .joined(separator: "\n"),
    "a: *nothing", "%YAML 9.9\n---\na: b", "a: b\n---\nc: d", "\u{FEFF}ignor: []", "!!binary x: y",
    "? [a]\n: b", "ignore: !!set {a, b}",
  ])
  func `a hostile file is an error with a line`(text: String) throws {
    let error = #expect(throws: ConfigurationErrors.self) { try ignoreList(text) }
    #expect((error?.errors.first?.place.line ?? 0) >= 1)
  }

  @Test func `a file that is not UTF-8 is told with the line`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Array("a: b\nc: ".utf8) + [0xFF], to: "ova.yaml")
    let error = #expect(throws: ConfigurationErrors.self) { try Configuration(file: file) }
    #expect(error?.errors.first?.place == Place(file, line: 2))
    #expect(error?.errors.first?.reason == "it is not UTF-8")
  }
}
