import Foundation
import OVAArchive
import OVABasics
import OVAByteSource
import OVACatalog
import OVAConfiguration
import OVAIndexer
import OVASandbox
import SystemPackage

/// The scan of one part of a run, into a file or into a catalog that keeps the parts.
struct ShardRun {
  let scan: ScanCommand
  let part: ShardOptions.Part

  private enum Outcome {
    /// The part is there now.
    case scanned(ScanSummary)
    /// It was there already.
    case isThere
    /// It was the last one, and all parts are in the catalog.
    case merged(ShardMerge.Result)
    /// All parts were in the catalog already.
    case isMerged
  }

  /// Scans and stores the part. Ends with 0 or 3 when it was stored, with 0 when it was there
  /// already, with 2 when it never will be, and else so that it is tried again. An engine that takes
  /// 3 for a failure so tries once more, and finds the part.
  func run() throws {
    let outcome: Outcome
    do {
      outcome = try explainingShards {
        if let file = part.file { try scanned(into: file) } else { try scannedIntoCatalog() }
      }
    } catch ExitStatus.unreadable {
      // 3 says that there is a part.
      throw ExitStatus.tryAgain
    }
    switch outcome {
    case .scanned(let summary): try tell(summary)
    case .merged(let result): try tell(result.summary, isMerged: true)
    case .isThere:
      tell("\(place): the shard of this run is there already; --force scans it again")
    case .isMerged: tell("\(place): run '\(part.run.forDisplay)' is in the catalog already")
    }
  }

  /// The place of the part, for messages.
  private var place: String { (part.file?.text ?? scan.database.name).forDisplay }

  private func tell(_ words: String) {
    if !scan.quiet { Output.standardError.line("ova: \(words)") }
  }

