import ArgumentParser
import OVABasics
import OVAByteSource
import OVACatalog
import OVAIndexer
import SystemPackage

/// Options that name the database of a scan, which a shard does not need.
struct ScanDatabaseOptions: ParsableArguments {
  @Option(
    name: .customLong("db"),
    help: ArgumentHelp(
      "The catalog's database, a file or postgresql://user@host/database; with --shard the catalog on "
        + "a server, or a file of the shard's own, kept so that its next scan reads only what changed.",
      valueName: "file"),
    completion: .file(extensions: ["sqlite", "db"]))
  var path: DatabaseLocation?

  @OptionGroup var access: DatabaseAccessOptions

  /// The name of the database in messages.
  var name: String { path?.text ?? "a temporary database" }

  /// Checks that a database is named.
  func demandPath() throws { _ = try demandedPath() }

  /// Opens the catalog to be changed.
  func open(creates: Bool) throws -> CatalogStore {
    try access.open(try demandedPath(), creates: creates)
  }

  private func demandedPath() throws -> DatabaseLocation {
    guard let path else { throw ValidationError("Missing expected argument '--db <file>'") }
    return path
  }
}

/// Options of a scan that is one part of a run.
struct ShardOptions: ParsableArguments {
  @Option(
    name: .customLong("shard"),
    help: ArgumentHelp(
      "Scan part N of M, from 0, into a catalog on a server, or into a file with --to. auto/M takes N from "
        + "JOB_COMPLETION_INDEX, SLURM_ARRAY_TASK_ID or PARALLEL_SEQ (less one).",
      valueName: "n/m"), transform: { try Choice($0) })
  var choice: Choice?

  @Option(
    name: .customLong("shard-depth"),
    help: ArgumentHelp(
      "How many folders of a path decide on its part; the same for all parts of a run.",
      valueName: "1-16"))
  var depth = BoundedNumber<Depth>(1)

  enum Depth: NumberBounds { static let range = Shard.depths }

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp(
      "What all parts of one run call it; SLURM_ARRAY_JOB_ID if left out.", valueName: "id"),
    transform: { try ShardOptions.runName($0) })
  var givenRun: String?

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp(
      "The file that the part is written to; shard-RUN-N.ndjson in it where it is a folder.",
      valueName: "file"), completion: .file(extensions: ["ndjson"]))
  var file: FilePath?

  @Flag(help: "Scan the part again and replace it, also that of the same run.")
  var force = false

  /// The part of a run that `--shard` names.
  struct Choice {
    /// The part, from 0; nil where an engine says which.
    let number: Int?
    /// The number of parts.
    let count: Int

    init(_ text: String) throws {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let count = ShardOptions.number(parts[1]),
        Shard.counts.contains(count)
      else {
        throw ValidationError(
          "it is not N/M or auto/M with M from 1 to \(Shard.counts.upperBound)")
      }
      self.count = count
      guard parts[0] != "auto" else {
        number = nil
        return
      }
      number = ShardOptions.number(parts[0])
      guard let number, number < count else {
        throw ValidationError("N is 0 to \(count - 1) of \(count)")
      }
    }
  }

  /// The part of a run that is to be scanned.
  struct Part {
    let shard: Shard
    let run: String
    /// Nil where the catalog keeps the part.
    let file: FilePath?
  }

  /// Checks that what goes together is given together.
  /// - Parameter database: the catalog that `--db` names.
  func check(acceptsRemovals: Bool, database: DatabaseLocation?) throws {
    guard choice != nil else {
      if givenRun != nil || file != nil || force || depth.value != 1 {
        throw ValidationError("--run, --to, --force and --shard-depth go with --shard.")
      }
      return
    }
    if database?.isOnServer == true {
      if file != nil {
        throw ValidationError(
          "--to cannot be used with --db on a server: the catalog keeps the shard.")
      }
    } else if file == nil {
      throw ValidationError("Say with --to where --shard writes the part.")
    } else if acceptsRemovals {
      throw ValidationError(
        "--accept-removals goes with 'ova catalog merge', which sees all parts.")
    }
    _ = try part()
  }

  /// The part; nil where the scan is of everything.
  func part() throws -> Part? {
    guard let choice else { return nil }
    let number = try choice.number ?? Self.numberOfEngine(choice.count)
    // A part that is none must not become a scan of everything.
    guard let shard = Shard(number: number, of: choice.count, depth: depth.value) else {
      throw ValidationError("N is 0 to \(choice.count - 1) of \(choice.count)")
    }
    let run = try run()
    return Part(shard: shard, run: run, file: file.map { Self.file($0, shard, run) })
  }

  private static func file(_ path: FilePath, _ shard: Shard, _ run: String) -> FilePath {
    (try? FileFacts.of(path: path.text))?.kind == .folder
      ? path.appending("shard-\(run)-\(shard.number).ndjson") : path
  }

  private func run() throws -> String {
    let slurm = Environment.value("SLURM_ARRAY_JOB_ID")
    guard let run = givenRun ?? slurm.flatMap({ $0.isEmpty ? nil : $0 }) else {
      throw ValidationError("Say with --run what all shards of this run call it.")
    }
    return try Self.runName(run)
  }

  private static func runName(_ text: String) throws -> String {
    guard (1...100).contains(text.utf8.count), text == text.forDisplay, !text.contains("/") else {
      throw ValidationError(
        "what a run is called is 1 to 100 characters without slashes and control characters")
    }
    return text
  }

  /// Digits alone, as many as the largest number has.
  private static func number(_ text: some StringProtocol) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } && text.utf8.count <= 9 ? Int(text) : nil
  }

  /// The variables in which batch engines give the number of the part, each with its first number.
  private static let variables: [(name: String, first: Int)] = [
    ("JOB_COMPLETION_INDEX", 0), ("SLURM_ARRAY_TASK_ID", 0), ("PARALLEL_SEQ", 1),
  ]

  private static func numberOfEngine(_ count: Int) throws -> Int {
    let set = variables.compactMap { variable in
      Environment.value(variable.name).flatMap { $0.isEmpty ? nil : (variable, $0) }
    }
    guard let (variable, text) = set.first else {
      throw ValidationError(
        "--shard auto/\(count) takes N from \(variables.map(\.name).joined(separator: ", ")), and none "
          + "of them is set; say N/\(count).")
    }
    guard set.count == 1 else {
      throw ValidationError(
        "--shard auto/\(count): \(set.map(\.0.name).joined(separator: " and ")) are set, and only one "
          + "of them can say N; say N/\(count).")
    }
    guard let number = number(text), (0..<count).contains(number - variable.first) else {
      throw ValidationError(
        "--shard auto/\(count): \(variable.name) is '\(text.forDisplay)', and is to be \(variable.first) to "
          + "\(count - 1 + variable.first).")
    }
    return number - variable.first
  }
}
