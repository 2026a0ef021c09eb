import Glibc
import Testing

@testable import OVASandbox

@Suite struct WorkerEndTests {
  @Test(arguments: [
    (SIGSYS, "the parser tried what the sandbox forbids"),
    (SIGXCPU, "it took more processor time than the sandbox grants"),
    (SIGSEGV, "the parser crashed (SIGSEGV)"), (SIGBUS, "the parser crashed (SIGBUS)"),
    (SIGILL, "the parser crashed (SIGILL)"), (SIGTRAP, "the parser crashed (SIGTRAP)"),
    (SIGABRT, "the parser crashed (SIGABRT)"),
    // With the flag of a core dump.
    (0x80 | SIGSEGV, "the parser crashed (SIGSEGV)"),
  ])
  func `what a package does to its parser would happen again`(status: Int32, reason: String) {
    let end = WorkerEnd(status: status)
    #expect(end.reason == "parsing it was stopped: \(reason)")
    #expect(end.isOfContent)
  }

  @Test(arguments: [
    (SIGKILL, "parsing it was stopped: the parser was killed (SIGKILL)"),
    (SIGTERM, "parsing it was stopped: the parser was killed (SIGTERM)"),
    (SIGUSR1, "parsing it was stopped: the parser was killed (signal 10)"),
  ])
  func `what somebody else does to a parser says nothing of the package`(
    status: Int32, reason: String
  ) {
    let end = WorkerEnd(status: status)
    #expect(end.reason == reason)
    #expect(!end.isOfContent)
  }

  @Test func `a parser that leaves without an answer is told with its status`() {
    #expect(WorkerEnd(status: 3 << 8).cause == .left(status: 3))
  }
}

@Suite struct KernelConfinementTests {
  @Test func `what a kernel lacks is said in words, and nothing where it lacks nothing`() {
    #expect(KernelConfinement(landlock: 3, filtersCalls: true).gaps == [])
    #expect(
      KernelConfinement(landlock: nil, filtersCalls: true).gaps
        == ["Landlock is not available: it can read every file that this user may read"])
    #expect(
      KernelConfinement(landlock: 1, filtersCalls: false).gaps
        == ["seccomp is not available: it can use the network and start programs"])
  }
}
