import OVAAuthoring
import OVABasics
import OVAConfiguration
import OVAIntegrity
import OVAPackage
import OVARules

/// A package with what every rule says of it.
struct JudgedPackage {
  let checked: CheckedPackage
  let findings: [Finding]

  /// Reads a package once and judges it.
  /// - Parameters:
  ///   - algorithms: digests that are wanted of every file besides the manifest's.
  ///   - progress: told what is read.
  init(
    _ package: Package, algorithms: Set<DigestAlgorithm> = [], progress: ProgressLine
  ) {
    var options = ReadingOptions()
    options.always = algorithms
    progress.turn(to: "checking")
    progress.begin(package.path, bytes: package.files.reduce(0) { $0 &+ $1.size })
    checked = package.checkedOnThisThread(options) { progress.add($0) }
    progress.finish(package.path)
    progress.end()
    findings = Rule.findings(of: Rule.all, in: checked)
  }

  /// The findings of every rule in an archive that was just written and has no name yet.
  /// - Throws: `PackageError` when not all of it can be read.
  static func findings(
    in written: WrittenArchive, _ progress: ProgressLine
  ) throws(PackageError) -> [Finding] {
    let judged = JudgedPackage(try written.package(), progress: progress)
    try judged.checked.confirmReadWhole()
    return judged.findings
  }
}

extension [Finding] {
  /// The findings that mean that a package is broken.
  var errors: [Finding] { filter { $0.severity == .error } }

  /// The rules that find more errors here than in another state of the package.
  func rulesWithMoreErrors(than before: [Finding]) -> [String] {
    func counts(_ findings: [Finding]) -> [String: Int] {
      findings.reduce(into: [:]) { counts, finding in
        if finding.severity == .error { counts[finding.rule, default: 0] += 1 }
      }
    }
    let known = counts(before)
    return counts(self).filter { $0.value > known[$0.key, default: 0] }.keys.sorted()
  }
}

extension Output {
  /// Says findings as words: what, where and what to do.
  func findings(_ findings: [Finding]) {
    for finding in findings {
      line("  \(finding.severity.rawValue) \(finding.message.forDisplay) [\(finding.rule)]")
      line("    at        \(finding.place.description.forDisplay)")
      line("    fix       \(finding.fix.forDisplay)")
    }
  }

  /// Says why something could not be done.
  func error(_ error: some ExplainedError) {
    line("ova: \(error.description.linesForDisplay)")
  }

  /// Says everything that is wrong with configurations, ignore files or baselines.
  func errors(_ errors: ConfigurationErrors) {
    errors.errors.forEach(error)
    if errors.hasMore { line("ova: more is wrong; what is listed are the first errors alone") }
  }
}
