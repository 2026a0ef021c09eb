import OVABasics
import OVAByteSource
import OVACatalog

/// The files of one run, each read once from its first line to its last: of one run, of one
/// description, and one of each part.
struct ShardSet {
  /// The file of a part that is there.
  struct Part {
    let bytes: ShardBytes
    let shard: Shard
    let header: ShardHeader
    let end: EndLine
    /// The facts of the file: as long as they hold, it is what was read. Nil for one that the
    /// catalog keeps.
    let facts: FileFacts?
    /// The states of the repositories that it saw.
    let repositories: [RepositoryLine]

    /// The name of it in messages.
    var path: String { bytes.name }

    /// Reads it again.
    func reader() throws(ShardError) -> ShardReader { try ShardReader(bytes, facts: facts) }
  }

  /// The parts by their numbers.
  let parts: [Part]
  /// The header that is the same in all files.
  let header: ShardHeader
  let mappings: [RepositoryMapping]
  /// The numbers of the parts that are not there.
  let missing: [Int]

  /// True if all parts of the run are there.
  var isComplete: Bool { missing.isEmpty }
  /// The time at which the first of them began, in seconds since 1970.
  var started: Int64 { parts.map(\.header.started).min() ?? header.started }

  /// Reads and checks the files.
  /// - Parameters:
  ///   - allowsMissing: whether parts may be missing.
  ///   - package: called for each package of each file, with its repository's number and folder.
  ///   - isStopped: asked now and then; true ends it.
  init(
    _ files: [ShardBytes], allowsMissing: Bool, isStopped: () -> Bool,
    package: (ShardHeader, Int, String, PackageLine) throws -> Void
  ) throws {
    var parts: [Int: Part] = [:]
    var first: Part?
    for file in files {
      let part = try Self.read(file, isStopped, package)
      if let first { try Self.demandSameRun(first, part) }
      first = first ?? part
      if let other = parts[part.shard.number] {
        guard other.end == part.end, other.header == part.header else {
          throw Self.mixed(
            part,
            "it is another result of shard \(part.shard.number) than '\(other.path.forDisplay)'",
            fix: "leave one of them out")
        }
      } else {
        parts[part.shard.number] = part
      }
    }
    guard let first else {
      throw ShardError(
        code: .missing, doing: "merge the shards", reason: "no file was named", place: Place(""))
    }
    header = first.header
    self.parts = parts.values.sorted { $0.shard.number < $1.shard.number }
    mappings = try header.repositories.map { try $0.mapping() }
    missing = (0..<first.shard.count).filter { parts[$0] == nil }
    guard missing.isEmpty || allowsMissing else {
      throw ShardError(
        code: .missing, doing: "merge the shards",
        reason:
          "\(Self.text(missing)) of \(first.shard.count) \(missing.count == 1 ? "is" : "are") "
          + "missing from run '\(header.run.forDisplay)'", place: Place(first.path),
        fix: "run \(missing.count == 1 ? "it" : "them"), or say with --partial to take in what is "
          + "there, without telling what was removed")
    }
    try demandSameFolders()
  }

  private static func read(
    _ file: ShardBytes, _ isStopped: () -> Bool,
    _ package: (ShardHeader, Int, String, PackageLine) throws -> Void
  ) throws -> Part {
    var reader = try ShardReader(file)
    var repositories: [RepositoryLine] = []
    var folder = ""
    while let line = try reader.next() {
      if isStopped() { throw ShardMerge.stopped(file.name) }
      if let repository = line.repository { repositories.append(repository) }
      if let next = line.folder { folder = next.path }
      if let found = line.package {
        try package(reader.header, repositories.count - 1, folder, found)
      }
    }
    guard let end = reader.end else {
      throw ShardError(
        code: .incomplete, doing: "merge the shard", reason: "it has no closing line",
        place: Place(file.name), fix: "run the shard again")
    }
    return Part(
      bytes: file, shard: reader.shard, header: reader.header, end: end, facts: reader.facts,
      repositories: repositories)
  }

  /// `shard 3`, `shards 3, 7 and 9 to 12`.
  static func text(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    let words = ranges.map { range in
      range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }
    let list =
      words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
    return (numbers.count == 1 ? "shard " : "shards ") + list
  }

  /// The numbers that file systems of a part have in the first one.
  func devices(of part: Part) -> DeviceNumbers {
    var devices = DeviceNumbers()
    for (own, first) in zip(part.repositories, parts.first?.repositories ?? []) {
      devices.add(own, as: first)
    }
    return devices
  }

  // MARK: One run

