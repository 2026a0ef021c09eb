import OVABasics
package import OVAPackage
package import OVARules
package import OVATargets
import OVFDescriptor
import VirtualDisks

/// The result of checking one path, as values: nothing of the package stays with it.
package struct CheckResult: Sendable {
  /// The outcome of the check.
  package enum Outcome: Sendable {
    /// The package was read and judged.
    case checked(CheckedFacts)
    /// The bytes are no package; the findings say why.
    case faulty
    /// The machine did not let it be read.
    case unreadable(PackageError)
  }

  /// The kind of thing that was checked.
  package enum Subject: String, Sendable {
    /// A package.
    case package
    /// The ignore file of packages, whose entries have findings of their own.
    case ignoreFile = "ignore-file"
    /// The baseline, whose entries have findings of their own.
    case baseline
  }

  /// The kind of thing that was checked.
  package let subject: Subject
  /// The path as it was given.
  package let path: String
  /// The outcome of the check.
  package let outcome: Outcome
  /// The findings in the order of their places, those that are suppressed among them; none of what
  /// is unreadable.
  package let all: [CheckFinding]
  /// The answers of the targets, in the order in which they were named; none for a file that is no
  /// package.
  package let targets: [TargetAnswer]

  package init(
    path: String, outcome: Outcome, findings: [CheckFinding] = [], targets: [TargetAnswer] = [],
    subject: Subject = .package
  ) {
    self.subject = subject
    self.path = path
    self.outcome = outcome
    all = findings
    self.targets = targets
  }

  /// Makes the result of a package that was read.
  /// - Parameter fixable: the rules whose findings `ova fix` repairs.
  package init(
    path: String, checked: CheckedPackage, findings: [Finding], fixable: Set<String> = [],
    targets: [TargetAnswer] = []
  ) {
    self.init(
      path: path, outcome: .checked(CheckedFacts(checked)),
      findings: findings.map { CheckFinding($0, isFixable: fixable.contains($0.rule)) },
      targets: targets)
  }

  /// Makes the result of something that could not be opened: findings on its content, or that the
  /// machine did not let it be read.
  package init(path: String, failure: PackageError) {
    let findings = Rule.findings(of: failure)
    self.init(
      path: path, outcome: findings.isEmpty ? .unreadable(failure) : .faulty,
      findings: findings.map { CheckFinding($0) })
  }

  /// The findings that count.
  package var findings: [CheckFinding] { all.filter { $0.suppression == nil } }

  /// The findings that somebody has accepted.
  package var suppressed: [CheckFinding] { all.filter { $0.suppression != nil } }

  /// True if the machine did not let it be read.
  package var isUnreadable: Bool {
    if case .unreadable = outcome { return true }
    return false
  }

  /// The same with other findings: for selections and suppressions.
  package func with(
    _ findings: [CheckFinding], targets answers: [TargetAnswer]? = nil
  ) -> CheckResult {
    CheckResult(
      path: path, outcome: outcome, findings: findings, targets: answers ?? targets,
      subject: subject)
  }

  /// The worst severity among the findings that count.
  package var worst: Severity? { findings.map(\.finding.severity).max() }

  /// The worst severity among what is known against the package for the targets.
  package var worstOfTargets: Severity? {
    targets.flatMap(\.reasons).map(\.condition.effect.severity).max()
  }

  /// Counts the findings of a severity that count.
  package func count(_ severity: Severity) -> Int {
    findings.count { $0.finding.severity == severity }
  }
}

/// The parts of a package that were read.
package struct CheckedFacts: Sendable, Hashable, Codable {
  /// True if it is an archive, so that its files are members of one.
  package let isArchive: Bool
  /// True if digests were computed.
  package let digestsComputed: Bool
  /// True if every digest of a manifest was compared.
  package let areDigestsVerified: Bool
  /// True if every byte of every disk was looked at, and none is missing or damaged.
  package let areDisksVerified: Bool
  /// True if the machine let all of it be read.
  package let isReadWhole: Bool
  /// The disks whose grains were read.
  let grains: [GrainsRead]
  /// The verification of each disk that has no grains, and the lack of it for any; without a deep
  /// check nothing.
  let verifications: [Verification]

  /// A part of a disk that was verified, or was not.
  struct Verification: Sendable, Hashable, Codable {
    /// The href of the disk.
    let disk: String
    /// The part, in words.
    let part: String
    let isVerified: Bool
  }

  package init(_ checked: CheckedPackage) {
    isArchive = checked.package.isArchive
    digestsComputed = checked.evidence.digestsComputed
    areDigestsVerified = checked.areDigestsVerified
    areDisksVerified = checked.areDisksVerified
    isReadWhole = checked.isReadWhole
    grains = GrainsRead.all(of: checked)
    guard checked.evidence.disksChecked else {
      verifications = []
      return
    }
    verifications = checked.package.disks.flatMap { disk -> [Verification] in
      let verification = checked.verification(of: disk)
      let name = disk.reference.reference.href?.text ?? ""
      let read = checked.grains(of: disk) == nil ? verification.checked : []
      return read.map { Verification(disk: name, part: $0, isVerified: true) }
        + verification.unchecked.map { Verification(disk: name, part: $0, isVerified: false) }
    }
  }
}
