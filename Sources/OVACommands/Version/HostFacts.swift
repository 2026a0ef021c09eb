import Foundation
import Glibc
import OVASandbox

/// Facts about this machine that matter to the command.
struct HostFacts: Sendable {
  /// The kernel's name and release, such as `Linux 6.1.0-18-amd64`.
  let kernel: String
  /// The processors that work may run on.
  let processors: Int
  /// The number of files the process may have open at a time; nil for no limit.
  let openFiles: UInt64?
  /// The size in bytes that a file may have that the process writes; nil for no limit.
  let fileBytes: UInt64?
  /// The limits of the service or container that the process is in.
  let group: ControlGroup
  /// The version of Landlock, which confines what a process may do with files; nil where the kernel
  /// has none or does not offer it.
  let landlock: Int?
  /// True if the kernel filters system calls (seccomp).
  let filtersCalls: Bool

  /// The facts of this machine.
  static var current: HostFacts {
    let confinement = KernelConfinement.current
    return HostFacts(
      kernel: kernelRelease, processors: ProcessInfo.processInfo.activeProcessorCount,
      openFiles: limit(RLIMIT_NOFILE.rawValue), fileBytes: limit(RLIMIT_FSIZE.rawValue),
      group: .current, landlock: confinement.landlock, filtersCalls: confinement.filtersCalls)
  }

  /// A limit of this process; nil for none.
  private static func limit(_ kind: UInt32) -> UInt64? {
    var limit = rlimit()
    let isLimited =
      unsafe getrlimit(__rlimit_resource_t(kind), &limit) == 0 && limit.rlim_cur != rlim_t.max
    return isLimited ? UInt64(limit.rlim_cur) : nil
  }

  private static var kernelRelease: String {
    let release = try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
    return "Linux \(release?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "(unknown)")"
  }
}
