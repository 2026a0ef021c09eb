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
      which findings it mends and which are left. The original is never touched. The repaired \
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
      Output.words.error(error)
      throw ExitStatus(error)
    }
    switch format {
    case .text: Output.data.write(report.text())
    case .json: Output.data.write(report.json().pretty())
    }
    try (report.hasFailed ? ExitStatus.findings : .fine).finish()
  }

  private func report() throws(PackageError) -> FixReport {
    let package = try Package.open(path)
    let algorithm = manifest.chosen
    let wanted = algorithm ?? FixPlan.algorithm(of: package)
    let progress = ProgressLine("checking")
    let judged = JudgedPackage(package, algorithms: [wanted], progress: progress)
    try judged.checked.confirmReadWhole()
    let plan = try FixPlan(
      judged.checked, FixPlan.Options(algorithm: algorithm, drops: Set(drop.map(\.part))))
    var report = FixReport(
      path: path.text, findings: judged.findings,
      forecast: RepairForecast(
        plan, findings: judged.findings, name: write?.text ?? package.archivePath),
      acceptsContent: acceptContent)
    if let write {
      try self.write(plan, judged, to: write.text, progress, &report)
    } else {
      try package.confirmUnchanged()
    }
    return report
  }

  private func write(
    _ plan: FixPlan, _ before: JudgedPackage, to output: String, _ progress: ProgressLine,
    _ report: inout FixReport
  ) throws(PackageError) {
    if plan.isBlocked {
      report.refuse("not written: something in it cannot be repaired")
      return
    }
    if plan.isEmpty, !before.errors.isEmpty {
      report.refuse("not written: there is nothing that fix can repair")
      return
    }
    if !plan.doubts.isEmpty, !acceptContent {
      report.refuse(
        "not written: a new manifest would accept bytes for which the old one does not vouch; "
          + "look at them, and say --accept-content")
      return
    }
    let written = try progress.writing(plan.members, output) {
      (told) throws(PackageError) in
      try PackageWriter.write(plan.members, to: output, replaces: force, progress: told)
    }
    let after = JudgedPackage(try written.package(), progress: progress)
    try after.checked.confirmReadWhole()
    let worse = after.errors(beyond: before)
    guard worse.isEmpty else {
      written.discard()
      report.refuse(
        "not written: the repaired package would have new errors ("
          + worse.joined(separator: ", ") + ")")
      return
    }
    try before.checked.package.confirmUnchanged()
    try written.commit()
    report.write(
      to: output, RepairForecast(plan, findings: before.findings, written: after.findings))
  }
}
