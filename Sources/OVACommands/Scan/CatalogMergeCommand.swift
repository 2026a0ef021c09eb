import ArgumentParser
import OVABasics
import OVACatalog
import OVAIndexer
import SystemPackage

/// `ova catalog merge`: joins the shards of a run.
struct CatalogMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Brings a catalog up to date with the files of all shards of a run.",
    discussion: """
      The files are those that `ova scan --shard` wrote, in any order. The catalog is then what one \
      scan of everything had made of it. Files that are damaged, of another run or of other options \
      are refused (exit code 2) before anything is stored. When shards are missing or a file is not \
      all there, it is said which, and the exit code is 75: run them, and merge again. With --partial \
      what is there is taken in, the exit code is 3, and nothing is marked gone. The folders need not \
      be mounted where this runs.

      A catalog on a server keeps the parts that were scanned with --db: --run says of which run, and \
      no files are named. The part that is scanned last merges them; this is for runs of which parts \
      are missing, and for what was refused then.

      Examples:
        ova catalog merge shards/shard-tonight-*.ndjson --db catalog.sqlite
        ova catalog merge shards/shard-tonight-*.ndjson --partial --db catalog.sqlite
        ova catalog merge --run tonight --partial --db postgresql://ova@db/isos
      """)

  @Argument(
    help: ArgumentHelp("The files of the shards.", valueName: "file"),
    completion: .file(extensions: ["ndjson"]))
  var files: [FilePath] = []

  @OptionGroup var database: DatabaseOptions

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp(
      "Merge the parts of this run that the catalog on a server keeps.", valueName: "id"))
  var keptRun: String?

  @Flag(help: "Take in the shards that are there when some are missing; nothing is gone then.")
  var partial = false

  @Flag(
    help: """
      Mark packages gone although their folder is empty, another one than before, on another file \
      system, or has lost most of its packages.
      """)
  var acceptRemovals = false

  @Option(help: "text for people; json for programs, ndjson on one line.")
  var format: ScanCommand.Format = .text

  @Flag(name: .shortAndLong, help: "Say nothing but what went wrong.")
  var quiet = false

  func validate() throws {
    if keptRun != nil {
      if !files.isEmpty {
        throw ValidationError(
          "--run and files cannot be used together: the catalog keeps the shards of the run.")
      }
      if !database.path.isOnServer {
        throw ValidationError(
          "--run goes with a catalog on a server; name the files of the shards.")
      }
    } else if files.isEmpty {
      throw ValidationError("Name the files of the shards.")
    }
  }

  func run() throws {
    Output.outlivesReader()
    let merged: ShardMerge.Result?
    do {
      merged = try explainingShards(self.merged)
    } catch ExitStatus.unreadable {
      // 3 says that something was merged.
      throw ExitStatus.tryAgain
    }
    guard let result = merged else {
      if !quiet {
        Output.standardError.line(
          "ova: \(database.path.shown): run '\((keptRun ?? "").forDisplay)' is in the catalog already"
        )
      }
      return
    }
    let summary = result.summary
    for problem in summary.problems {
      Output.standardError.line("ova: \(problem.path.forDisplay): \(problem.reason.forDisplay)")
    }
    for merged in summary.merged {
      Output.standardError.line(
        "ova: \(merged.forDisplay) is part of a folder of the shards from now on")
    }
    if !result.missing.isEmpty {
      Output.standardError.line(
        "ova: \(counted(result.missing.count, "shard")) of \(result.shards) missing; nothing was "
          + "marked gone")
    }
    let json = ScanJSON(
      summary,
      shards: [
        "run": .string(result.run), "count": .number(result.shards), "number": .null,
        "file": .null, "missing": .list(result.missing) { .number($0) },
      ])
    switch format {
    case .json: Output.standardOutput.write(json.document().pretty())
    case .ndjson: Output.standardOutput.write(json.line())
    case .text where !quiet:
      Output.standardOutput.text(ScanText(summary, database: database.path.text).text())
    case .text: break
    }
    try (summary.isPartial ? ExitStatus.unreadable : .success).finish()
  }

  /// Merges; nil where the run is in the catalog already.
  private func merged() throws -> ShardMerge.Result? {
    var options = ShardMerge.Options()
    options.allowsMissing = partial
    options.acceptsRemovals = acceptRemovals
    options.isCancelled = { Interruption.isRequested }
    let store = try database.open(creates: true)
    Interruption.isHandledByWork()
    if let keptRun, try store.shards(of: keptRun).contains(where: \.isMerged) { return nil }
    let progress = ProgressLine("merging", noun: "package", isWanted: !quiet)
    defer { progress.end() }
    let merge =
      keptRun.map { ShardMerge(store: store, run: $0, options: options) }
      ?? ShardMerge(store: store, files: files.map(\.text), options: options)
    let result = try merge.run { progress.show(ProgressSnapshot($0)) }
    progress.end()
    try store.close()
    return result
  }
}
