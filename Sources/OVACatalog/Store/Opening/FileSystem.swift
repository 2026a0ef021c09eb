import OVAByteSource

#if canImport(Glibc)
  import Glibc
#endif

/// File systems whose locks another machine does not see, or sees too late.
package enum NetworkFileSystem {
  /// The kind of network file system that a path lies on; nil when it lies on a local one.
  package static func name(at path: String) -> String? {
    var facts = stat()
    guard unsafe path.withFileSystemPath({ unsafe stat($0, &facts) }) == 0,
      let mounts = unsafe fopen("/proc/self/mountinfo", "rbe")
    else { return nil }
    defer { unsafe fclose(mounts) }
    let device = facts.st_dev
    let major = device >> 8 & 0xFFF | device >> 32 & ~0xFFF
    let minor = device & 0xFF | device >> 12 & ~0xFF
    let limit = 1 << 20
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = unsafe fread(buffer.baseAddress, 1, limit, mounts)
    }
    return name(ofDevice: "\(major):\(minor)", mounts: String(decoding: bytes, as: UTF8.self))
  }

  /// The kind of network file system that a device is, by the kernel's list of mounts.
  package static func name(ofDevice device: String, mounts: String) -> String? {
    for line in mounts.split(separator: "\n") {
      // 36 35 98:0 /root /mount options optional… - type source options
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count > 2, words[2] == device, let dash = words.firstIndex(of: "-"),
        dash + 1 < words.count
      else { continue }
      let kind = String(words[dash + 1])
      return kinds.contains(kind) ? kind : nil
    }
    return nil
  }

  private static let kinds: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "lustre", "gpfs", "beegfs",
    "glusterfs", "ocfs2", "gfs2", "davfs", "ncpfs", "coda", "vboxsf", "vmhgfs", "prl_fs",
    "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.rclone", "fuse.s3fs", "fuse.davfs2",
    "fuse.curlftpfs", "fuse.vmhgfs-fuse", "fuse.mfs", "fuse.juicefs", "fuse.gcsfuse",
  ]
}

/// The identity of an open file, to notice that another one has taken its name.
struct FileIdentity: Hashable {
  let device: UInt
  let inode: UInt

  /// Nil when there is no such file.
  init?(_ path: String) {
    var facts = stat()
    guard unsafe path.withFileSystemPath({ unsafe stat($0, &facts) }) == 0 else { return nil }
    device = UInt(facts.st_dev)
    inode = UInt(facts.st_ino)
  }
}

/// Held while one process scans into a database; the kernel, or the server, releases it however the
/// process ends.
public final class ScanLock: Sendable {
  private let descriptor: Int32?
  /// The connection that holds it on a server.
  private let connection: PostgreSQLConnection?

  /// A lock that a connection holds.
  init(_ connection: PostgreSQLConnection) {
    descriptor = nil
    self.connection = connection
  }

  /// Nil when another process holds it.
  init?(database path: String) throws(CatalogError) {
    let descriptor = uninterrupted {
      unsafe "\(path)-scan".withFileSystemPath {
        unsafe open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      }
    }
    guard descriptor >= 0 else {
      throw StoreFailure.error(
        .notWritable, "lock the catalog for a scan", path, "its folder may not be written",
        fix: "give the user who runs this write permission")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    connection = nil
  }

  deinit {
    guard let descriptor else { return }
    // A process that is just being started has a copy of the descriptor until its program runs, and
    // with it the lock, unless that is given up by itself.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}

/// A job that one of the servers of a catalog does for all.
public enum CatalogJob: Sendable {
  /// Taking up requests to sync.
  case syncs
  /// Sending letters.
  case letters
}

/// Held while one server does a job; the database releases it however the server ends.
public final class JobLock: Sendable {
  private let connection: PostgreSQLConnection?

  init(_ connection: PostgreSQLConnection?) { self.connection = connection }
}
