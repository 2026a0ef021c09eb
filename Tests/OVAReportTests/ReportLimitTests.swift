import Foundation
import OVABasics
import OVAReport
import OVARules
import OVATargets
import OVATestSupport
import Testing

/// Tests that what a platform does not take is left out, the least severe first, and counted
/// visibly.
@Suite struct ReportLimitTests {
  private func results(
    _ packages: Int, _ findings: Int, text: (Int) -> String = { "message \($0)" }
  ) -> [CheckResult] {
    (0..<packages).map { package in
      ReportSamples.result(
        "images/\(package).ova",
        (0..<findings).map { number in
          ReportSamples.finding(
            number.isMultiple(of: 3) ? .error : number.isMultiple(of: 2) ? .warning : .info,
            text(package * findings + number),
            at: Place("images/\(package).ova/web.ovf", line: number + 1))
        })
    }
  }

  private func sarifRun(_ bytes: [UInt8]) throws -> [String: Any] {
    let document = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    return try #require((document?["runs"] as? [[String: Any]])?.first)
  }

  @Test func `SARIF keeps the 25,000 most severe results, which take less than 10 MB compressed`()
    throws
  {
    let all = results(40, 1_000)
    let (bytes, omissions) = ReportSamples.written(.sarif, all)
    let run = try sarifRun(bytes)
    let levels = (run["results"] as? [[String: Any]] ?? []).compactMap { $0["level"] as? String }
    #expect(levels.count == 25_000)
    let errors = all.reduce(0) { $0 + $1.count(.error) }
    let warnings = all.reduce(0) { $0 + $1.count(.warning) }
    #expect(levels.count { $0 == "error" } == errors)
    #expect(levels.count { $0 == "warning" } == 25_000 - errors)
    #expect(warnings > 25_000 - errors)
    #expect(omissions.count == 2)
    #expect(omissions[0].hasPrefix("15000 results left out of the SARIF file, the least severe"))
    #expect(
      omissions[1].hasPrefix("of 25000 results in the SARIF file GitHub shows the most severe 5000")
    )
    let notes = (run["invocations"] as? [[String: Any]])?.first?["toolExecutionNotifications"]
    let told = (notes as? [[String: Any]] ?? []).compactMap {
      ($0["message"] as? [String: Any])?["text"] as? String
    }
    #expect(told == omissions)
    let packed = try OVATestSupport.run("gzip", ["-c"], input: bytes)
    #expect(packed.output.count < 10_000_000, "\(packed.output.count)")
  }

  @Test func `results of large texts are kept to what GitHub takes`() throws {
    var state: UInt64 = 1
    let all = results(20, 300) { _ in
      (0..<250).map { _ -> String in
        state = state &* 6_364_136_223_846_793_005 &+ 1
        return String(state, radix: 36)
      }.joined()
    }
    let (bytes, omissions) = ReportSamples.written(.sarif, all)
    let packed = try OVATestSupport.run("gzip", ["-c"], input: bytes)
    #expect(packed.output.count < 10_000_000, "\(packed.output.count)")
    #expect(omissions.first?.contains("left out of the SARIF file") == true)
  }

  @Test func `a step has ten annotations of each kind, and the log has the others`() {
    let (bytes, omissions) = ReportSamples.written(.github, results(2, 60))
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    for kind in ["error", "warning", "notice"] {
      #expect(lines.count { $0.hasPrefix("::\(kind) ") } == 10, "\(kind)")
    }
    // The totals and what was left out follow the 120.
    #expect(lines.count == 122)
    #expect(
      omissions == [
        "30 errors, 30 warnings, 30 infos without an annotation: GitHub shows 10 of each kind in "
          + "a step; they are in the log, and in the other formats"
      ])
    #expect(lines.last.map(String.init) == omissions.first)
  }

  @Test func `the summary of a job takes 1 MiB, errors before the rest`() {
    let all = results(60, 300) { "message \($0) " + String(repeating: "word ", count: 20) }
    let (bytes, omissions) = ReportSamples.written(.markdown, all)
    #expect(bytes.count < 1_048_576)
    let text = String(decoding: bytes, as: UTF8.self)
    let shown = text.split(separator: "\n").count { $0.hasPrefix("- **error**") }
    let errors = all.reduce(0) { $0 + $1.count(.error) }
    #expect(shown > 1_000 && shown < errors)
    #expect(!text.contains("- **warning**"))
    #expect(omissions.count == 1)
    let warnings = all.reduce(0) { $0 + $1.count(.warning) }
    #expect(
      omissions[0].hasPrefix(
        "\(errors - shown) errors, \(warnings) warnings, "), "\(omissions)")
    #expect(text.contains("> \(omissions[0])"))
  }

  @Test func `targets that have no room in the summary are counted`() {
    let target = Target.all[0]
    let reason = TargetAnswer.Reason(
      target.product.allConditions[0], at: [TargetCondition.Hit(Place("a.ovf", line: 1))])
    let all = (0..<10_000).map { number in
      ReportSamples.result(
        "images/\(number).ova", [], targets: [TargetAnswer(of: target, for: [reason])])
    }
    let (bytes, omissions) = ReportSamples.written(.markdown, all)
    #expect(bytes.count < 1_048_576)
    let tables = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .count { $0.hasPrefix("| Target |") }
    #expect(tables > 500)
    #expect(
      omissions.first?.hasPrefix("the targets of \(10_000 - tables) packages left out") == true,
      "\(omissions)")
  }

  @Test func `a JUnit report takes what GitLab reads`() throws {
    let all = results(40, 900) { "message \($0) " + String(repeating: "word ", count: 180) }
    let (bytes, omissions) = ReportSamples.written(.junit, all)
    #expect(bytes.count < 30_000_000)
    #expect(omissions.first?.contains("left out of the JUnit report") == true)
  }

  @Test func `a page that browsers still show tells what it does not hold`() {
    let all = results(20, 900) { "message \($0) " + String(repeating: "word ", count: 180) }
    let (bytes, omissions) = ReportSamples.written(.html, all)
    #expect(bytes.count < 17_000_000)
    #expect(omissions.first?.contains("left out of the page with") == true)
    #expect(
      String(decoding: bytes, as: UTF8.self).contains(omissions.first ?? "nothing"))
  }

  @Test(arguments: CheckFormat.allCases)
  func `a small run loses nothing`(format: CheckFormat) {
    let (_, omissions) = ReportSamples.written(format, results(2, 9))
    #expect(omissions.isEmpty)
  }
}
