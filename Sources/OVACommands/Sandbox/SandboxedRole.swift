import Glibc
import OVABasics
import OVAIndexer
import OVASandbox

/// The role of this program in a process that another one of it started and confined.
enum SandboxedRole {
  /// The role of one that is started to see whether one can be.
  static let probe = "probe"

  /// Serves the process that started this one, until it closes the connection. Returns at once in a
  /// process that was started otherwise.
  static func runProcess() -> Never {
    let connection = WorkerConnection.confined { role in
      if role.hasPrefix(ParsingWorker.role) { ParsingWorker.prepare() }
    }
    guard let connection else { exit(ExitStatus.wrongUse.rawValue) }
    if connection.role.hasPrefix(ParsingWorker.role) { ParsingWorker.run(connection) }
    if connection.role.hasPrefix(SandboxedCheck.role) { SandboxedCheck.run(connection) }
    exit(ExitStatus.success.rawValue)
  }
}

extension Output {
  /// Says what a kernel without some means lets the process do that parses packages.
  func sandboxGaps() {
    for gap in KernelConfinement.current.gaps {
      line("ova: packages are parsed in a process with less than a whole sandbox: \(gap)")
    }
  }
}
