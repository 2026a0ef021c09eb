/// The means of a kernel to confine a process.
public struct KernelConfinement: Hashable, Sendable, Codable {
  /// The version of Landlock, which confines a process to some files; nil where the kernel has none
  /// or does not offer it.
  public let landlock: Int?
  /// True if system calls are filtered (seccomp).
  public let filtersCalls: Bool

  /// The means of this machine's kernel.
  public static var current: KernelConfinement {
    KernelConfinement(landlock: Landlock.version, filtersCalls: SystemCallFilter.isAvailable)
  }

  /// The rights that a confined process keeps because the kernel lacks the means to take them, each
  /// a clause for people; empty where nothing lacks.
  public var gaps: [String] {
    var gaps: [String] = []
    if landlock == nil {
      gaps.append("Landlock is not available: it can read every file that this user may read")
    }
    if !filtersCalls {
      gaps.append("seccomp is not available: it can use the network and start programs")
    }
    return gaps
  }
}
