import OVABasics
import OVAByteSource
import OVACatalog

/// The place of the lines of a part: a file, or the catalog that keeps it.
enum ShardBytes: Sendable {
  /// A path.
  case file(String)
  case stored(StoredShard, CatalogStore)

  /// Bytes that are read of a file at once.
  private static let piece = 1 << 16

  /// The name of it in messages.
  var name: String {
    switch self {
    case .file(let path): path
    case .stored(let shard, let store): "\(store.path) (shard \(shard.number))"
    }
  }

  /// The bytes at an offset; none at the end.
  ///
  /// A file is opened for each piece and not kept open, since a run may have more parts than a process
  /// may have files open.
  /// - Parameter facts: the file's when it was read before; set to those of now.
  func bytes(at offset: UInt64, _ facts: inout FileFacts?) throws(ShardError) -> [UInt8] {
    switch self {
    case .file(let path):
      do throws(ByteSourceError) {
        let file = try FileSource(path: path)
        facts = file.facts
        let count = offset < file.size ? min(UInt64(Self.piece), file.size - offset) : 0
        return try file.bytes(at: offset, count: Int(count))
      } catch {
        throw ShardError(error, as: .unreadable, doing: "merge the shard")
      }
    case .stored(let shard, let store):
      guard offset < UInt64(clamping: shard.size) else { return [] }
      do throws(CatalogError) {
        let number = Int(clamping: offset / UInt64(StoredShard.pieceSize))
        if let piece = try store.piece(number, of: shard) { return piece }
      } catch {
        throw ShardError(error, as: .unreadable, doing: "merge the shard")
      }
      throw ShardError(
        code: .unreadable, doing: "merge the shard",
        reason: "another attempt replaced it meanwhile", place: Place(name), fix: "merge again")
    }
  }
}
