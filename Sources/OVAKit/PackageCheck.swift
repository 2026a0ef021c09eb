import OVABasics
import OVAReport

/// The result of checking one package: every finding, and what was read.
public struct PackageCheck: Sendable {
  /// The path or name that was checked.
  public var path: String { result.path }
  /// All findings, in the order of their places.
  public var findings: [Finding] { result.all.map(\.finding) }
  /// The package with the evidence of its reading pass; nil when what was read is no package.
  public let checked: CheckedPackage?
  /// The highest severity among the findings; nil without findings.
  public var worst: Severity? { result.worst }
  /// True if no finding is an error.
  public var passes: Bool { worst.map { $0 < .error } ?? true }
  /// The ids of the rules whose findings `FixPlan` can repair without a decision of the user's.
  public var fixable: Set<String> { Set(result.all.filter(\.isFixable).map(\.finding.rule)) }

  private let result: CheckResult

  init(_ result: CheckResult, _ checked: CheckedPackage? = nil) {
    self.result = result
    self.checked = checked
  }

  /// Writes the result as JSON in UTF-8, in the format `ovakit/check`.
  /// - Parameter pretty: whether it is indented and ends with a line feed; one line otherwise.
  public func json(pretty: Bool = false) -> [UInt8] {
    let line = CheckJSON.line(result)
    return pretty ? line.pretty() : line.bytes()
  }

  /// Writes the result as `ova check` prints it, without colors.
  public func text() -> String { CheckText(style: .plain).text(result) }
}

extension Package {
  /// Opens and checks what lies at a path: an archive, a descriptor beside its files, or a folder.
  ///
  /// A file that is no package is a result with findings, not an error.
  /// - Parameters:
  ///   - path: where it lies.
  ///   - options: what is read: digests, every part of every disk, schemas.
  ///   - signature: whom to trust, and at what time.
  /// - Throws: `PackageError` when the file cannot be read: there is none, or no permission.
  public static func check(
    _ path: String, _ options: ReadingOptions = ReadingOptions(),
    signature: SignatureJudgment = SignatureJudgment()
  ) async throws(PackageError) -> PackageCheck {
    let package: Package
    do throws(PackageError) {
      package = try Package.open(path)
    } catch {
      let result = CheckResult(path: path, failure: error)
      guard !result.isUnreadable else { throw error }
      return PackageCheck(result)
    }
    return await package.check(options, signature: signature)
  }

  /// Checks the package with all rules.
  /// - Parameters:
  ///   - options: what is read: digests, every part of every disk, schemas.
  ///   - signature: whom to trust, and at what time.
  public func check(
    _ options: ReadingOptions = ReadingOptions(),
    signature: SignatureJudgment = SignatureJudgment()
  ) async -> PackageCheck {
    let checked = await checked(options, signature: signature)
    let findings = Rule.findings(of: Rule.all, in: checked)
    return PackageCheck(
      CheckResult(
        path: path, checked: checked, findings: findings,
        fixable: RepairForecast.fixable(in: checked, findings: findings)), checked)
  }
}
