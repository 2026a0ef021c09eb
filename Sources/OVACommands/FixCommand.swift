import ArgumentParser
import OVABasics
import OVAIntegrity
import OVAPackage
import OVARules

/// `ova fix`: what can be repaired without inventing facts.
struct FixCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix",
    abstract: "Plans the repair of a package, and writes the repaired one beside it.",
    discussion: """
      Without --write nothing is written: the plan is shown, with what each step invalidates and \
      which findings it mends. The original is never touched.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(
    help: ArgumentHelp("An archive, descriptor or folder.", valueName: "path"),
    completion: .file(extensions: ["ova", "ovf"]))
  var path: String

  @Option(
    help: ArgumentHelp("Write the repaired package to this archive.", valueName: "file"),
    completion: .file(extensions: ["ova"]))
  var write: String?

  @OptionGroup var manifest: ManifestOptions

  @Flag(
    help: "Accept the bytes of files as they are, where the manifest has another digest for them.")
  var acceptContent = false

  @Flag(help: "Replace an archive of that name.")
  var force = false

  @Option(help: "text for people; json for programs.")
  var format: Format = .text

  func run() async throws {
    let report: FixReport
    do throws(PackageError) {
      report = try await self.report()
    } catch {
      Output.words.error(error)
      throw ExitStatus.unreadable
    }
    switch format {
    case .text: Output.data.write(report.text())
    case .json: Output.data.write(report.json().pretty())
    }
    try report.status.finish()
  }

  private func report() async throws(PackageError) -> FixReport {
    let package = try Package.open(path)
    let algorithm = manifest.chosen
    let wanted = algorithm ?? FixPlan.algorithm(of: package)
    let judged = await JudgedPackage(package, algorithms: [wanted])
    var report = FixReport(
      path: path, plan: try FixPlan(judged.checked, algorithm: algorithm),
      findings: judged.findings, acceptsContent: acceptContent)
    if let write { try await self.write(to: write, &report) }
    return report
  }

  private func write(to output: String, _ report: inout FixReport) async throws(PackageError) {
    let plan = report.plan
    if plan.members.isEmpty {
      report.refuse("not written: something in it cannot be repaired")
      return
    }
    if plan.isEmpty { return }
    if !plan.contradicted.isEmpty, !acceptContent {
      report.refuse(
        "not written: a new manifest would accept bytes that the old one contradicts; look at "
          + "them, and say --accept-content")
      return
    }
    let written = try PackageWriter.write(plan.members, to: output, replaces: force)
    let after = await JudgedPackage(try written.package())
    report.remaining = after.findings
    let known = Set(report.findings.map(\.rule))
    let worse = after.errors.filter { !known.contains($0.rule) }
    guard worse.isEmpty else {
      written.discard()
      report.refuse("not written: the repaired package would have new errors")
      return
    }
    try written.commit()
    report.written = output
  }
}
