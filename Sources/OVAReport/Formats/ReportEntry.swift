import OVABasics
import OVAPackage
import OVAPolicy
import OVARules
import OVATargets

/// One thing that a report lists: a finding, what is known against a package for a target, or that
/// something could not be read.
struct ReportEntry: Sendable {
  /// The kind of entry.
  enum Kind: Sendable, Hashable {
    /// A rule's finding.
    case finding
    /// That a condition of a target holds; with the target's id.
    case target(String)
    /// That the machine did not let the package be read.
    case unreadable
  }

  /// The id under which that is reported.
  static let unreadableRule = "package-unreadable"

  let kind: Kind
  /// Rule, severity, message, place, values and fix, whatever the kind.
  let finding: Finding
  let isFixable: Bool
  let suppression: Suppression?
}

extension ReportEntry {
  /// Everything that is reported of a package: what could not be read, findings in the order of
  /// their places, then targets.
  static func all(of result: CheckResult) -> [ReportEntry] {
    var entries: [ReportEntry] = []
    if case .unreadable(let error) = result.outcome {
      entries.append(
        ReportEntry(
          kind: .unreadable,
          finding: Finding(
            rule: unreadableRule, severity: .error,
            message: "cannot \(error.doing): \(error.reason)", place: error.place,
            fix: error.fix ?? "See that the file can be read, and check it again."),
          isFixable: false, suppression: nil))
    }
    entries += result.all.map {
      ReportEntry(
        kind: .finding, finding: $0.finding, isFixable: $0.isFixable, suppression: $0.suppression)
    }
    for answer in result.targets {
      for reason in answer.reasons {
        entries += reason.hits.map {
          ReportEntry(
            kind: .target(answer.target.id), finding: finding(answer, reason, $0),
            isFixable: false, suppression: nil)
        }
      }
    }
    return entries
  }

  /// The same, each with what identifies it from one run to the next.
  static func identified(
    of result: CheckResult, base: BasePath
  ) -> [(entry: ReportEntry, fingerprint: FindingFingerprint)] {
    let entries = all(of: result)
    let fingerprints = FindingFingerprint.all(
      of: entries.map(\.finding), inPackage: result.path, base: base)
    return zip(entries, fingerprints).map { ($0, $1) }
  }

  private static func finding(
    _ answer: TargetAnswer, _ reason: TargetAnswer.Reason, _ hit: TargetCondition.Hit
  ) -> Finding {
    let condition = reason.condition
    let reads = hit.reads.map { " It reads \($0)." } ?? ""
    let decision = condition.dependsOn.map { " It depends on \($0)." } ?? ""
    return Finding(
      rule: condition.key, severity: condition.effect.severity,
      message: "\(answer.target.id): \(condition.title): \(condition.outcome)\(decision)\(reads)",
      place: hit.place, found: hit.found, fix: condition.fix)
  }
}

/// The location of an entry, as platforms that know the files of a repository need it.
struct ReportLocation: Sendable {
  /// The file that is there: the archive of a member, else the file itself; relative to the folder
  /// of the run where it lies in it.
  let path: String
  /// The member of the archive that it is about.
  let member: String?
  /// Line and column in `path`, where that is a text; nil for an archive's member.
  let line: Int?
  let column: Int?

  init(_ place: Place, in result: CheckResult, base: BasePath) {
    let prefix = result.path + "/"
    if result.isArchive, place.file.utf8.starts(with: prefix.utf8) {
      path = base.relative(result.path)
      member = String(Substring(place.file.utf8.dropFirst(prefix.utf8.count)))
      line = nil
      column = nil
    } else {
      path = base.relative(place.file)
      member = nil
      line = place.line
      column = place.line == nil ? nil : place.column
    }
  }

  /// The path as a reference of RFC 3986: percent-encoded, relative, or a `file` URI for what lies
  /// outside the folder of the run; a URL for what lies elsewhere.
  var uri: String {
    // These are encoded already, keys of buckets are not; what no URL holds is encoded in any case.
    if path.hasPrefix("https://") || path.hasPrefix("http://") {
      let reserved = Set("%:/?#[]@!$&'()*+,;=".utf8)
      return PercentCoding.encoded(path) { $0.isUnreserved || reserved.contains($0) }
    }
    if path.hasPrefix("s3://") {
      return "s3://"
        + PercentCoding.encoded(String(path.dropFirst(5))) {
          $0.isUnreserved || $0 == UInt8(ascii: "/")
        }
    }
    return (path.hasPrefix("/") ? "file://" : "")
      + PercentCoding.encoded(path.fileSystemBytes) { $0.isUnreserved || $0 == UInt8(ascii: "/") }
  }
}

extension CheckResult {
  /// True if it is an archive that was checked, so that its files are members of one.
  var isArchive: Bool {
    if case .checked(let facts) = outcome { return facts.isArchive }
    return false
  }
}

extension Place {
  /// The position behind a member's name, for messages: `web.ovf:12`, or nothing for the package
  /// itself.
  func inside(_ member: String?) -> String? { member.map { renamed($0).description } }
}
