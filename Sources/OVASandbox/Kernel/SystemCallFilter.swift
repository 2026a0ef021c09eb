import CSeccomp
import Glibc

/// Confines the process to the system calls that reading files takes.
///
/// What is not listed fails as on a kernel without it. What only an attacker would try ends the
/// process: network, execution, writing, and looking into other processes.
enum SystemCallFilter {
  /// True if the kernel filters system calls.
  static var isAvailable: Bool { seccomp_api_get() >= 3 }

  /// Files, memory, threads, time, and ends.
  private static let allowed = [
    "read", "pread64", "readv", "close", "fstat", "stat", "lstat", "newfstatat", "fstatat64",
    "statx", "statfs", "fstatfs", "lseek", "access", "faccessat", "faccessat2", "readlink",
    "readlinkat", "getdents64", "getcwd", "fcntl", "fadvise64", "poll", "ppoll",
    "mmap", "munmap", "mremap", "mprotect", "madvise", "brk", "membarrier",
    "futex", "futex_wait", "futex_wake", "futex_requeue", "futex_waitv", "set_robust_list",
    "get_robust_list", "rseq", "sched_yield", "sched_getaffinity", "getpid", "gettid",
    "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2", "eventfd2",
    "timerfd_create", "timerfd_settime",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigsuspend", "sigaltstack",
    "restart_syscall",
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time",
    "getrandom", "getrusage", "times", "sysinfo", "uname", "getuid", "geteuid", "getgid",
    "getegid", "exit", "exit_group",
  ]

  /// No reader of packages calls these.
  private static let fatal = [
    "execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev",
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg",
    "sendmmsg", "creat", "openat2", "open_by_handle_at", "unlink", "unlinkat", "rename",
    "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "link", "linkat", "symlink",
    "symlinkat", "truncate", "ftruncate", "fallocate", "chmod", "fchmod", "fchmodat", "chown",
    "fchown", "fchownat", "lchown", "mknod", "mknodat", "mount", "umount2", "chroot",
    "pivot_root", "unshare", "setns", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup",
    "keyctl", "add_key", "kexec_load", "init_module", "finit_module", "setuid", "setgid",
    "setreuid", "setresuid", "kill", "tkill", "rt_sigqueueinfo", "pidfd_open", "pidfd_getfd",
  ]

  /// Filters the system calls of all threads of this process from now on.
  /// - Returns: false where the kernel refuses.
  static func apply() -> Bool {
    // A call that the filter does not know is one that the kernel does not have: libraries then do
    // without it.
    guard let filter = unsafe seccomp_init(ova_seccomp_error(UInt16(ENOSYS))) else { return false }
    defer { unsafe seccomp_release(filter) }
    var isWhole = true
    func add(_ action: UInt32, _ name: String, _ condition: scmp_arg_cmp? = nil) {
      let number = unsafe seccomp_syscall_resolve_name(name)
      // Not a call that this version of the library knows; another architecture's is passed over by
      // the library itself.
      guard number != __NR_SCMP_ERROR else { return }
      var conditions = condition.map { [$0] } ?? []
      let result = unsafe seccomp_rule_add_array(
        filter, action, number, UInt32(conditions.count), &conditions)
      if result != 0, result != -EDOM { isWhole = false }
    }
    isWhole = unsafe seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0
    isWhole =
      unsafe seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, ova_seccomp_end()) == 0 && isWhole
    for name in allowed { add(ova_seccomp_allow(), name) }
    for name in fatal { add(ova_seccomp_end(), name) }
    // What can be written to is the connection, and what threads wake each other by: no file is open
    // for writing, and none can be opened. Standard input may be a terminal, which takes writes too.
    for name in ["write", "writev"] { add(ova_seccomp_allow(), name, ova_seccomp_above(0, 0)) }
    // Opened for reading; each bit that means more ends the process.
    let modes = UInt64(O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND)
    for (name, flags) in [("open", UInt32(1)), ("openat", 2)] {
      add(ova_seccomp_allow(), name, ova_seccomp_bits(flags, modes, 0))
      for bit in [O_WRONLY, O_RDWR, O_CREAT, O_TRUNC] {
        add(ova_seccomp_end(), name, ova_seccomp_bits(flags, UInt64(bit), UInt64(bit)))
      }
    }
    // Threads, and no processes. The structure that clone3 takes cannot be looked into; without it
    // the C library calls clone.
    add(ova_seccomp_allow(), "clone", ova_seccomp_bits(0, threadFlag, threadFlag))
    // The name of a thread and its priority, which thread pools set; the limits as they are; and a
    // signal to a thread of its own.
    add(
      ova_seccomp_allow(), "setpriority", ova_seccomp_bits(0, .max, UInt64(PRIO_PROCESS.rawValue)))
    add(ova_seccomp_allow(), "prctl", ova_seccomp_bits(0, .max, ova_prctl_set_name()))
    add(ova_seccomp_allow(), "prlimit64", ova_seccomp_bits(2, .max, 0))
    add(ova_seccomp_allow(), "tgkill", ova_seccomp_bits(0, .max, UInt64(getpid())))
    return unsafe isWhole && seccomp_load(filter) == 0
  }

  private static let threadFlag = UInt64(ova_clone_thread())
}
