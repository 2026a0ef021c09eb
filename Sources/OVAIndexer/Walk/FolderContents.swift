import Glibc
import OVABasics
import OVAByteSource
import OVAIntegrity

/// The entries of a folder, looked at through the opened folder: one system call for each file.
///
/// Names stay bytes until their text is asked for, which in most folders of most scans it is not.
struct FolderContents {
  /// A file of the folder.
  struct File {
    let name: String
    let facts: FileFacts
    /// True if a symbolic link led to it.
    var isLinked = false
  }

  /// A folder below it.
  struct Subfolder {
    let name: String
    /// True if a symbolic link leads to it.
    var isLinked = false
  }

  /// A link whose end is no part of the walk.
  struct LostLink {
    let name: String
    let kind: RepositoryWalk.Problem.Kind
    let reason: String
  }

  private struct Entry {
    let start: Int
    let count: Int
    let facts: FileFacts
    let isLinked: Bool
  }

  let identity: FileFacts.Identity
  /// Folders, in the order that their paths have.
  private(set) var folders: [Subfolder] = []
  /// Links that are not followed.
  private(set) var lostLinks: [LostLink] = []
  /// Names that could not be looked at, with the cause.
  private(set) var failures: [(name: String, reason: String)] = []
  /// Descriptors that are hidden or excluded, and so not looked at.
  private(set) var unseenDescriptors = 0
  /// Symbolic links whose targets were not read yet.
  private(set) var links: [String] = []
  private var entries: [Entry] = []
  private var names: [UInt8] = []

  /// Reads a folder; hidden names and systems' own folders are left out.
  /// - Parameter isWanted: asked for each name; nil wants all.
  init(_ folder: borrowing FolderHandle, isWanted: ((String) -> Bool)?) throws(ByteSourceError) {
    identity = try folder.facts().identity
    let descriptor = folder.descriptor
    try unsafe folder.forEachName { name, type in
      unsafe take(name, type: Int(type), in: descriptor, isWanted)
    }
    links.sort { $0.precedesInBytes($1) }
    sort()
  }

  /// A folder of a tree that was listed.
  /// - Parameters:
  ///   - files: the bytes of names, with the facts of the files, in the order of the names.
  ///   - folders: the names of folders.
  ///   - unseenDescriptors: descriptors that are left out of the files.
  init(
    identity: FileFacts.Identity, files: [(name: ArraySlice<UInt8>, facts: FileFacts)],
    folders: [String], unseenDescriptors: Int
  ) {
    self.identity = identity
    self.unseenDescriptors = unseenDescriptors
    self.folders = folders.map { Subfolder(name: $0) }
    for file in files {
      entries.append(
        Entry(start: names.count, count: file.name.count, facts: file.facts, isLinked: false))
      names += file.name
    }
    sort()
  }

  private mutating func take(
    _ bytes: UnsafePointer<CChar>, type: Int, in descriptor: Int32,
    _ isWanted: ((String) -> Bool)?
  ) {
    let name = unsafe UnsafeRawBufferPointer(start: bytes, count: strlen(bytes))
    var isLeftOut = unsafe SystemFolder.isLeftOut(name)
    if !isLeftOut, let isWanted { isLeftOut = unsafe !isWanted(String(entry: bytes)) }
    if isLeftOut {
      if type != Int(DT_DIR), unsafe PackageKind(nameBytes: name) == .descriptor {
        unseenDescriptors += 1
      }
      return
    }
    switch type {
    case Int(DT_DIR): folders.append(Subfolder(name: unsafe String(entry: bytes)))
    case Int(DT_LNK): links.append(unsafe String(entry: bytes))
    case Int(DT_REG), Int(DT_UNKNOWN):
      let facts: FileFacts
      do throws(ByteSourceError) {
        facts = try unsafe FileFacts.of(name: bytes, in: descriptor)
      } catch {
        // What vanished between listing and looking is not there.
        if error.code != .notFound { failures.append((error.place.file, error.reason)) }
        return
      }
      switch facts.kind {
      case .regular:
        unsafe add(UnsafeRawBufferPointer(start: bytes, count: strlen(bytes)), facts, false)
      case .folder: folders.append(Subfolder(name: unsafe String(entry: bytes)))
      case .link: links.append(unsafe String(entry: bytes))
      case .special: break
      }
    default: break
    }
  }

