import OVABasics
import OVAByteSource
import OVACatalog
import OVAIntegrity

/// The files of a repository that lies elsewhere, as one list tells of them, in the order of their
/// paths' bytes. A file takes 40 bytes of memory and its path.
final class ListedFiles: Sendable {
  let tree: any FileTree
  /// Paths at and below which nothing is known.
  let unlisted: [RepositoryWalk.Problem]
  /// The identity that stands for the tree.
  let identity: FileFacts.Identity
  private let entries: [Entry]
  private let names: [UInt8]
  private let shard: Shard?

  private struct Entry {
    let start: Int
    let count: Int32
    let size: UInt64
    let modified: Int64
    let mark: UInt64
  }

  /// Lists a tree.
  /// - Parameter shard: the part of the folders that is looked into; nil for all.
  /// - Throws: `ByteSourceError` when the list broke off, so that nothing is known.
  init(
    _ tree: any FileTree, shard: Shard?, isCancelled: () -> Bool
  ) throws(ByteSourceError) {
    self.tree = tree
    self.shard = shard
    identity = Self.identity(of: tree.name)
    var entries: [Entry] = []
    var names: [UInt8] = []
    var unlisted: [RepositoryWalk.Problem] = []
    try tree.list(isWanted: { shard?.reaches($0) ?? true }, isCancelled: isCancelled) { entry in
      switch entry {
      case .file(let file):
        let start = names.count
        names += file.path.utf8
        entries.append(
          Entry(
            start: start, count: Int32(clamping: names.count - start), size: file.size,
            modified: file.modified, mark: file.mark))
      case .unlisted(let path, let reason):
        unlisted.append(RepositoryWalk.Problem(kind: .unreadable, path: path, reason: reason))
      }
    }
    let isSorted = zip(entries, entries.dropFirst()).allSatisfy {
      Self.precedes(names, $0, $1)
    }
    if !isSorted {
      entries.sort { Self.precedes(names, $0, $1) }
      unlisted += Self.removeDoubles(&entries, names)
    }
    self.entries = entries
    self.names = names
    self.unlisted = unlisted
  }

  /// The identity that stands for a tree, by its name.
  static func identity(of name: String) -> FileFacts.Identity {
    var digester = Digester([.sha256])
    digester.update(Array(name.utf8))
    let number = digester.finish().first.flatMap { UInt64($0.hex.prefix(16), radix: 16) } ?? 0
    return FileFacts.Identity(device: number, inode: number)
  }

  private static func precedes(_ names: [UInt8], _ a: Entry, _ b: Entry) -> Bool {
    bytes(names, a).lexicographicallyPrecedes(bytes(names, b))
  }

  private static func bytes(_ names: [UInt8], _ entry: Entry) -> ArraySlice<UInt8> {
    names[entry.start..<entry.start + Int(entry.count)]
  }

  /// Leaves one of each path, and none of those that are listed in several versions.
  private static func removeDoubles(
    _ entries: inout [Entry], _ names: [UInt8]
  ) -> [RepositoryWalk.Problem] {
    var kept: [Entry] = []
    var unclear: [RepositoryWalk.Problem] = []
    var index = 0
    while index < entries.count {
      let first = entries[index]
      var end = index + 1
      while end < entries.count, bytes(names, entries[end]) == bytes(names, first) { end += 1 }
      let isOne = entries[index..<end].allSatisfy {
        $0.size == first.size && $0.modified == first.modified && $0.mark == first.mark
      }
      if isOne {
        kept.append(first)
      } else {
        unclear.append(
          RepositoryWalk.Problem(
            kind: .unreadable, path: String(decoding: bytes(names, first), as: UTF8.self),
            reason: "it is listed more than once, in different versions"))
      }
      index = end
    }
    entries = kept
    return unclear
  }

  // MARK: Files

  var range: Range<Int> { entries.indices }

  /// The bytes of a path.
  func bytes(_ index: Int) -> ArraySlice<UInt8> { Self.bytes(names, entries[index]) }

  func facts(_ index: Int) -> FileFacts {
    let entry = entries[index]
    return facts(size: entry.size, modified: entry.modified, mark: entry.mark)
  }

  private func facts(size: UInt64, modified: Int64, mark: UInt64) -> FileFacts {
    FileFacts(
      kind: .regular, size: size, modified: modified, changed: modified, inode: mark,
      device: identity.device)
  }

  private func file(_ index: Int) -> ListedFile {
    let entry = entries[index]
    return ListedFile(
      path: String(decoding: bytes(index), as: UTF8.self), size: entry.size,
      modified: entry.modified, mark: entry.mark)
  }

  /// The first place from which on paths are not before one.
  func lowerBound(_ path: some Collection<UInt8>, in range: Range<Int>) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if bytes(middle).lexicographicallyPrecedes(path) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The files at and behind a place whose paths begin with a folder's, given with its slash.
  func range(of folder: ArraySlice<UInt8>, from index: Int, to end: Int) -> Range<Int> {
    // Behind all that begin so: the slash is the last byte, and no path has the next one there.
    let behind = folder.dropLast() + [UInt8(ascii: "/") + 1]
    return index..<lowerBound(behind, in: index..<end)
  }

  /// The file at a path; nil where there is none.
  /// - Throws: `ByteSourceError` where it has to be asked for, and that fails.
  func file(at path: String) throws(ByteSourceError) -> ListedFile? {
    let wanted = Array(path.utf8)
    let index = lowerBound(wanted, in: range)
    if index < entries.count, bytes(index).elementsEqual(wanted) { return file(index) }
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    guard let shard, let slash, !shard.reaches(String(path[..<slash])) else { return nil }
    // It lies in a folder of another part.
    return try tree.file(at: path)
  }

  /// The names of the files directly in a folder, given with a slash at its end or empty, in the order
  /// of their bytes; none where there are more than a limit.
  func names(in folder: String, limit: Int) -> [String] {
    let prefix = Array(folder.utf8)
    let range =
      prefix.isEmpty
      ? range : range(of: prefix[...], from: lowerBound(prefix, in: range), to: entries.count)
    var names: [String] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let rest = bytes(index).dropFirst(prefix.count)
      if let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
        let below = bytes(index)[...slash]
        index = self.range(of: below, from: index, to: range.upperBound).upperBound
        continue
      }
      names.append(String(decoding: rest, as: UTF8.self))
      if names.count > limit { return [] }
      index += 1
    }
    return names
  }
}

extension ListedFiles: RepositoryFiles {
  func facts(of path: String) throws(ByteSourceError) -> FileFacts {
    guard let file = try file(at: path) else {
      throw ByteSourceError(
        code: .notFound, doing: "look at it", reason: "it is not in the list", place: Place(path))
    }
    return facts(size: file.size, modified: file.modified, mark: file.mark)
  }
}
