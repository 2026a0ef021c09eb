import ArgumentParser
import OVAArchive
import OVABasics
import OVAByteSource
import OVAConfiguration
import OVAIntegrity
import OVAPackage
import OVAPolicy
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

      One run writes several reports: --format junit=tests.xml --format sarif=ova.sarif. Each file \
      appears whole or not at all; what a platform does not take is left out, the least severe \
      first, and counted. Formats do not change the exit code.

      Examples:
        ova check web.ova
        ova check --target vsphere-8.0u2 --fail-on warning web.ova
        ova check --ignore manifest-absent --severity disk-blank=info *.ova
        ova check --baseline baseline.json images
        curl -s https://example.org/web.ova | ova check - --tee web.ova
      """)

  enum Threshold: String, ExpressibleByArgument, CaseIterable { case error, warning, info, none }

  @OptionGroup var inputs: CheckInputs

  @OptionGroup var formats: FormatOptions

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
    completion: .list(["all"] + TargetProduct.all.map(\.id)), transform: TargetNames.known)
  var targetNames: [String] = []

  @OptionGroup var stream: StreamOptions
  @Option(
    help: ArgumentHelp(
      "Validate descriptors against the schemas in this folder, such as DMTF's dsp8023 with all "
        + "that it imports; nothing is fetched.", valueName: "folder"),
    completion: .directory)
  var schema: FilePath?

  @OptionGroup var configurationFile: ConfigurationFileOptions

  @OptionGroup var reviewing: ReviewOptions

  @OptionGroup var colors: ColorOptions

  @Flag(
    help: """
      Parse each package in a process that can only read it: no other files, no network, no \
      programs, limited memory and processor time.
      """)
  var sandbox = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Packages checked at a time; the number of processors, 8 at most, unless given; results are "
        + "in the order of the packages all the same.", valueName: "n"),
    transform: WholeNumber.atLeast(1))
  var jobs: Int?

  func validate() throws {
    if sandbox, inputs.paths.contains(where: \.isRemote) {
      throw ValidationError(
        "--sandbox keeps packages from the network, and with it from URLs: "
          + "fetch the package first, or pass it by standard input ('-').")
    }
    if sandbox, stream.tee != nil {
      throw ValidationError("--tee writes, which nothing does that is parsed with --sandbox.")
    }
    if quiet, formats.shown.map({ $0 != .text }) ?? true {
      throw ValidationError("--quiet goes with --format text on standard output.")
    }
    if stream.tee != nil {
      guard inputs.paths == [.standardInput], inputs.pathsFrom.isEmpty else {
        throw ValidationError("--tee goes with '-' as the only package.")
      }
      if try formats.destinations().contains(where: { $0.path == stream.tee?.text }) {
        throw ValidationError("--tee and a report name the same file.")
      }
    }
    if stream.force, stream.tee == nil, !formats.hasFiles, reviewing.writeBaseline == nil {
      throw ValidationError(
        "--force goes with --tee, --output, --write-baseline or --format FORMAT=FILE.")
    }
  }

  func run() throws {
    let policy = try ProcessConfiguration.loaded().configuration.policy
    let checking = try self.checking(policy: policy)
    let items = try inputs.items()
    try checkNames(items)
    let review = try FindingReviewRun(reviewing, replaces: stream.force)
    let copy = try stream.copy()
    let progress = ProgressLine("checking", noun: "package", of: items.count)
    let outputs = try ReportOutputs(
      formats.destinations(), writing, replaces: stream.force, progress: progress)
    if sandbox { Output.standardError.sandboxGaps() }
    // Only the numbers of a package that was reported are kept: there may be thousands.
    var sum = CheckSum()
    let run = CheckRun(
      checking: checking, stream: stream, copy: copy,
      sandbox: sandbox
        ? try SandboxedCheck(self, targets: checking.targets, policy: policy) : nil,
      progress: progress, jobs: jobs ?? min(8, Environment.processors))
    func tell(_ result: CheckResult) {
      sum.add(result)
      outputs.write(result)
    }
    try run.check(items) { tell(review.reviewed($0)) }
    review.suppressionFiles().forEach(tell)
    progress.end()
    let status = outputs.end(sum).and(review.end()).and(self.status(of: sum))
    try status.and(copy?.end(passed: status == .success) ?? .success).finish()
  }

  /// Checks that nothing is written over what is read: --force is about old reports.
  private func checkNames(_ items: [CheckInputs.Item]) throws {
    let written =
      (try formats.destinations()).compactMap(\.path)
      + [reviewing.writeBaseline, stream.tee].compactMap { $0?.text }
    guard !written.isEmpty else { return }
    let listed =
      inputs.pathsFrom + trust + [reviewing.baseline, reviewing.ignoreFile].compactMap(\.self)
    var names = OutputNames(
      read: items.compactMap(\.path) + listed.map(\.text)
        + (try ProcessConfiguration.loaded().files))
    do throws(ArchiveError) {
      for path in written { try names.add(path) }
    } catch {
      Output.standardError.error(error)
      throw ExitStatus.wrongUse
    }
  }

  /// The options, rules and targets by which every package is checked.
  /// - Parameter policy: the configuration's, where it has one.
  func checking(policy: PackagePolicy?) throws -> PackageChecking {
    var options = ReadingOptions()
    options.digests = !withoutDigests
    options.deep = deep
    options.schemas = try schema.map(schemaFolder)
    return PackageChecking(
      options: options, judgment: try SignatureJudgment(trust: trust),
      targets: try TargetNames.targets(targetNames),
      rules: Rule.all + (policy.map(Rule.rules) ?? []))
  }

  private var writing: CheckWriting {
    // Text in a file is no terminal's.
    let isShown = formats.shown == .text
    return CheckWriting(
      base: .ofReports, version: OVAVersion.text, failsFrom: failOn.severity,
      text: CheckText(
        style: isShown && colors.isOn(for: .standardOutput) ? .colored : .plain,
        extent: quiet ? .failures(from: failOn.severity) : .everything,
        width: isShown ? Output.standardOutput.width : nil,
        showsSuppressed: reviewing.showSuppressed),
      showsSuppressed: reviewing.showSuppressed)
  }

  /// The schemas, of which there must be one for descriptors: a typing mistake must not switch
  /// validation off.
  private func schemaFolder(_ path: FilePath) throws -> SchemaFolder {
    do throws(XMLError) {
      let folder = SchemaFolder(path.text)
      try folder.check(for: Envelope.namespaces)
      return folder
    } catch {
      Output.standardError.line("ova: --schema: \(error.description.linesForDisplay)")
      throw ExitStatus.wrongUse
    }
  }

  private func status(of sum: CheckSum) -> ExitStatus {
    var status = ExitStatus.success
    if let worst = sum.worst, let least = failOn.severity, worst >= least { status = .findings }
    return sum.unreadable + sum.incomplete > 0 ? status.and(.unreadable) : status
  }
}

extension SignatureJudgment {
  /// Judges now, by the certificates of the files, or the system's when there are none.
  fileprivate init(trust files: [FilePath]) throws {
    self.init()
    guard !files.isEmpty else { return }
    var pem: [UInt8] = []
    for file in files {
      do throws(ByteSourceError) {
        pem += try FileSource(file).allBytes(limit: 16 << 20, named: "trust") + [0x0A]
      } catch {
        throw ValidationError("--trust \(file.shown): \(error.reason.forDisplay)")
      }
    }
    do throws(IntegrityError) {
      trust = try TrustRoots.pem(pem, name: files.map(\.text).joined(separator: ", "))
    } catch {
      throw ValidationError("--trust \(error.place.file.forDisplay): \(error.reason.forDisplay)")
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
