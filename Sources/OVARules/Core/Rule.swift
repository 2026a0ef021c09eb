public import OVABasics
public import OVAPackage

/// One thing that can be wrong with a package: how to see it, why it matters, how to fix it.
///
/// A rule is a value in a file of its own. It judges the typed package and the evidence of the
/// reading pass; it never reads files or XML.
public struct Rule: Sendable, Identifiable {
  /// The parts of a package that rules look at.
  public enum Group: String, Sendable, CaseIterable {
    /// The archive or folder and the names in it.
    case package
    /// The manifest.
    case manifest
    /// The certificate and its signature.
    case certificate
    /// The References of the descriptor and the files they name.
    case references
    /// The disks' own bytes.
    case disks
    /// The descriptor's XML and envelope.
    case descriptor
    /// Virtual hardware.
    case hardware
    /// Products and their properties.
    case properties
    /// The requirements of a configuration, and the files that accept findings.
    case policy
  }

  /// The basis of a rule.
  public enum Basis: Sendable, Hashable {
    /// A clause of a standard: `DSP0243 7.1`.
    case clause(String)
    /// The behavior of products, in a sentence.
    case practice(String)
  }

  /// The stable name, in kebab case, that says the fault; never used again for another.
  public let id: String
  /// The part of a package that it looks at.
  public let group: Group
  /// One line: what is wrong.
  public let title: String
  /// The severity of its findings, unless a finding has its own.
  public let severity: Severity
  /// Raised when the rule judges differently, so that stored verdicts are made again.
  public let version: Int
  /// The basis.
  public let basis: Basis
  /// The consequence for whoever imports the package.
  public let why: String
  /// The way to fix it, as an instruction.
  public let fix: String
  /// The failures to open a package that are findings of this rule.
  public let failures: Set<PackageFailure>
  /// Packages in which it finds something.
  public let triggering: [Example]
  /// Packages in which it finds nothing.
  public let passing: [Example]
  /// The judgment itself.
  package let judge: @Sendable (CheckedPackage, inout Findings) -> Void

  package init(
    id: String, group: Group, title: String, severity: Severity, version: Int = 1, basis: Basis,
    why: String, fix: String, failures: Set<PackageFailure> = [], triggering: [Example],
    passing: [Example],
    judge: @escaping @Sendable (CheckedPackage, inout Findings) -> Void
  ) {
    self.id = id
    self.group = group
    self.title = title
    self.severity = severity
    self.version = version
    self.basis = basis
    self.why = why
    self.fix = fix
    self.failures = failures
    self.triggering = triggering
    self.passing = passing
    self.judge = judge
  }
}

/// Collects the findings of rules in one package.
package struct Findings {
  private let rules: [Rule]
  /// The rule that judges.
  private var judging: Int
  private(set) var all: [Finding] = []
  /// The number of findings that the rule that judges may still add.
  private var left = 0
  /// The findings that it wanted to add beyond that.
  private var excess: (count: Int, first: Place, severity: Severity)?

  /// The most findings of one rule that are listed.
  private static let most = Limits().findings

  fileprivate init(of rules: [Rule]) {
    self.rules = rules
    judging = rules.startIndex
  }

  /// Has every rule judge. By index, since a copy of each rule for each package would cost more
  /// than most rules' judgment.
  fileprivate mutating func gather(from package: CheckedPackage) {
    for index in rules.indices {
      judging = index
      left = Self.most
      rules[index].judge(package, &self)
      addExcess()
    }
  }

  /// Says how many findings of a rule are not listed.
  private mutating func addExcess() {
    guard let (count, place, severity) = excess else { return }
    excess = nil
    let words =
      count == 1 ? "1 more finding of this rule is" : "\(count) more findings of this rule are"
    all.append(
      Finding(
        rule: rules[judging].id, severity: severity,
        message: "\(words) not listed; the limit 'findings' is \(Self.most)", place: place,
        fix: "Fix what is listed, then check again."))
  }

  /// Adds a finding at `place`; severity and fix are the rule's unless given.
  package mutating func add(
    _ message: String, at place: Place, expected: String? = nil, found: String? = nil,
    severity: Severity? = nil, fix: String? = nil
  ) {
    guard left > 0 else {
      let severity = severity ?? rules[judging].severity
      excess = (
        (excess?.count ?? 0) + 1, excess?.first ?? place,
        max(excess?.severity ?? severity, severity)
      )
      return
    }
    left -= 1
    all.append(
      Finding(
        rule: rules[judging].id, severity: severity ?? rules[judging].severity, message: message,
        place: place, expected: expected, found: found, fix: fix ?? rules[judging].fix))
  }
}

extension Rule {
  /// Judges a package by this rule.
  public func findings(in package: CheckedPackage) -> [Finding] {
    var findings = Findings(of: [self])
    findings.gather(from: package)
    return findings.all
  }

  /// Makes findings of a failure to open a package because of its content; none where the file
  /// could not be read.
  public static func findings(of failure: PackageError) -> [Finding] {
    guard let rule = all.first(where: { $0.failures.contains(failure.code) }) else { return [] }
    // The words of the XML library say what is wrong, and not with what.
    let isMalformed = failure.code == .descriptorMalformed
    let message =
      isMalformed
      ? "the descriptor is not well-formed XML: \(failure.reason)" : failure.reason
    return [
      Finding(
        rule: rule.id, severity: rule.severity, message: message, place: failure.place,
        fix: failure.fix?.asSentence ?? rule.fix)
    ]
  }

  /// Judges a package by rules; findings are in the order of their places, and equal ones occur
  /// once.
  public static func findings(of rules: [Rule], in package: CheckedPackage) -> [Finding] {
    var findings = Findings(of: rules)
    findings.gather(from: package)
    var said: [Finding] = []
    said.reserveCapacity(findings.all.count)
    for finding in findings.all.sorted() where said.last != finding { said.append(finding) }
    return said
  }
}

extension String {
  /// An error's advice as a fix states it: with a capital letter and a full stop.
  var asSentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
