import CPlatform
import Glibc
import OVAByteSource

/// Confines the calling thread, and all that it starts, to reading some folders and files.
///
/// Source: the kernel's `Documentation/userspace-api/landlock.rst`.
enum Landlock {
  /// The version that the kernel has; nil where it has none or does not offer it.
  static var version: Int? {
    let version = ova_landlock_version()
    return version > 0 ? version : nil
  }

  private static let readFile: UInt64 = 1 << 2
  private static let readFolder: UInt64 = 1 << 3

  /// Returns the rights to files that a version can forbid: running, writing, reading, making and
  /// removing files; from 2 on moving between folders, from 3 on cutting, from 5 on controlling
  /// devices.
  private static func files(_ version: Int) -> UInt64 {
    switch version {
    case ..<2: (1 << 13) - 1
    case 2: (1 << 14) - 1
    case 3, 4: (1 << 15) - 1
    default: (1 << 16) - 1
    }
  }

  /// Forbids everything but reading beneath these paths; a path that is not there is left out.
  /// - Returns: false where the kernel refuses.
  static func restrict(toReading paths: [String]) -> Bool {
    guard let version else { return false }
    var rules = ova_landlock_ruleset()
    rules.files = files(version)
    // Binding and connecting TCP from 4 on; abstract sockets and signals to others from 6 on.
    rules.network = version >= 4 ? 0b11 : 0
    rules.scopes = version >= 6 ? 0b11 : 0
    let ruleset = unsafe ova_landlock_create(&rules)
    guard ruleset >= 0 else { return false }
    defer { close(ruleset) }
    for path in paths {
      let folder = unsafe path.withFileSystemPath { unsafe ova_open_path($0) }
      guard folder >= 0 else { continue }
      defer { close(folder) }
      var status = stat()
      guard unsafe fstat(folder, &status) == 0 else { continue }
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      var beneath = ova_landlock_beneath(
        files: readFile | (isFolder ? readFolder : 0), folder: folder)
      guard unsafe ova_landlock_add(ruleset, &beneath) == 0 else { return false }
    }
    return ova_landlock_restrict(ruleset) == 0
  }
}