  private static func demandSameRun(_ first: Part, _ other: Part) throws(ShardError) {
    let (a, b) = (first.header, other.header)
    let differences: [(Bool, String)] = [
      (a.run != b.run, "it is of run '\(b.run.forDisplay)', not of run '\(a.run.forDisplay)'"),
      (a.shards != b.shards, "it is one of \(b.shards) shards, not of \(a.shards)"),
      (a.depth != b.depth, "its shards are cut at depth \(b.depth), not at \(a.depth)"),
      (
        a.program != b.program,
        "version \(b.program.forDisplay) wrote it, not \(a.program.forDisplay)"
      ),
      (
        a.repositories != b.repositories,
        "its repositories, or the patterns of paths that are left out, are described differently"
      ),
      (
        a.targets != b.targets || a.choosesTargets != b.choosesTargets,
        "its packages are judged for other targets"
      ),
      (a.rules != b.rules, "its packages are judged by other rules or another policy"),
      (a.digests != b.digests, "one of them is without digests"),
    ]
    guard let difference = differences.first(where: \.0) else { return }
    throw mixed(
      other, "\(difference.1), unlike '\(first.path.forDisplay)'",
      fix: "merge the files of one run, whose shards all have the same options")
  }

  /// Checks that all parts looked at the same folders: where a mount is away another folder is
  /// left.
  private func demandSameFolders() throws(ShardError) {
    guard let first = parts.first else { return }
    for part in parts.dropFirst() {
      for (own, other) in zip(part.repositories, first.repositories)
      where own.folder?.inode != other.folder?.inode || own.root?.inode != other.root?.inode {
        let folder = mappings[own.number].walkedFolder
        throw Self.mixed(
          part,
          "it saw another folder as '\(folder.forDisplay)' than '\(first.path.forDisplay)': on one of the "
            + "machines its file system was not mounted",
          fix: "run again, with --force, the shards that saw the wrong folder")
      }
    }
  }

  private static func mixed(_ part: Part, _ reason: String, fix: String) -> ShardError {
    ShardError(
      code: .mixed, doing: "merge the shard", reason: reason, place: Place(part.path), fix: fix)
  }
}

/// The folders of all parts of one repository after the other, in the order of their paths: the order
/// in which one scan meets them.
struct FolderOrder {
  /// The place in one part's file.
  final class Cursor {
    let part: ShardSet.Part
    let devices: DeviceNumbers
    private(set) var repository = -1
    /// The folder that comes next; nil at the end.
    private(set) var folder: FolderLine?
    private var reader: ShardReader
    private var ahead: ShardLine?

    init(_ part: ShardSet.Part, _ devices: DeviceNumbers) throws(ShardError) {
      self.part = part
      self.devices = devices
      reader = try part.reader()
      try advance()
    }

    /// The next entry of the folder; nil at its end.
    func entry() throws(ShardError) -> ShardLine? {
      guard let line = ahead, line.package != nil || line.unowned != nil else { return nil }
      ahead = try reader.next()
      return line
    }

    /// Goes on to the next folder.
    func advance() throws(ShardError) {
      folder = nil
      if ahead == nil { ahead = try reader.next() }
      while let line = ahead {
        ahead = try reader.next()
        if let next = line.repository { repository = next.number }
        if let next = line.folder {
          folder = next
          return
        }
      }
    }

    func precedes(_ other: Cursor) -> Bool {
      guard let own = folder, let next = other.folder else { return folder != nil }
      return repository != other.repository
        ? repository < other.repository : own.path.precedesInBytes(next.path)
    }
  }

  /// A heap: each cursor precedes those at twice its place and the next.
  private var heap: [Cursor] = []

  init(_ set: ShardSet) throws(ShardError) {
    for part in set.parts { heap.append(try Cursor(part, set.devices(of: part))) }
    for index in heap.indices.reversed() { sink(index) }
  }

  /// The cursor at the next folder of a repository; nil when there is none left.
  func next(of repository: Int) -> Cursor? {
    heap.first.flatMap { $0.folder != nil && $0.repository == repository ? $0 : nil }
  }

  /// Goes on once the folder was read.
  mutating func advance() throws(ShardError) {
    try heap.first?.advance()
    sink(0)
  }

  private mutating func sink(_ index: Int) {
    var index = index
    while true {
      var least = index
      for below in [2 * index + 1, 2 * index + 2]
      where below < heap.count && heap[below].precedes(heap[least]) { least = below }
      guard least != index else { return }
      heap.swapAt(index, least)
      index = least
    }
  }
}
