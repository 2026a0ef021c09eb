/// A baseline in a run: which of its entries were found again.
struct BaselineUse: Sendable {
  let baseline: Baseline
  private var found: Set<FindingFingerprint> = []
  /// The packages that were judged whole, by their paths from the baseline's folder.
  private var packages: [String: FindingReview.Reviewed] = [:]

  init(_ baseline: Baseline) { self.baseline = baseline }

  /// Counts what was found in a package.
  mutating func add(_ fingerprints: [FindingFingerprint], _ package: FindingReview.Reviewed) {
    found.formUnion(fingerprints)
    if package.isJudgedWhole { packages[baseline.base.relative(package.path)] = package }
  }

  /// The entries that would have been found in the packages of the run if they still held.
  func unused() -> [Baseline.Entry] {
    baseline.entries.filter { entry in
      guard !found.contains(entry.fingerprint), let package = package(of: entry.file) else {
        return false
      }
      // A rule that there is no more finds nothing.
      guard let rule = try? RuleName(entry.rule) else { return true }
      return rule.isAboutRules || package.targets.contains(where: rule.isAbout)
    }
  }

  /// The package that a file is, or is in; nil where it was not judged whole.
  private func package(of file: String) -> FindingReview.Reviewed? {
    var path = file[...]
    while true {
      if let package = packages[String(path)] { return package }
      guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
      path = path[..<slash]
    }
  }
}
