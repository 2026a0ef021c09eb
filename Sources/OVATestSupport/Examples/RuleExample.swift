import OVABasics
import OVAPackage
public import OVARules
import OVFXML

/// One example of one rule.
public struct RuleExample: CustomStringConvertible, Sendable {
  public let rule: Rule
  /// Its place among the rule's examples of its kind, from 1.
  public let number: Int
  public let example: Example

  /// An example with its rule.
  public init(rule: Rule, number: Int, example: Example) {
    self.rule = rule
    self.number = number
    self.example = example
  }

  public var description: String { "\(rule.id) #\(number)" }

  /// All rules' examples of a kind.
  public static func all(_ examples: KeyPath<Rule, [Example]>) -> [RuleExample] {
    Rule.all.flatMap { of($0, examples) }
  }

  /// A rule's examples of a kind.
  public static func of(_ rule: Rule, _ examples: KeyPath<Rule, [Example]>) -> [RuleExample] {
    rule[keyPath: examples].enumerated().map {
      RuleExample(rule: rule, number: $0.offset + 1, example: $0.element)
    }
  }

  /// The findings of the whole check in the example's package, with places inside the package.
  /// - Parameter commands: run by the shell in the package's folder before the check.
  /// - Throws: when the example cannot be built, or a command fails.
  public func findings(afterRunning commands: [String] = []) async throws -> [Finding] {
    let folder = try TemporaryFolder()
    return try await findings(in: folder, afterRunning: commands).map { finding in
      Finding(
        rule: finding.rule, severity: finding.severity,
        message: finding.message.replacing(folder.path + "/", with: ""),
        place: finding.place.renamed(finding.place.file.replacing(folder.path + "/", with: "")),
        expected: finding.expected, found: finding.found, fix: finding.fix)
    }
  }

  private func findings(
    in folder: TemporaryFolder, afterRunning commands: [String]
  ) async throws -> [Finding] {
    let built = try ExamplePackage(example)
    var path = try built.write(example.form, to: folder)
    for command in commands {
      let result = try run("bash", ["-ec", command], in: folder.path)
      guard result.status == 0 else {
        throw ExamplePackage.Mistake(description: "\(command): \(result.errorText)")
      }
      path = folder.path(example.form == .ova ? "web.ova" : SoundPackage.descriptorName)
    }
    let package: Package
    do throws(PackageError) {
      package = try Package.open(path)
    } catch {
      return Rule.findings(of: error)
    }
    try built.disturb(example.form, in: folder)
    var options = ReadingOptions()
    options.deep = true
    let schemas = try TemporaryFolder()
    if let schema = built.schema {
      try schemas.write(Array(schema.utf8), to: "ovf.xsd")
      options.schemas = SchemaFolder(schemas.path)
    }
    let judgment = SignatureJudgment(
      trust: try TestCertificates.trustedRoots(), date: TestCertificates.date)
    return Rule.findings(of: Rule.all, in: await package.checked(options, signature: judgment))
  }
}
