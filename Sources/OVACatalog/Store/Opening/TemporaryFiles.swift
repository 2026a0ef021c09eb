import Glibc
import OVAByteSource

/// The files in which SQLite keeps for a while what does not fit into memory.
enum TemporaryFiles {
  /// True if there is a folder for them: one of those that SQLite looks at.
  static var isPossible: Bool {
    let named = ["SQLITE_TMPDIR", "TMPDIR"].compactMap { (name: String) in
      unsafe getenv(name).map { unsafe String(cString: $0) }
    }
    return (named + ["/var/tmp", "/usr/tmp", "/tmp"]).contains { folder in
      unsafe folder.withFileSystemPath { unsafe access($0, W_OK | X_OK) } == 0
    }
  }
}
