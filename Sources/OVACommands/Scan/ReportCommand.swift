import ArgumentParser
import OVAArchive
import OVABasics
import OVACatalog
import OVAIndexer
import OVAReport
import OVATargets
import OVATime
import SystemPackage

/// `ova report`: the audit of the repositories in a catalog.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes an audit of a catalog's repositories as one page, or a list of findings.",
    discussion: """
      The page needs nothing from elsewhere and can be sent around; it is the same for the same \
      catalog. Nothing is ever deleted: --print-cleanup writes a shell script of comments for a \
      person to read. Whatever is found, the exit code is 0.

      Examples:
        ova report --db catalog.sqlite --output audit.html
        ova report --db catalog.sqlite --format json --since 3
        ova report --db catalog.sqlite --print-cleanup > cleanup.sh
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case html, json, text, ndjson }

  @OptionGroup var database: DatabaseOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; standard output if left out.", valueName: "file"),
    completion: .file())
  var output: FilePath?

  @Flag(help: "Replace files of those names.")
  var force = false

  @Option(
    help: """
      html (the page) or json (what it shows); text or ndjson (what only a whole repository shows).
      """)
  var format: Format = .html

  @Option(
    help: ArgumentHelp(
      "A regular expression that each folder's name must match.", valueName: "pattern"),
    transform: OptionValue.read(NamingPolicy.init))
  var namingPolicy: NamingPolicy?

  @Option(
    help: ArgumentHelp(
      "How many packages the page lists, those that need attention first; all are counted.",
      valueName: "n"))
  var packages = BoundedNumber<PackageCount>(1000)

  enum PackageCount: NumberBounds { static let range = 0...Int.max }

  @Flag(
    help: """
      List every package: on further pages beside the file, each of as many packages as --packages \
      says.
      """)
  var allPackages = false

  @Option(
    help: ArgumentHelp(
      "Tell changes since this scan, not since the one before the last.", valueName: "scan"),
    transform: { Int64(try WholeNumber.atLeast(1)($0)) })
  var since: Int64?

  @Flag(help: "Write a commented shell script of what could be deleted.")
  var printCleanup = false

  @Option(help: "The time zone that times are written in, such as 'America/Toronto'.")
  var timeZone = "UTC"

  func validate() throws {
    if force, output == nil { throw ValidationError("--force goes with --output.") }
    if allPackages, output == nil || format != .html || packages.value == 0 || printCleanup {
      throw ValidationError(
        "--all-packages writes pages: it takes --output, --packages above 0 and the format html.")
    }
  }

  func run() throws {
    try explainingErrors {
      let destination = try ReportDestination(path: output?.text, replaces: force)
      let store = try database.openForReading()
      defer { try? store.close() }
      do {
        try write(store, to: destination)
      } catch {
        // Pages are written while the catalog is read, which takes every error for its own.
        throw destination.failure ?? error
      }
      try destination.end()
    }
  }

  private func write(_ store: CatalogStore, to destination: ReportDestination) throws {
    let audit = RepositoryAudit(store: store, namingPolicy: namingPolicy)
    if printCleanup {
      try destination.write(try audit.cleanupScript())
      return
    }
    switch format {
    case .html, .json:
      var extent = AuditReading.Extent()
      extent.packages = packages.value
      let maker = "Made by ova \(OVAVersion.text) from \(database.path.text)."
      let (folder, home) = split(output?.text ?? "")
      // The page itself comes last, so that its links lead to pages that are there.
      var report = try audit.report(
        times: try APITime(zoneNamed: timeZone), extent: extent, since: since,
        home: allPackages ? home : nil
      ) { part, page in
        var part = part
        part.maker = maker
        let file = part.paging?.file(of: page) ?? home
        try destination.write(try AuditPage(part).html(page: page), to: folder + file)
      }
      report.maker = maker
      try destination.write(
        format == .html
          ? try AuditPage(report).html()
          : String(decoding: AuditJSON(report).document().pretty(), as: UTF8.self))
    case .text: try destination.write(text(try audit.findings()) + targets(try audit.targets()))
    case .ndjson:
      let lines = try audit.findings().map { finding in
        let json: JSON = [
          "kind": .string(finding.kind.rawValue), "paths": .texts(finding.paths),
          "path_count": .number(finding.pathCount),
          "reclaimable_bytes": .integer(finding.reclaimable),
          "message": .string(finding.message), "fix": .string(finding.fix),
        ]
        return String(decoding: json.bytes(), as: UTF8.self) + "\n"
      }
      try destination.write(lines.joined())
    }
  }

  /// Paths of one finding that the text names.
  private static let mostPaths = 20

  private func text(_ findings: [RepositoryFinding]) -> String {
    var lines: [String] = []
    var kind: RepositoryFinding.Kind?
    for finding in findings {
      if finding.kind != kind {
        kind = finding.kind
        lines.append(finding.kind.title)
      }
      let paths = finding.paths.prefix(Self.mostPaths)
      lines += paths.map { "  \($0.forDisplay)" }
      if finding.pathCount > paths.count {
        lines.append("  … and \(finding.pathCount - paths.count) more")
      }
      lines.append("    \(finding.message.forDisplay); \(finding.fix.forDisplay)")
    }
    let total = findings.reduce(Int64(0)) {
      $0.addingReportingOverflow($1.reclaimable).partialValue
    }
    lines.append(
      "\(counted(findings.count, "finding")), "
        + "\(ByteCount(UInt64(clamping: total))) could be reclaimed")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Returns the number of packages with each verdict of a target; nothing where they were judged
  /// for none.
  private func targets(_ targets: [AuditReport.Target]) -> String {
    guard !targets.isEmpty else { return "" }
    var table = TextTable()
    for target in targets {
      let counts = [
        (target.fails, TargetVerdict.fails.words), (target.loss, TargetVerdict.loss.words),
        (target.unknown, TargetVerdict.unknown.words),
        (target.nothingKnown, TargetVerdict.nothingKnown.words), (target.unjudged, "not judged"),
      ]
      table.add([
        target.id,
        counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", "),
      ])
    }
    return (["targets"] + table.lines(indent: 2)).joined(separator: "\n") + "\n"
  }

  /// A path as the folder with its slash, and the name in it.
  private func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
    let end = path.utf8.index(after: slash)
    return (String(path[..<end]), String(path[end...]))
  }

  /// The destination of the report: standard output, or files that get their names together at the
  /// end.
  private final class ReportDestination {
    /// Nil for standard output.
    let path: String?
    let files: AtomicFiles
    /// The end of the run where a file could not be written, which was reported then.
    private(set) var failure: ExitStatus?

    init(path: String?, replaces: Bool) throws {
      self.path = path
      files = AtomicFiles(replaces: replaces)
      guard let path else { return }
      Output.outlivesReader()
      // Before an audit that may take long.
      try explaining { () throws(ArchiveError) in
        try AtomicFile.refuseExisting(path, replaces: replaces)
      }
    }

    func write(_ text: String) throws {
      if let path { try write(text, to: path) } else { Output.standardOutput.write(text) }
    }

    func write(_ text: String, to path: String) throws {
      try explaining { () throws(ArchiveError) in try files.add(Array(text.utf8), to: path) }
    }

    func end() throws {
      try explaining { () throws(ArchiveError) in try files.commit() }
    }

    private func explaining(_ body: () throws(ArchiveError) -> Void) throws {
      do throws(ArchiveError) {
        try body()
      } catch {
        Output.standardError.error(error)
        let status = ExitStatus(writing: error)
        failure = status
        throw status
      }
    }
  }
}
