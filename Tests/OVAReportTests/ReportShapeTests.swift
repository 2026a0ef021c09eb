import Foundation
import OVABasics
import OVAPackage
import OVAPolicy
import OVAReport
import OVARules
import OVATargets
import Testing

/// Tests of the whole output of each format for the same findings.
@Suite struct ReportShapeTests {
  private static let finding = ReportSamples.finding(
    .error, "'disk.vmdk' is referenced and not in the package",
    at: Place("images/web/web.ovf", line: 8, column: 5), expected: "disk.vmdk",
    fix: "Add the file, or take its `File` out of the descriptor.")
  private static let results = [ReportSamples.result("images/web/web.ovf", [finding])]

  @Test func `concise has a line each`() {
    #expect(
      ReportSamples.text(.concise, Self.results)
        == "images/web/web.ovf:8:5: error file-missing 'disk.vmdk' is referenced and not in the "
        + "package\n")
  }

  @Test func `GitHub's command has file, line and column`() {
    #expect(
      ReportSamples.text(.github, Self.results) == """
        ::error file=images/web/web.ovf,line=8,col=5,title=file-missing::'disk.vmdk' is referenced \
        and not in the package%0Aexpected: disk.vmdk%0Afix: Add the file, or take its `File` out of \
        the descriptor.
        1 package, 1 error

        """)
  }

  @Test func `GitLab's report has what it needs`() throws {
    let issues = try #require(
      try JSONSerialization.jsonObject(
        with: Data(ReportSamples.written(.gitlab, Self.results).bytes)) as? [[String: Any]])
    let issue = try #require(issues.first)
    #expect(issues.count == 1)
    #expect(issue["check_name"] as? String == "file-missing")
    #expect(
      issue["description"] as? String == "'disk.vmdk' is referenced and not in the package")
    #expect(issue["severity"] as? String == "major")
    #expect((issue["fingerprint"] as? String)?.count == 32)
    let location = try #require(issue["location"] as? [String: Any])
    #expect(location["path"] as? String == "images/web/web.ovf")
    #expect((location["lines"] as? [String: Any])?["begin"] as? Int == 8)
  }

  @Test func `JUnit has a suite for each package and a case for each rule`() {
    let info = ReportSamples.finding(
      .info, "a note", at: Place("images/web/web.ovf"), rule: "note", fix: "Nothing.")
    let unreadable = CheckResult(
      path: "x.ova",
      failure: PackageError(
        code: .permissionDenied, doing: "open it", reason: "Permission denied",
        place: Place("x.ova")))
    let text = ReportSamples.text(
      .junit, [ReportSamples.result("images/web/web.ovf", [Self.finding, info]), unreadable])
    #expect(
      text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="ova check" tests="4" failures="1" errors="1" time="0">
          <testsuite name="images/web/web.ovf" tests="3" failures="1" errors="0" skipped="0" time="0">
            <testcase name="package" classname="images/web/web.ovf" file="images/web/web.ovf" time="0"/>
            <testcase name="file-missing" classname="images/web/web.ovf" file="images/web/web.ovf" time="0">
              <failure message="&#39;disk.vmdk&#39; is referenced and not in the package" type="file-missing">error: &#39;disk.vmdk&#39; is referenced and not in the package
          at: images/web/web.ovf:8:5
          expected: disk.vmdk
          fix: Add the file, or take its `File` out of the descriptor.
        </failure>
            </testcase>
            <testcase name="note" classname="images/web/web.ovf" file="images/web/web.ovf" time="0">
              <system-out>info: a note
          at: images/web/web.ovf
          fix: Nothing.
        </system-out>
            </testcase>
          </testsuite>
          <testsuite name="x.ova" tests="1" failures="0" errors="1" skipped="0" time="0">
            <testcase name="package" classname="x.ova" file="x.ova" time="0">
              <error message="cannot open it: Permission denied" type="package">error: cannot open it: Permission denied
          at: x.ova
          fix: See that the file can be read, and check it again.
        </error>
            </testcase>
          </testsuite>
        </testsuites>

        """, "\(text)")
  }

  @Test func `SARIF has rule, place, fingerprint and suppression`() throws {
    let suppressed = ReportSamples.result(
      "b.ovf", [ReportSamples.finding(.warning, "odd", at: Place("b.ovf", line: 2), rule: "odd")],
      suppression: Suppression(.baseline, reason: "known"))
    let outside = ReportSamples.result(
      "/elsewhere/ä b.ovf",
      [ReportSamples.finding(.info, "a [note](x)", at: Place("/elsewhere/ä b.ovf", line: 3))])
    let document = try #require(
      try JSONSerialization.jsonObject(
        with: Data(
          ReportSamples.written(.sarif, Self.results + [suppressed, outside]).bytes))
        as? [String: Any])
    #expect(document["version"] as? String == "2.1.0")
    let run = try #require((document["runs"] as? [[String: Any]])?.first)
    let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
    let rules = try #require(driver?["rules"] as? [[String: Any]])
    #expect(rules.map { $0["id"] as? String } == ["file-missing", "odd"])
    let missing = try #require(Rule.named("file-missing"))
    #expect(
      (rules[0]["shortDescription"] as? [String: Any])?["text"] as? String == missing.title)
    #expect(
      ((rules[0]["help"] as? [String: Any])?["markdown"] as? String)?.contains(missing.fix) == true)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["level"] as? String } == ["error", "warning", "note"])
    #expect(results.map { $0["ruleIndex"] as? Int } == [0, 1, 0])
    let places = results.map { result -> [String: Any] in
      let location = (result["locations"] as? [[String: Any]])?.first
      return location?["physicalLocation"] as? [String: Any] ?? [:]
    }
    let uris = places.map { ($0["artifactLocation"] as? [String: Any])?["uri"] as? String }
    #expect(uris == ["images/web/web.ovf", "b.ovf", "file:///elsewhere/%C3%A4%20b.ovf"])
    let region = places[0]["region"] as? [String: Any]
    #expect(region?["startLine"] as? Int == 8)
    #expect(region?["startColumn"] as? Int == 5)
    #expect((results[0]["suppressions"] as? [Any])?.isEmpty == true)
    let suppression = (results[1]["suppressions"] as? [[String: Any]])?.first
    #expect(suppression?["kind"] as? String == "external")
    #expect(suppression?["justification"] as? String == "known")
    #expect((results[2]["message"] as? [String: Any])?["text"] as? String == #"a [note\](x)"#)
  }

  @Test func `fingerprints survive moved lines and tell equal findings apart`() throws {
    func fingerprints(_ lines: [Int]) throws -> [String] {
      let result = ReportSamples.result(
        "a.ovf",
        lines.map { ReportSamples.finding(.error, "the same", at: Place("a.ovf", line: $0)) })
      let document = try JSONSerialization.jsonObject(
        with: Data(ReportSamples.written(.sarif, [result]).bytes))
      let runs = (document as? [String: Any])?["runs"] as? [[String: Any]]
      return (runs?.first?["results"] as? [[String: Any]] ?? []).compactMap {
        ($0["partialFingerprints"] as? [String: Any])?["primaryLocationLineHash"] as? String
      }
    }
    let first = try fingerprints([3, 9])
    #expect(Set(first).count == 2)
    #expect(try fingerprints([30, 90]) == first)
  }

  @Test func `a result passes between processes whole`() throws {
    let target = Target.all[0]
    let reason = TargetAnswer.Reason(
      target.product.allConditions[0],
      at: [TargetCondition.Hit(Place("a.ovf", line: 3), found: "x", reads: "y")])
    let result = ReportSamples.result(
      "a.ovf", [Self.finding], targets: [TargetAnswer(of: target, for: [reason])])
    let data = try JSONEncoder().encode(CheckMessage(result))
    let message = try JSONDecoder().decode(CheckMessage.self, from: data)
    let read = try #require(message.result(path: "a.ovf", targets: [target]))
    #expect(CheckJSON.package(read) == CheckJSON.package(result))
    // Answers that were not asked for are none.
    #expect(message.result(path: "a.ovf", targets: []) == nil)
    #expect(message.result(path: "a.ovf", targets: [Target.all[1]]) == nil)
  }
}
