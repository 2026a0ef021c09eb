import OVABasics
import OVFXML
import Synchronization

/// The names of chunks in each folder of a package, by the file that they are pieces of: folders are
/// gone through once, however many references there are.
final class ChunkNames: Sendable {
  /// A chunk: `disk.vmdk.000000002` is number 2.
  typealias Chunk = (number: Int, name: String)

  private let folders = Mutex<[ExactName: [ExactName: [Chunk]]]>([:])

  private let files = Mutex<[PackagePath: [Chunks.Piece]]>([:])

  /// The pieces of a file, looked for once however many references name it; nil for none.
  func pieces(of path: PackagePath, _ find: () -> [Chunks.Piece]) -> [Chunks.Piece]? {
    if let known = files.withLock({ $0[path] }) { return known }
    let found = find()
    guard !found.isEmpty else { return nil }
    files.withLock { $0[path] = found }
    return found
  }

  /// The chunks of a file.
  func chunks(of name: String, in folder: String, _ names: () -> [String]) -> [Chunk] {
    let key = ExactName(folder)
    if let known = folders.withLock({ $0[key].map { $0[ExactName(name)] ?? [] } }) { return known }
    var found: [ExactName: [Chunk]] = [:]
    for name in names() {
      guard let (whole, number) = ChunkName.parts(of: name) else { continue }
      found[ExactName(whole), default: []].append((number, name))
    }
    folders.withLock { [found] in $0[key] = found }
    return found[ExactName(name)] ?? []
  }
}
