import Glibc
import OVABasics
import OVAByteSource
import OVAConcurrency
import OVAIndexer
import Synchronization

/// Tells when something below folders changes, as the kernel tells it (inotify).
///
/// It tells only that something changed: a scan finds out what. So nothing is lost when the kernel
/// could not keep up and says so, or when a folder is moved while it is looked at.
package final class FolderWatch: Sendable {
  /// Folders watched at most; each costs about a kilobyte of the kernel's memory.
  package static let mostFolders = 200_000

  private let descriptor: Int32
  private let events: DescriptorEvents
  private let mostFolders: Int
  private let watched = Mutex<Set<Int32>>([])

  /// Begins to listen; `onChange` is called on a queue of the system's.
  ///
  /// - Parameters:
  ///   - ignored: a name whose changes are of no account, and all names that begin with it and a
  ///     dash: the catalog's own files, should they lie in a folder that is watched.
  ///   - mostFolders: folders watched at most.
  /// - Returns: nil when the system watches no (more) folders.
  package init?(
    ignoring ignored: String, mostFolders: Int = FolderWatch.mostFolders,
    onChange: @escaping @Sendable () -> Void
  ) {
    let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
    self.mostFolders = mostFolders
    events = DescriptorEvents(of: descriptor) {
      var isTold = false
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = unsafe buffer.withUnsafeMutableBytes {
          unsafe read(descriptor, $0.baseAddress, $0.count)
        }
        guard count > 0 else { break }
        isTold = Self.tells(buffer[..<count], ignoring: ignored) || isTold
      }
      if isTold { onChange() }
    } onEnd: {
      close(descriptor)
    }
  }

  private static let mask = UInt32(
    IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_CLOSE_WRITE | IN_ATTRIB
      | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK)

  /// Watches each folder below these from now on, and no others any more. Changes after this
  /// returns are reported; so look at the folders after this, not before.
  ///
  /// - Returns: whether all of them are watched.
  package func watch(_ folders: [String]) -> Bool {
    var next: Set<Int32> = []
    var areAll = true
    var pending = folders.map { ($0, isTop: true) }
    while let (folder, isTop) = pending.popLast() {
      guard next.count < mostFolders else {
        areAll = false
        break
      }
      let number = unsafe folder.withFileSystemPath { path in
        unsafe inotify_add_watch(
          descriptor, path, isTop ? Self.mask & ~UInt32(IN_DONT_FOLLOW) : Self.mask)
      }
      guard number >= 0 else {
        // One that went meanwhile needs no watching; the folder above tells of it.
        if errno != ENOENT && errno != ENOTDIR || isTop { areAll = false }
        if errno == ENOSPC { break }
        continue
      }
      next.insert(number)
      guard let listing = try? FolderListing.of(path: folder) else {
        areAll = false
        continue
      }
      for entry in listing.entries
      where !SystemFolder.isLeftOut(entry.name.utf8) && (entry.kind == .folder || entry.kind == nil)
      {
        pending.append(("\(folder)/\(entry.name)", isTop: false))
      }
    }
    watched.withLock { watched in
      // Otherwise folders that were moved elsewhere would be watched on.
      for number in watched.subtracting(next) { inotify_rm_watch(descriptor, number) }
      watched = next
    }
    return areAll
  }

  /// Returns whether what the kernel wrote tells of a change, or that it could not tell of all of
  /// them.
  package static func tells(_ bytes: ArraySlice<UInt8>, ignoring ignored: String) -> Bool {
    // int wd; uint32_t mask, cookie, len; char name[len];
    func word(_ start: Int) -> UInt32 {
      bytes[start..<(start + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    var start = bytes.startIndex
    while bytes.endIndex - start >= 16 {
      let mask = word(start + 4)
      let length = Int(word(start + 12))
      let end = start + 16 + length
      guard end <= bytes.endIndex else { return true }
      let name = bytes[(start + 16)..<end].prefix { $0 != 0 }
      start = end
      if mask & UInt32(IN_Q_OVERFLOW) != 0 { return true }
      if mask & UInt32(IN_IGNORED) != 0 { continue }
      if name.first == UInt8(ascii: ".") { continue }
      if !ignored.isEmpty, name.starts(with: ignored.utf8) {
        let rest = name.dropFirst(ignored.utf8.count)
        if rest.isEmpty || rest.first == UInt8(ascii: "-") { continue }
      }
      return true
    }
    return false
  }
}
