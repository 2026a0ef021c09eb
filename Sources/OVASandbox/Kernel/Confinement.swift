import CSeccomp
import Glibc
import OVAByteSource

/// The rights of a process that has given up all others.
public struct Confinement: Hashable, Sendable, Codable {
  /// Folders and files that may be read; all beneath a folder.
  public var readable: [String]
  /// Bytes of memory that may be asked for beyond what the process has.
  public var memory: UInt64

  /// Confines to reading.
  /// - Parameters:
  ///   - readable: folders and files that may be read; all beneath a folder.
  ///   - memory: bytes of memory that may be asked for beyond what the process has.
  public init(readable: [String], memory: UInt64 = 2 << 30) {
    self.readable = readable
    self.memory = memory
  }

  /// The paths that everybody may read and that parsing needs: the system's shared libraries, since
  /// those that decode rare encodings are loaded when they are needed; the certificates that it
  /// trusts; and the kernel's files on processors and threads, without which thread pools end the
  /// process. Landlock denies access to everything of other processes that is not world-readable.
  private static let system = [
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache",
    "/proc", "/sys/devices/system/cpu", "/etc/ssl/certs", "/etc/pki/tls/certs",
    "/etc/pki/ca-trust/extracted",
  ]

  /// Confines this process, which must have no second thread yet, until it ends.
  ///
  /// - Returns: what of the kernel's means is in force.
  /// - Throws: `SandboxError` when a means that the kernel has cannot be used.
  public func apply() throws(SandboxError) -> KernelConfinement {
    // Landlock confines the thread that asks for it, and those that it starts.
    guard ProcessStatistics.threads == 1 || SanitizerRuntime.isPresent else {
      throw SandboxError(.notConfined, "the process has several threads already")
    }
    let kernel = KernelConfinement.current
    limitResources()
    guard ova_no_new_privileges() == 0 else {
      throw SandboxError(.notConfined, "privileges cannot be given up (prctl)")
    }
    if kernel.landlock != nil, !Landlock.restrict(toReading: readable + Self.system) {
      throw SandboxError(.notConfined, "Landlock refuses: \(systemWords(errno))")
    }
    if kernel.filtersCalls, !SystemCallFilter.apply() {
      throw SandboxError(.notConfined, "the filter of system calls (seccomp) is refused")
    }
    return kernel
  }

  private func limitResources() {
    let (most, overflow) = (ProcessStatistics.addressSpace ?? 0).addingReportingOverflow(memory)
    if !overflow, !SanitizerRuntime.isPresent { limit(RLIMIT_AS, to: most) }
    limit(RLIMIT_CORE, to: 0)
    limit(RLIMIT_FSIZE, to: 0)
  }

  private func limit(_ resource: __rlimit_resource, to most: UInt64) {
    var limits = rlimit(rlim_cur: rlim_t(most), rlim_max: rlim_t(most))
    _ = unsafe setrlimit(__rlimit_resource_t(resource.rawValue), &limits)
  }
}
