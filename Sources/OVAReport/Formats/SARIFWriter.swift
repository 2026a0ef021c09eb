import OVABasics
import OVAPolicy
import OVARules
import OVATargets

/// SARIF 2.1.0 (OASIS Standard, 27 March 2020), one run with at most as many results as GitHub's code
/// scanning takes.
struct SARIFWriter: CheckWriter {
  /// Results of a run that GitHub takes; with more it refuses the file.
  static let mostResults = 25_000
  /// Results of a run that GitHub shows, the most severe.
  static let shownResults = 5_000
  /// Bytes of results as gzip leaves them, by a cautious estimate: GitHub takes 10 MB of a compressed
  /// file.
  static let mostBytes = 9_000_000

  private let base: BasePath
  private let version: String
  private var results: [Result] = []
  private var bytes = 0
  private var leftOut = 0
  private var artifacts = SARIFArtifacts()
  private var notifications: [JSON] = []

  /// A result that is kept, with what its place among the others goes by.
  private struct Result {
    let severity: Severity
    let number: Int
    let rule: String
    let kind: ReportEntry.Kind
    /// Everything but the rule's index, which is known at the end.
    let members: [(key: String, value: JSON)]
    let size: Int
  }

  init(base: BasePath, version: String) {
    self.base = base
    self.version = version
  }

  mutating func write(_ result: CheckResult) -> [UInt8] {
    artifacts.add(package: ReportLocation(Place(result.path), in: result, base: base).uri)
    for (entry, fingerprint) in ReportEntry.identified(of: result, base: base) {
      let location = ReportLocation(entry.finding.place, in: result, base: base)
      if entry.kind == .unreadable {
        notifications.append(notification(entry, location))
        continue
      }
      add(entry, fingerprint, location, result)
    }
    return []
  }

  private mutating func add(
    _ entry: ReportEntry, _ fingerprint: FindingFingerprint, _ location: ReportLocation,
    _ result: CheckResult
  ) {
    let artifact = artifacts.index(of: location)
    let members = SARIFResult(
      entry: entry, fingerprint: fingerprint, location: location, artifact: artifact,
      package: result.path
    ).members
    // What differs from result to result is packed to no less than its texts hold; the rest recurs.
    let finding = entry.finding
    let own = [finding.message, finding.expected ?? "", finding.found ?? ""]
      .reduce(0) { $0 + $1.utf8.count }
    let all = members.reduce(0) { $0 + $1.value.bytes().count + $1.key.utf8.count + 4 }
    let size = own * 85 / 100 + all / 12 + 40
    results.append(
      Result(
        severity: entry.finding.severity, number: results.count + leftOut, rule: entry.finding.rule,
        kind: entry.kind, members: members, size: size))
    bytes += size
    if results.count > Self.mostResults + 5_000 || bytes > Self.mostBytes * 5 / 4 { shorten() }
  }

  /// Leaves out what is too much: the least severe first, and of these the last.
  private mutating func shorten() {
    results.sort { $0.severity == $1.severity ? $0.number < $1.number : $0.severity > $1.severity }
    while results.count > Self.mostResults || bytes > Self.mostBytes, let last = results.popLast() {
      bytes -= last.size
      leftOut += 1
    }
  }

  mutating func end(_ sum: CheckSum) -> [UInt8] {
    shorten()
    var rules = SARIFRules()
    let written = results.map { result in
      JSON.object(
        [
          ("ruleId", .string(result.rule)),
          ("ruleIndex", .number(rules.index(of: result.rule, result.kind))),
        ] + result.members)
    }
    let notes = omissions.map { text -> JSON in
      ["level": "warning", "message": ["text": .string(text)]]
    }
    let run: JSON = [
      "tool": [
        "driver": [
          "name": "ova", "version": .string(version), "semanticVersion": .string(version),
          "rules": .array(rules.all),
        ]
      ],
      "invocations": .array([
        [
          "executionSuccessful": .bool(sum.unreadable == 0 && sum.incomplete == 0),
          "toolExecutionNotifications": .array(notifications + notes),
        ]
      ]),
      "artifacts": .array(artifacts.all), "results": .array(written),
      "properties": [
        "packages": .number(sum.packages), "unreadable": .number(sum.unreadable),
        "resultsLeftOut": .number(leftOut),
      ],
    ]
    let document: JSON = [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": .array([run]),
    ]
    return document.pretty()
  }

  var omissions: [String] {
    var sentences: [String] = []
    if leftOut > 0 {
      sentences.append(
        "\(leftOut) result\(leftOut == 1 ? "" : "s") left out of the SARIF file, the least severe: "
          + "GitHub takes \(Self.mostResults) results and 10 MB compressed")
    }
    if results.count > Self.shownResults {
      sentences.append(
        "of \(results.count) results in the SARIF file GitHub shows the most severe "
          + "\(Self.shownResults)")
    }
    return sentences
  }

  private func notification(_ entry: ReportEntry, _ location: ReportLocation) -> JSON {
    [
      "level": "error", "descriptor": ["id": .string(entry.finding.rule)],
      "message": [
        "text": .string(
          SARIFResult.text("\(entry.finding.place): \(entry.finding.message)"))
      ],
      "locations": .array([
        [
          "physicalLocation": [
            "artifactLocation": ["uri": .string(location.uri), "uriBaseId": "%SRCROOT%"]
          ]
        ]
      ]),
    ]
  }
}
