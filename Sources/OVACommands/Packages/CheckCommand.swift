import ArgumentParser
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVAPackage
import OVAReport
import OVARules
import OVATargets
import OVFDescriptor
import OVFXML
import SystemPackage

/// `ova check`: may I upload this?
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks offline that packages are whole and will import.",
    discussion: """
      Says everything that is wrong, each with the place and a fix: of what is no package, too. \
      Exit code 1 says that there are findings at or above --fail-on, 3 that the machine did not \
      let something be read (no permission, an I/O error, no such file); 3 wins where both happen.

      With --target, each package is also judged for these products: "fails", "imports with loss", \
      "unknown" or "nothing known against it", with the reasons. A target that fails counts as an \
      error, a loss as a warning, the rest as information.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, ndjson }
  enum Threshold: String, ExpressibleByArgument, CaseIterable { case error, warning, info, none }

  @OptionGroup var packages: PackageArguments

  @Option(help: "text for people; json or ndjson for programs.")
  var format: Format = .text

  @Option(help: "The severity from which on findings fail the check.")
  var failOn: Threshold = .error

  @Flag(
    name: .shortAndLong,
    help: "Say only what fails the check, and nothing when all passes.")
  var quiet = false

  @Flag(name: .customLong("no-digests"), help: "Leave out what needs every byte to be read.")
  var withoutDigests = false

  @Flag(help: "Check every grain of every disk, in the same reading.")
  var deep = false

  @Option(
    help: ArgumentHelp(
      "Trust signers that a certificate of this PEM file vouches for, instead of those that the "
        + "system trusts; may be repeated.", valueName: "file"),
    completion: .file(extensions: ["pem", "crt"]))
  var trust: [FilePath] = []

  @Option(
    name: .customLong("target"),
    help: ArgumentHelp(
      "Say what is known of how this product takes the packages, such as vsphere, vsphere-8.0u2 or "
        + "all; may be repeated. Without a release the newest is meant.", valueName: "id"),
    completion: .list(["all"] + TargetProduct.all.map(\.id)))
  var targetNames: [String] = []

  @OptionGroup var stream: StreamOptions
  @Option(
    help: ArgumentHelp(
      "Validate descriptors against the schemas in this folder, such as DMTF's dsp8023 with all "
        + "that it imports; nothing is fetched.", valueName: "folder"),
    completion: .directory)
  var schema: FilePath?

  @OptionGroup var colors: ColorOptions

  @Flag(
    help: """
      Parse each package in a process that can only read it: no other files, no network, no \
      programs, limited memory and processor time.
      """)
  var sandbox = false

  func validate() throws {
    try packages.validateStreams()
    if sandbox, stream.tee != nil {
      throw ValidationError("--tee writes, which nothing does that is parsed with --sandbox.")
    }
    if quiet, format != .text { throw ValidationError("--quiet goes with --format text.") }
    if stream.tee != nil, packages.paths != [StreamOptions.standardInput] {
      throw ValidationError("--tee goes with '-' as the only package.")
    }
    if stream.force, stream.tee == nil { throw ValidationError("--force goes with --tee.") }
  }

  func run() throws {
    let targets = try TargetNames.targets(targetNames)
    let judgement = try SignatureJudgement(trust: trust)
    let copy = try stream.copy()
    let options = try readingOptions()
    if sandbox { Output.words.sandboxGaps() }
    // Of a package that was told only its numbers are kept: there may be thousands.
    var sum = CheckSum()
    var isFirst = true
    var status = ExitStatus.fine
    for path in packages.paths {
      let told =
        sandbox
        ? try SandboxedCheck(self).told(path)
        : told(check(path, options, judgement, copy, targets))
      sum.add(told.sum)
      switch format {
      case .text: Output.data.write(told.text)
      case .ndjson: Output.data.write(told.text + "\n")
      case .json:
        let package = JSON.written(Array(told.text.utf8))
        Output.data.write(CheckJSON.piece(package, isFirst: isFirst))
      }
      isFirst = false
    }
    switch format {
    case .text: Output.data.write(text.summary(sum))
    case .json: Output.data.write(CheckJSON.end(sum))
    case .ndjson: break
    }
    status = status.and(self.status(of: sum))
    try status.and(copy?.end(passed: status == .fine) ?? .fine).finish()
  }

  private var text: CheckText {
    CheckText(
      style: colors.isOn(for: .data) ? .colored : .plain,
      extent: quiet ? .failures(from: failOn.severity) : .everything)
  }

  private func readingOptions() throws -> ReadingOptions {
    var options = ReadingOptions()
    options.digests = !withoutDigests
    options.deep = deep
    options.schemas = try schema.map(schemaFolder)
    return options
  }

  /// What is told of one package, in the format that is asked for.
  struct Told: Codable, Sendable {
    /// Text, or a JSON document on one line.
    var text: String
    var sum: CheckSum
  }

  /// What is told of a result.
  func told(_ result: CheckResult) -> Told {
    var sum = CheckSum()
    sum.add(result)
    switch format {
    case .text: return Told(text: text.text(result), sum: sum)
    case .ndjson:
      return Told(text: String(decoding: CheckJSON.line(result).bytes(), as: UTF8.self), sum: sum)
    case .json:
      let document = CheckJSON.package(result).bytes()
      return Told(text: String(decoding: document, as: UTF8.self), sum: sum)
    }
  }

  /// Checks one of the packages in this process, and tells what there is to say.
  func toldHere(_ path: FilePath) throws -> Told {
    told(
      check(
        path, try readingOptions(), try SignatureJudgement(trust: trust), nil,
        try TargetNames.targets(targetNames)))
  }

  /// The schemas, of which there must be one for descriptors: a slip of the pen must not switch
  /// validation off.
  private func schemaFolder(_ path: FilePath) throws -> SchemaFolder {
    do throws(XMLError) {
      let folder = SchemaFolder(path.text)
      try folder.check(for: Envelope.namespaces)
      return folder
    } catch {
      Output.words.line("ova: --schema: \(error.description.inertLines)")
      throw ExitStatus.wrongUse
    }
  }

  private func check(
    _ path: FilePath, _ options: ReadingOptions, _ judgement: SignatureJudgement,
    _ copy: StreamCopy?, _ targets: [Target]
  ) -> CheckResult {
    let isStream = path == StreamOptions.standardInput
    let name = (isStream ? stream.name ?? path : path).text
    do throws(PackageError) {
      let checked =
        isStream
        ? try stream.check(options, judgement, copy: copy)
        : try Package.open(path).checkedOnThisThread(options, signature: judgement)
      let findings = Rule.findings(of: Rule.all, in: checked)
      try checked.package.confirmUnchanged()
      return CheckResult(
        path: name, outcome: .checked(checked, findings),
        fixable: RepairForecast.fixable(in: checked, findings: findings),
        targets: TargetAnswer.answers(for: targets, of: checked, findings: findings))
    } catch {
      return CheckResult(path: name, failure: error)
    }
  }

  private func status(of sum: CheckSum) -> ExitStatus {
    var status = ExitStatus.fine
    if let worst = sum.worst, let least = failOn.severity, worst >= least { status = .findings }
    return sum.unreadable + sum.incomplete > 0 ? status.and(.unreadable) : status
  }
}
extension SignatureJudgement {
  /// Judges now, by the certificates of the files, or the system's when there are none.
  fileprivate init(trust files: [FilePath]) throws {
    self.init()
    guard !files.isEmpty else { return }
    var pem: [UInt8] = []
    for file in files {
      do throws(ByteSourceError) {
        pem += try FileSource(file).allBytes(limit: 16 << 20, named: "trust") + [0x0A]
      } catch {
        throw ValidationError("--trust \(file.shown): \(error.reason.inert)")
      }
    }
    do throws(IntegrityError) {
      trust = try TrustRoots.pem(pem, name: files.map(\.text).joined(separator: ", "))
    } catch {
      throw ValidationError("--trust \(error.place.file.inert): \(error.reason.inert)")
    }
  }
}

extension CheckCommand.Threshold {
  fileprivate var severity: Severity? {
    switch self {
    case .error: .error
    case .warning: .warning
    case .info: .info
    case .none: nil
    }
  }
}
