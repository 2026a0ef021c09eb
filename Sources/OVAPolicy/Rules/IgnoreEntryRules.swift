import OVABasics
import OVARules
import OVATime

/// Findings on the entries of ignore files and baselines.
enum IgnoreEntryRules {
  /// The entry's day has come.
  static func expired(_ entry: IgnoreList.Entry) -> Finding {
    Finding(
      rule: Rule.ignoreExpired.id, severity: Rule.ignoreExpired.severity,
      message: "the entry for '\(entry.rule.text)' has expired and hides nothing",
      place: entry.place, expected: "a day to come",
      found: entry.expires?.description, fix: Rule.ignoreExpired.fix)
  }

  /// The entry hid nothing in this run.
  static func unused(_ entry: IgnoreList.Entry) -> Finding {
    let scope = entry.path.map { " in the checked packages that match '\($0.text)'" } ?? ""
    return Finding(
      rule: Rule.ignoreUnused.id, severity: Rule.ignoreUnused.severity,
      message: "the entry for '\(entry.rule.text)' hid nothing\(scope)", place: entry.place,
      fix: Rule.ignoreUnused.fix)
  }

  /// The baseline's entry was not found again.
  static func unused(_ entry: Baseline.Entry, of baseline: Baseline) -> Finding {
    Finding(
      rule: Rule.baselineUnused.id, severity: Rule.baselineUnused.severity,
      message: "the entry for '\(entry.rule)' is found no more",
      place: entry.place ?? Place(baseline.file), found: "\(entry.file): \(entry.message)",
      fix: Rule.baselineUnused.fix)
  }
}

extension Rule {
  /// The rules on ignore files and baselines.
  static let ignoreRules: [Rule] = [.ignoreExpired, .ignoreUnused, .baselineUnused]

  /// An entry of an ignore file is past its day.
  static let ignoreExpired = Rule(
    id: "ignore-expired",
    group: .policy,
    title: "An entry of the ignore file has expired",
    severity: .warning,
    basis: .practice("Findings are accepted until a day, so that somebody looks at them again."),
    why: "From the day in `expires` on the entry hides nothing: what it hid is reported again, and "
      + "counts again for the exit code.",
    fix: "Fix what the entry hid and remove the entry, or give it a later day and say why.",
    triggering: [], passing: []
  ) { _, _ in }

  /// An entry of an ignore file hides nothing.
  static let ignoreUnused = Rule(
    id: "ignore-unused",
    group: .policy,
    title: "An entry of the ignore file hides nothing",
    severity: .info,
    basis: .practice("What was fixed should not be hidden when it comes back."),
    why: "The finding was fixed, or the rule or the path is not the one that was meant. The entry "
      + "would hide the same fault without a word if it came back.",
    fix: "Remove the entry, unless it is for packages that were not checked this time, or for what "
      + "only `--deep`, `--schema` or `--target` find.",
    triggering: [], passing: []
  ) { _, _ in }

  /// An entry of a baseline is found no more.
  static let baselineUnused = Rule(
    id: "baseline-unused",
    group: .policy,
    title: "An entry of the baseline is found no more",
    severity: .info,
    basis: .practice("What was fixed should not be hidden when it comes back."),
    why: "The finding was fixed, or the package has changed so that it is another one. The entry "
      + "would hide the same fault without a word if it came back.",
    fix: "Write the baseline anew: `--write-baseline FILE --force`, with the packages and options "
      + "that it was written with.",
    triggering: [], passing: []
  ) { _, _ in }
}