  /// - Parameter isMerged: whether the summary is of all parts.
  private func tell(_ summary: ScanSummary, isMerged: Bool = false) throws {
    for problem in summary.problems {
      Output.standardError.line("ova: \(problem.path.forDisplay): \(problem.reason.forDisplay)")
    }
    let json = ScanJSON(
      summary,
      shards: [
        "run": .string(part.run), "count": .number(part.shard.count),
        "number": isMerged ? .null : .number(part.shard.number),
        "file": part.file.map { .string($0.text) } ?? .null, "missing": .array([]),
      ])
    switch scan.format {
    case .json: Output.standardOutput.write(json.document().pretty())
    case .ndjson: Output.standardOutput.write(json.line())
    case .text where isMerged && !scan.quiet:
      Output.standardOutput.text(ScanText(summary, database: scan.database.name).text())
    case .text where !scan.quiet: Output.standardOutput.line(text(summary))
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
      + "\(parts.joined(separator: ", ")), in \(place)"
  }

  // MARK: Into a file

  private func scanned(into path: FilePath) throws -> Outcome {
    let configuration = try ProcessConfiguration.loaded().configuration
    Interruption.isHandledByWork()
    let temporary = scan.database.path == nil ? try TemporaryDatabase() : nil
    defer { temporary?.remove() }
    let store =
      try temporary.map { try CatalogStore(path: $0.path) }
      ?? scan.database.open(creates: true)
    let shardScan = try shardScan(
      store, try scan.mappings(store, configuration.repositories), configuration)
    if !scan.shard.force, shardScan.isFinished(path.text) {
      try store.close()
      return .isThere
    }
    let file = try atomicFile(path)
    let summary = try scanned(shardScan) { bytes in
      try Self.writing { () throws(ArchiveError) in try file.write(bytes) }
    }
    try store.close()
    try Self.writing { () throws(ArchiveError) in try file.commit() }
    return .scanned(summary)
  }

  private func shardScan(
    _ store: CatalogStore, _ mappings: [RepositoryMapping], _ configuration: Configuration
  ) throws -> ShardScan {
    ShardScan(
      store: store, mappings: mappings, options: try scan.options(configuration),
      shard: part.shard, run: part.run, program: OVAVersion.text)
  }

  private func scanned(
    _ shardScan: ShardScan, _ write: @escaping ([UInt8]) throws -> Void
  ) throws -> ScanSummary {
    if !scan.withoutSandbox { Output.standardError.sandboxGaps() }
    let progress = ProgressLine("looking", noun: "package", isWanted: !scan.quiet)
    defer { progress.end() }
    return try shardScan.run(
      progress: { progress.show(ProgressSnapshot($0)) }, write: write)
  }

  // MARK: Into a catalog that keeps the parts

  private func scannedIntoCatalog() throws -> Outcome {
    let configuration = try ProcessConfiguration.loaded().configuration
    Interruption.isHandledByWork()
    let catalog = try scan.database.open(creates: true)
    let known = try catalog.shards(of: part.run)
    if known.contains(where: \.isMerged) { return .isMerged }
    var outcome = Outcome.isThere
    if scan.shard.force || !known.contains(where: { $0.number == part.shard.number }) {
      outcome = .scanned(try stored(in: catalog, configuration))
    }
    var options = ShardMerge.Options()
    options.acceptsRemovals = scan.acceptRemovals
    options.isCancelled = { Interruption.isRequested }
    let progress = ProgressLine("merging", noun: "package", isWanted: !scan.quiet)
    defer { progress.end() }
    let merged = try ShardMerge(store: catalog, run: part.run, options: options)
      .runIfComplete { progress.show(ProgressSnapshot($0)) }
    try catalog.close()
    return merged.map(Outcome.merged) ?? outcome
  }

  /// Scans into a database that is thrown away, and stores what is in the part.
  private func stored(
    in catalog: CatalogStore, _ configuration: Configuration
  ) throws -> ScanSummary {
    let mappings = try scan.mappings(catalog, configuration.repositories)
    let temporary = try TemporaryDatabase()
    defer { temporary.remove() }
    let store = try CatalogStore(path: temporary.path)
    try store.learn(from: catalog, mappings, owns: part.shard.owns)
    let shardScan = try shardScan(store, mappings, configuration)
    let lines = try TemporaryLines(temporary.linesPath)
    let started = FileFacts.now / 1_000_000_000
    let summary = try scanned(shardScan) { try lines.write($0) }
    try store.close()
    _ = try catalog.store(
      StoredShard(
        run: part.run, number: part.shard.number, count: part.shard.count, startedOn: started,
        repositories: shardScan.described, size: lines.count), replaces: scan.shard.force
    ) { try lines.next() }
    return summary
  }

  private func atomicFile(_ path: FilePath) throws -> AtomicFile {
    do throws(ArchiveError) {
      return try AtomicFile(path: path.text, replaces: scan.shard.force)
    } catch {
      Output.standardError.error(error)
      throw ExitStatus(writing: error)
    }
  }

  private static func writing(_ body: () throws(ArchiveError) -> Void) throws {
    do throws(ArchiveError) {
      try body()
    } catch {
      Output.standardError.error(error)
      throw ExitStatus(writing: error)
    }
  }
}

/// A database that is there as long as a scan needs it, with what lies beside it.
final class TemporaryDatabase {
  private let folder: String
  /// The database's path.
  var path: String { "\(folder)/shard.sqlite" }
  /// The file with the lines of the part until they are stored.
  var linesPath: String { "\(folder)/lines" }

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
      Output.standardError.line(
        "ova: \(folder.forDisplay): cannot make a folder for the temporary database: "
          + error.localizedDescription.forDisplay)
      throw ExitStatus.unwritten
    }
  }

  /// Removes it.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}

/// The lines of a part on their way to a catalog: written once, and read once then.
final class TemporaryLines {
  private static let piece = 1 << 20

  private let file: FileHandle
  private var isRead = false
  /// Bytes.
  private(set) var count: Int64 = 0

  /// Makes the file.
  init(_ path: String) throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
  }

  deinit { try? file.close() }

  func write(_ bytes: [UInt8]) throws {
    do {
      try file.write(contentsOf: bytes)
    } catch {
      Output.standardError.line(
        "ova: cannot keep the lines of the shard: \(error.localizedDescription.forDisplay)")
      throw ExitStatus.unwritten
    }
    count += Int64(bytes.count)
  }

  /// The next bytes, from the first on; nil at the end.
  func next() throws -> [UInt8]? {
    if !isRead { try file.seek(toOffset: 0) }
    isRead = true
    return try file.read(upToCount: Self.piece).flatMap { $0.isEmpty ? nil : Array($0) }
  }
}

/// Runs the body of a command on shards; a failure is reported and ends it with the status that it
/// means.
func explainingShards<Value>(_ body: () throws -> Value) throws -> Value {
  var value: Value?
  do {
    try explainingErrors { value = try body() }
  } catch let error as ShardError {
    Output.standardError.error(error)
    throw error.code.mayPass ? ExitStatus.tryAgain : .wrongUse
  }
  // Set unless something was thrown.
  guard let value else { throw ExitStatus.tryAgain }
  return value
}
