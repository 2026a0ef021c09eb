import ArgumentParser
import OVAAuthoring
import OVABasics
import OVAIntegrity
import OVAPackage
import OVAReport
import OVARules
import SystemPackage

/// `ova fix`: what can be repaired without inventing facts.
struct FixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix",
    abstract: "Plans the repair of a package, and writes the repaired one beside it.",
    discussion: """
      Without --write nothing is written: the plan is shown, with what each step invalidates, \
      which findings it fixes and which are left. The original is never touched. The repaired \
      package is read again and checked before it gets its name; exit code 1 says that errors are \
      left in it, or that nothing was written.

      A new manifest never makes bytes look right for which the old one does not vouch: where a \
      line of it has another digest, or cannot be compared with the files, --accept-content is \
      needed, and the lines are named.

      Examples:
        ova fix web.ova
        ova fix web.ova --write fixed/web.ova
        ova fix web.ova --drop nvram --write fixed/web.ova
      """)

  /// The parts that `--drop` removes.
  enum Part: String, ExpressibleByArgument, CaseIterable {
    case nvram

    var part: FixPlan.Part {
      switch self {
      case .nvram: .nvram
      }
    }
  }

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(
    help: ArgumentHelp("An archive, descriptor or folder.", valueName: "path"),
    completion: .file(extensions: ["ova", "ovf"]))
  var path: FilePath

  @Option(
    help: ArgumentHelp("Write the repaired package to this archive.", valueName: "file"),
    completion: .file(extensions: ["ova"]))
  var write: FilePath?

  @OptionGroup var manifest: ManifestOptions

  @Option(
    help: ArgumentHelp(
      "Take a part out: nvram, the firmware's settings with all that names their file.",
      valueName: "part"))
  var drop: [Part] = []

  @Flag(
    help: "Accept the bytes of files as they are, where the manifest does not vouch for them.")
  var acceptContent = false

  @Flag(help: "Replace an archive of that name.")
  var force = false

  @Option(help: "text for people; json for programs.")
  var format: Format = .text

  @OptionGroup var configurationFile: ConfigurationFileOptions

  func run() throws {
    if write != nil { Output.outlivesReader() }
    let report: FixReport
    do throws(PackageError) {
      report = try self.report()
    } catch {
      Output.standardError.error(error)
      throw ExitStatus(error)
    }
    switch format {
    case .text: Output.standardOutput.text(report.text())
    case .json: Output.standardOutput.write(report.json().pretty())
    }
    try (report.hasFailed ? ExitStatus.findings : .success).finish()
  }

  private func report() throws(PackageError) -> FixReport {
    let progress = ProgressLine("checking")
    var before = try planned(progress)
    func report(_ forecast: RepairForecast) -> FixReport {
      FixReport(
        path: path.text, findings: before.findings, forecast: forecast,
        acceptsContent: acceptContent)
    }
    func forecast() -> RepairForecast {
      RepairForecast(
        before.plan, findings: before.findings, name: write?.text ?? before.archivePath)
    }
    guard let write else {
      let planned = report(forecast())
      try before.files.confirmUnchanged()
      return planned
    }
    switch try self.write(&before, to: write.text, progress) {
    case .written(let findings):
      var written = report(
        RepairForecast(before.plan, findings: before.findings, written: findings))
      written.wasWritten(to: write.text)
      return written
    case .discarded(let findings, let reason):
      var planned = report(
        RepairForecast(before.plan, findings: before.findings, written: findings))
      planned.refuse(reason)
      return planned
    case .refused(let reason):
      var planned = report(forecast())
      planned.refuse(reason)
      return planned
    }
  }

  /// A plan, and what is kept of the package that it is for: a package of tens of thousands of files
  /// takes as much memory as a command should, so that it is gone before the repaired one is read.
  private struct Planned {
    var plan: FixPlan
    let findings: [Finding]
    let archivePath: String
    let files: ReadFiles
  }

  private func planned(_ progress: ProgressLine) throws(PackageError) -> Planned {
    let package = try Package.open(path)
    let algorithm = manifest.chosen
    let judged = JudgedPackage(
      package, algorithms: [algorithm ?? FixPlan.algorithm(of: package)], progress: progress)
    try judged.checked.confirmReadWhole()
    let plan = try FixPlan(
      judged.checked, FixPlan.Options(algorithm: algorithm, drops: Set(drop.map(\.part))))
    return Planned(
      plan: plan, findings: judged.findings, archivePath: package.archivePath,
      files: package.readFiles)
  }

  /// The result of writing the repaired package.
  private enum Writing {
    /// It was written, and this is found in it.
    case written([Finding])
    /// It was written, this was found in it, and it was discarded for this reason.
    case discarded([Finding], String)
    /// Nothing was written, for this reason.
    case refused(String)
  }

  private func write(
    _ before: inout Planned, to output: String, _ progress: ProgressLine
  ) throws(PackageError) -> Writing {
    if before.plan.isBlocked { return .refused("not written: something in it cannot be repaired") }
    if before.plan.isEmpty, !before.findings.errors.isEmpty {
      return .refused("not written: there is nothing that fix can repair")
    }
    if !before.plan.doubts.isEmpty, !acceptContent {
      return .refused(
        "not written: a new manifest would accept bytes for which the old one does not vouch; "
          + "look at them, and say --accept-content")
    }
    let written = try write(before.plan.members, to: output, progress)
    before.plan.letGoOfMembers()
    let after = try JudgedPackage.findings(in: written, progress)
    let worse = after.rulesWithMoreErrors(than: before.findings)
    guard worse.isEmpty else {
      written.discard()
      return .discarded(
        after,
        "not written: the repaired package would have new errors ("
          + worse.joined(separator: ", ") + ")")
    }
    try before.files.confirmUnchanged()
    try written.commit()
    return .written(after)
  }

  private func write(
    _ members: [PackageWriter.Member], to output: String, _ progress: ProgressLine
  ) throws(PackageError) -> WrittenArchive {
    try progress.writing(members, output) { (told) throws(PackageError) in
      try PackageWriter.write(members, to: output, replaces: force, progress: told)
    }
  }
}
