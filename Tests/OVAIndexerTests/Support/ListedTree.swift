import Foundation
import OVABasics
import OVAByteSource
import OVACatalog
import OVAIndexer
import OVATestSupport
import Synchronization

/// The files of a folder as a tree elsewhere, which counts what is asked of it and fails as a test
/// wants it to.
final class ListedTree: FileTree {
  let name = "s3://bucket"
  private let root: String
  private let state = Mutex(State())

  struct State {
    /// The files whose bytes were read.
    var read: Set<String> = []
    /// The files that were asked for by themselves.
    var asked: [String] = []
    var listings = 0
    /// The list breaks off behind so many files.
    var breaksAfter: Int?
    /// Paths of which the list says that it knows nothing.
    var unlisted: [String] = []
    /// Files that cannot be read, and how.
    var failures: [String: ByteSourceFailure] = [:]
    var isAway = false
    /// Names that the tree has for a file, besides its own: keys that no file system has.
    var keys: [String: String] = [:]
  }

  init(_ root: String) { self.root = root }

  /// The state that a test sets before a scan, and reads after it.
  subscript<Value>(_ path: WritableKeyPath<State, Value>) -> Value {
    get { known[keyPath: path] }
    set {
      var changed = known
      changed[keyPath: path] = newValue
      let new = changed
      state.withLock { $0 = new }
    }
  }

  private var known: State { state.withLock { $0 } }

  func confirm() throws(ByteSourceError) { if self[\.isAway] { throw failure(name, .inputOutput) } }

  func list(
    isWanted: (String) -> Bool, isCancelled: () -> Bool, take: (FileTreeEntry) -> Void
  ) throws(ByteSourceError) {
    try confirm()
    state.withLock { $0.listings += 1 }
    var count = 0
    let known = known
    let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    // In no order, and some of it twice.
    for path in files.shuffled() + files.prefix(3) + Array(known.keys.keys) {
      if known.breaksAfter == count { throw failure(name, .inputOutput) }
      if known.unlisted.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) { continue }
      let folders = path.utf8.indices.filter { path.utf8[$0] == UInt8(ascii: "/") }
      guard folders.allSatisfy({ isWanted(String(path[..<$0])) }) else { continue }
      if let file = listed(path) { take(.file(file)) }
      count += 1
    }
    for path in known.unlisted { take(.unlisted(path: path, reason: "it may not be listed")) }
  }

  func file(at path: String) throws(ByteSourceError) -> ListedFile? {
    state.withLock { $0.asked.append(path) }
    return listed(path)
  }

  func source(of file: ListedFile, named name: String) -> any ByteSource {
    Source(tree: self, file: file, name: name)
  }

  fileprivate func noteRead(_ path: String) { state.withLock { _ = $0.read.insert(path) } }

  private func listed(_ path: String) -> ListedFile? {
    guard let facts = try? FileFacts.of(path: place(path)), facts.kind == .regular else {
      return nil
    }
    return ListedFile(
      path: path, size: facts.size, modified: facts.modified, mark: facts.inode)
  }

  fileprivate func place(_ path: String) -> String { "\(root)/\(self[\.keys][path] ?? path)" }

  fileprivate func failure(_ name: String, _ code: ByteSourceFailure) -> ByteSourceError {
    ByteSourceError(
      code: code, doing: "fetch it", reason: "the server does not answer", place: Place(name))
  }

  private struct Source: ByteSource {
    let tree: ListedTree
    let file: ListedFile
    let name: String
    var size: UInt64 { file.size }

    func read(
      at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
    ) throws(ByteSourceError) -> Int {
      if let code = tree[\.failures][file.path] { throw tree.failure(name, code) }
      tree.noteRead(file.path)
      return try FileSource(path: tree.place(file.path)).read(at: offset, into: buffer)
    }
  }
}

extension Tree {
  /// A repository of a tree elsewhere that has the files of the folder.
  func elsewhere() throws -> RepositoryMapping {
    try RepositoryMapping(dataStore: "ds", root: "s3://bucket/", isPublic: true)
  }

  /// Scans the files as those of a tree elsewhere.
  @discardableResult
  func scan(
    _ listed: ListedTree, into store: CatalogStore? = nil,
    _ change: (inout ScanOptions) -> Void = { _ in }
  ) throws -> ScanSummary {
    var options = ScanOptions()
    options.settle = 0
    options.trees = { _ throws(ByteSourceError) in listed }
    change(&options)
    return try RepositoryScan(
      store: store ?? self.store, mappings: [try elsewhere()], options: options
    ).run()
  }
}
