import Foundation
import OVABasics
import OVAPackage
import OVAPolicy
import OVAReport
import OVARules
import OVATargets

/// Results to be reported.
enum ReportSamples {
  static let base = BasePath("/work", workingFolder: "/work")

  static func writing(failsFrom: Severity? = .error) -> CheckWriting {
    CheckWriting(
      base: base, version: "1.2.3", failsFrom: failsFrom, text: CheckText(style: .plain))
  }

  /// The document that a format writes of results, and its note on what it left out.
  static func written(
    _ format: CheckFormat, _ results: [CheckResult], failsFrom: Severity? = .error
  ) -> (bytes: [UInt8], omissions: [String]) {
    var writer = writing(failsFrom: failsFrom).writer(format)
    var sum = CheckSum()
    var bytes: [UInt8] = []
    for result in results {
      sum.add(result)
      bytes += writer.write(result)
    }
    bytes += writer.end(sum)
    return (bytes, writer.omissions)
  }

  static func text(
    _ format: CheckFormat, _ results: [CheckResult], failsFrom: Severity? = .error
  ) -> String {
    String(decoding: written(format, results, failsFrom: failsFrom).bytes, as: UTF8.self)
  }

  /// A result of a package in a folder.
  static func result(
    _ path: String, _ findings: [Finding], suppression: Suppression? = nil,
    targets: [TargetAnswer] = []
  ) -> CheckResult {
    CheckResult(
      path: path, outcome: .faulty,
      findings: findings.map { CheckFinding($0, suppression: suppression) }, targets: targets)
  }

  static func finding(
    _ severity: Severity, _ message: String, at place: Place, rule: String = "file-missing",
    expected: String? = nil, found: String? = nil, fix: String = "Add the file."
  ) -> Finding {
    Finding(
      rule: rule, severity: severity, message: message, place: place, expected: expected,
      found: found, fix: fix)
  }

  /// Results with text that is to act on readers in every part that a package can say.
  static func nasty(seed: UInt64) -> [CheckResult] {
    var nasty = NastyText(seed: seed)
    let path = "images/" + nasty.text()
    let findings = (0..<4).map { number in
      finding(
        nasty.one(of: Severity.allCases), nasty.text() + " \(number)",
        at: Place(
          "\(path)/\(nasty.text())", line: nasty.flag() ? number + 1 : nil,
          column: nasty.flag() ? 3 : nil),
        rule: nasty.one(of: ["file-missing", "manifest-digest-mismatch"]),
        expected: nasty.flag() ? nasty.text() : nil, found: nasty.flag() ? nasty.text() : nil,
        fix: "Run `ova fix \(nasty.text())` or " + nasty.text())
    }
    let suppressed = Suppression(.ignoreFile, reason: nasty.text())
    let error = PackageError(
      code: .inputOutput, doing: "read it", reason: nasty.text(), place: Place(nasty.text()),
      fix: nasty.text())
    let target = Target.all[0]
    let reason = TargetAnswer.Reason(
      target.product.allConditions[0],
      at: [TargetCondition.Hit(Place(nasty.text()), found: nasty.text(), reads: nasty.text())])
    return [
      result(path, findings, targets: [TargetAnswer(of: target, for: [reason])]),
      result("b.ova", [findings[0]], suppression: suppressed),
      CheckResult(path: nasty.text(), failure: error),
    ]
  }

  /// The seeds with which the properties are tried: as many as `REPORT_SEEDS` says, else a few.
  static let seeds: Range<UInt64> = {
    let text = ProcessInfo.processInfo.environment["REPORT_SEEDS"] ?? ""
    return 1..<(UInt64(text).map { $0 + 1 } ?? 41)
  }()
}
