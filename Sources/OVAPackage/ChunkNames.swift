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
      guard let (whole, number) = Self.parts(of: name) else { continue }
      found[ExactName(whole), default: []].append((number, name))
    }
    folders.withLock { [found] in $0[key] = found }
    return found[ExactName(name)] ?? []
  }

  /// The name of the whole file and the number, of a name that ends in a dot and nine digits.
  private static func parts(of name: String) -> (whole: String, number: Int)? {
    let digits = name.utf8.suffix(9)
    let rest = name.utf8.dropLast(9)
    guard digits.count == 9, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      rest.last == UInt8(ascii: "."), let number = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    return (String(decoding: rest.dropLast(), as: UTF8.self), number)
  }
}