  private mutating func add(_ name: UnsafeRawBufferPointer, _ facts: FileFacts, _ isLinked: Bool) {
    entries.append(
      Entry(start: names.count, count: name.count, facts: facts, isLinked: isLinked))
    unsafe names.append(contentsOf: name)
  }

  private mutating func sort() {
    let names = names
    entries.sort { Self.precedes(names, $0, $1) }
    folders.sort { ($0.name + "/").precedesInBytes($1.name + "/") }
  }

  private static func precedes(_ names: [UInt8], _ a: Entry, _ b: Entry) -> Bool {
    unsafe names.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return false }
      let order = unsafe memcmp(base + a.start, base + b.start, min(a.count, b.count))
      return order != 0 ? order < 0 : a.count < b.count
    }
  }

  // MARK: Links

  /// The file, folder or fault behind a link.
  enum LinkEnd {
    case file(FileFacts)
    case folder
    /// Nothing that is walked.
    case lost(RepositoryWalk.Problem.Kind, reason: String)
    case failure(reason: String)
    /// A device or the like, or something that vanished.
    case nothing
  }

  /// Puts what links lead to among the files and folders.
  mutating func follow(_ end: (String) -> LinkEnd) {
    guard !links.isEmpty else { return }
    for name in links {
      switch end(name) {
      case .file(let facts):
        unsafe name.withFileSystemPath { bytes in
          unsafe add(UnsafeRawBufferPointer(start: bytes, count: strlen(bytes)), facts, true)
        }
      case .folder: folders.append(Subfolder(name: name, isLinked: true))
      case .lost(let kind, let reason):
        lostLinks.append(LostLink(name: name, kind: kind, reason: reason))
      case .failure(let reason): failures.append((name, reason))
      case .nothing: break
      }
    }
    links = []
    sort()
  }

  // MARK: Files

  /// True if nothing at all lies in it that a repository would have.
  var isEmpty: Bool { entries.isEmpty && folders.isEmpty && links.isEmpty && lostLinks.isEmpty }

  /// The number of files.
  var fileCount: Int { entries.count }

  /// The files in the order of their names as text.
  var files: [File] {
    let files = entries.map { entry in
      File(
        name: unsafe names.withUnsafeBytes { bytes in
          unsafe String(
            entry: UnsafeRawBufferPointer(rebasing: bytes[entry.start..<entry.start + entry.count]))
        }, facts: entry.facts, isLinked: entry.isLinked)
    }
    return files.sorted { $0.name.precedesInBytes($1.name) }
  }

  /// The number of files that are packages by their names.
  var packageCount: Int {
    entries.count { entry in
      PackageKind(nameBytes: names[entry.start..<entry.start + entry.count]) != nil
    }
  }

  /// A digest of all that a look at the folder shows of its files and links: equal when nothing
  /// changed. Nil when something could not be looked at.
  var fingerprint: String? {
    guard failures.isEmpty else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(names.count + entries.count * 40)
    for entry in entries {
      bytes.append(contentsOf: names[entry.start..<entry.start + entry.count])
      // No name holds a slash.
      bytes.append(entry.isLinked ? UInt8(ascii: "l") : UInt8(ascii: "f"))
      bytes.append(UInt8(ascii: "/"))
      for number in [
        entry.facts.size, UInt64(bitPattern: entry.facts.modified),
        UInt64(bitPattern: entry.facts.changed), entry.facts.inode,
      ] { unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) } }
    }
    for link in lostLinks { bytes.append(contentsOf: "\(link.name)\(link.kind.rawValue)/".utf8) }
    var digester = Digester([.sha256])
    digester.update(bytes)
    return digester.finish().first?.hex
  }
}

extension String {
  /// A name out of a folder; nearly all are ASCII, and those cost one copy.
  fileprivate init(entry bytes: UnsafePointer<CChar>) {
    self = unsafe String(entry: UnsafeRawBufferPointer(start: bytes, count: strlen(bytes)))
  }

  fileprivate init(entry buffer: UnsafeRawBufferPointer) {
    if unsafe buffer.allSatisfy({ $0 < 0x80 && $0 != 0x5C }) {
      self = unsafe String(decoding: buffer, as: UTF8.self)
    } else {
      self = unsafe String(fileSystemBytes: buffer)
    }
  }
}
