#if DEBUG
  import Glibc
  import OVFXML

  /// The acts of a parser under an attacker's control, for tests: compiled into debug builds alone,
  /// and requested by the environment of the process that scans.
  package enum Misbehavior: String, CaseIterable {
    case write, remove, socket, execute, signal, read, peek, allocate, spin, deaf, crash, leave

    /// Behind the role of a worker that is to do what the names of files say.
    package static var suffix: String {
      unsafe getenv("OVA_TEST_MISBEHAVIOR") == nil ? "" : "+misbehavior"
    }

    /// Processor seconds that a worker is given instead of its usual ones.
    package static var seconds: UInt64? {
      unsafe getenv("OVA_TEST_MISBEHAVIOR").flatMap { unsafe UInt64(String(cString: $0)) }
    }

    /// Reads the act from a package's name: `misbehave-write.ova`.
    init?(of request: ParsingRequest, _ role: String) {
      switch request {
      case .package(let task, _, _): self.init(ofFile: task.systemPath, role)
      case .digests(let task): self.init(ofFile: task.systemPath, role)
      case .needs(let task): self.init(ofFile: task.path, role)
      case .earlier, .limits: return nil
      }
    }

    /// Reads the act from a file's name.
    package init?(ofFile path: String, _ role: String) {
      guard role.hasSuffix("+misbehavior") else { return nil }
      guard let name = path.split(separator: "/").last, name.hasPrefix("misbehave-"),
        let kind = name.dropFirst("misbehave-".count).split(separator: ".").first
      else { return nil }
      self.init(rawValue: String(kind))
    }

    /// Misbehaves; returns where that was prevented without the end of the process.
    package func run() {
      switch self {
      case .write: _ = unsafe open("/tmp/ova-misbehavior", O_WRONLY | O_CREAT, 0o600)
      case .remove: _ = unsafe unlink("/tmp/ova-misbehavior")
      case .socket: _ = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      case .execute: _ = unsafe execv("/bin/true", [nil])
      case .signal: _ = kill(getppid(), SIGTERM)
      case .read:
        // Where it can be read the package stays without an answer.
        if unsafe open("/etc/passwd", O_RDONLY) >= 0 { _exit(0) }
      case .peek:
        if unsafe open("/proc/\(getppid())/environ", O_RDONLY) >= 0 { _exit(0) }
      case .allocate: _ = [UInt8](repeating: 1, count: 4 << 30).last
      case .spin: while getpid() > 0 {}
      case .deaf:
        _ = Glibc.signal(SIGXCPU, SIG_IGN)
        while getpid() > 0 {}
      case .crash: unsafe UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
      case .leave: _exit(0)
      }
    }
  }
#endif
