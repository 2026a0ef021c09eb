import OVAArchive
import OVABasics
import OVAByteSource

/// The files that a run writes: none of them is one that it reads, and no two are the same, however
/// their paths are written.
struct OutputNames {
  private var readers: [ExactName: String] = [:]
  private var written: Set<ExactName> = []

  /// - Parameter read: the paths of what the run reads.
  init(read: [String]) {
    for path in read {
      if let file = Self.file(path) { readers[file] = path }
    }
  }

  /// Checks that a path may be written to.
  mutating func add(_ path: String) throws(ArchiveError) {
    guard let file = Self.file(path) else { return }
    if readers[file] != nil { throw Self.refused(path, "this run reads it") }
    guard written.insert(file).inserted else {
      throw Self.refused(path, "this run writes something else to it")
    }
  }

  private static func refused(_ path: String, _ reason: String) -> ArchiveError {
    ArchiveError(
      code: .outputExists, doing: "write it", reason: reason, place: Place(path),
      fix: "choose another name")
  }

  /// The file that a path leads to, or would be; nil where its folder is not there.
  private static func file(_ path: String) -> ExactName? {
    if let real = path.realPath { return ExactName(real) }
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(path[...$0]) } ?? "."
    let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    return folder.realPath.map { ExactName("\($0)/\(name)") }
  }
}
