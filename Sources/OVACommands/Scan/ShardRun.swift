import Foundation
import OVAArchive
import OVABasics
import OVAByteSource
import OVACatalog
import OVAConfiguration
import OVAIndexer
import OVASandbox
import SystemPackage

/// The scan of one part of a run, into a file.
struct ShardRun {
  let scan: ScanCommand
  let part: ShardOptions.Part

  private enum Outcome {
    /// The file was written.
    case scanned(ScanSummary)
    /// The file of this part of this run was there already.
    case isThere
  }

  /// Scans and writes the file. Ends with 0 or 3 when it was written, with 0 when it was there
  /// already, with 2 when it never will be, and else so that it is tried again. An engine that takes
  /// 3 for a failure so tries once more, and finds the file.
  func run() throws {
    let outcome: Outcome
    do {
      outcome = try explainingShards(scanned)
    } catch ExitStatus.unreadable {
      // 3 says that there is a file.
      throw ExitStatus.tryAgain
    }
    switch outcome {
    case .scanned(let summary): try tell(summary)
    case .isThere:
      if !scan.quiet {
        Output.words.line(
          "ova: \(part.file.text.forDisplay): the shard of this run is there already; --force scans it "
            + "again")
      }
    }
  }

  private func tell(_ summary: ScanSummary) throws {
    for problem in summary.problems {
      Output.words.line("ova: \(problem.path.forDisplay): \(problem.reason.forDisplay)")
    }
    let json = ScanJSON(
      summary,
      shards: [
        "run": .string(part.run), "count": .number(part.shard.count),
        "number": .number(part.shard.number), "file": .string(part.file.text),
        "missing": .array([]),
      ])
    switch scan.format {
    case .json: Output.data.write(json.document().pretty())
    case .ndjson: Output.data.write(json.line())
    case .text where !scan.quiet: Output.data.line(text(summary))
    case .text: break
    }
    try (summary.isPartial ? ExitStatus.unreadable : .success).finish()
  }

  /// `shard 3 of 8: 120 packages, 2 hashed, 3.1 GiB read, 1 problem, in shards/shard-3.ndjson`
  private func text(_ summary: ScanSummary) -> String {
    let counts = summary.counts
    var parts = [counted(counts.packages, "package")]
    if counts.hashed > 0 { parts.append("\(counts.hashed) hashed") }
    if counts.bytes > 0 { parts.append("\(ByteCount(counts.bytes)) read") }
    if counts.problems > 0 { parts.append(counted(counts.problems, "problem")) }
    if summary.isPartial { parts.append("partial") }
    return "shard \(part.shard.number) of \(part.shard.count): "
      + "\(parts.joined(separator: ", ")), in \(part.file.text.forDisplay)"
  }

  private func scanned() throws -> Outcome {
    let configuration = try ProcessConfiguration.loaded().configuration
    Interruption.isHandledByWork()
    let temporary = scan.database.path == nil ? try TemporaryDatabase() : nil
    defer { temporary?.remove() }
    let store =
      try temporary.map { try CatalogStore(path: $0.path) }
      ?? scan.database.open(creates: true)
    let shardScan = ShardScan(
      store: store, mappings: try scan.mappings(store, configuration.repositories),
      options: try scan.options(configuration), shard: part.shard, run: part.run,
      program: OVAVersion.text)
    if !scan.shard.force, shardScan.isFinished(part.file.text) {
      try store.close()
      return .isThere
    }
    let file = try file()
    if !scan.withoutSandbox { Output.words.sandboxGaps() }
    let progress = ProgressLine("looking", noun: "package", isWanted: !scan.quiet)
    defer { progress.end() }
    let summary = try shardScan.run {
      progress.show(ProgressSnapshot($0))
    } write: { bytes in
      try Self.writing { () throws(ArchiveError) in try file.write(bytes) }
    }
    progress.end()
    try store.close()
    try Self.writing { () throws(ArchiveError) in try file.commit() }
    return .scanned(summary)
  }

  private func file() throws -> AtomicFile {
    do throws(ArchiveError) {
      return try AtomicFile(path: part.file.text, replaces: scan.shard.force)
    } catch {
      Output.words.error(error)
      throw ExitStatus(writing: error)
    }
  }

  private static func writing(_ body: () throws(ArchiveError) -> Void) throws {
    do throws(ArchiveError) {
      try body()
    } catch {
      Output.words.error(error)
      throw ExitStatus(writing: error)
    }
  }
}

/// A database that is there as long as a scan needs it, with what lies beside it.
final class TemporaryDatabase {
  private let folder: String
  /// The database's path.
  var path: String { "\(folder)/shard.sqlite" }

  /// Makes a folder for it where temporary files are kept.
  init() throws {
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("ova-shard-\(UUID().uuidString)").path
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
    } catch {
      Output.words.line(
        "ova: \(folder.forDisplay): cannot make a folder for the temporary database: "
          + error.localizedDescription.forDisplay)
      throw ExitStatus.unwritten
    }
  }

  /// Removes it.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}

/// Runs the body of a command on shards; a failure is reported and ends it with the status that it
/// means.
func explainingShards<Value>(_ body: () throws -> Value) throws -> Value {
  var value: Value?
  do {
    try explainingErrors { value = try body() }
  } catch let error as ShardError {
    Output.words.error(error)
    throw error.code.mayPass ? ExitStatus.tryAgain : .wrongUse
  }
  // Set unless something was thrown.
  guard let value else { throw ExitStatus.tryAgain }
  return value
}
