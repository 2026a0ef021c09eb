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
  /// The version of Landlock, which confines what a process may do with files; nil where the kernel
  /// has none or does not offer it.
  let landlock: Int?
  /// Whether the kernel filters system calls (seccomp).
  let filtersCalls: Bool

  /// The facts of this machine.
  static var current: HostFacts {
    var limit = rlimit()
    let isLimited =
      unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
      && limit.rlim_cur != rlim_t.max
    let confinement = KernelConfinement.current
    return HostFacts(
      kernel: kernelRelease, processors: ProcessInfo.processInfo.activeProcessorCount,
      openFiles: isLimited ? UInt64(limit.rlim_cur) : nil, landlock: confinement.landlock,
      filtersCalls: confinement.filtersCalls)
  }

  private static var kernelRelease: String {
    let release = try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
    return "Linux \(release?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "(unknown)")"
  }
}
