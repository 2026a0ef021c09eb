public import Foundation

/// The end of a process that a test starts, told when it comes.
///
/// `Process.waitUntilExit()` looks every 50 ms whether the process has ended, and most processes of the
/// tests take less time than that.
public struct ProcessEnd: Sendable {
  private let process: Process
  private let end = DispatchSemaphore(value: 0)

  /// - Parameter process: one that is not started yet.
  public init(of process: Process) {
    self.process = process
    process.terminationHandler = { [end] _ in end.signal() }
  }

  /// Waits until the process, which was started meanwhile, has ended. May be called once.
  public func wait() {
    end.wait()
    // Returns at once, and lets go of what holds the process and with it its files.
    process.waitUntilExit()
  }
}

extension Process {
  /// Starts the process and waits until it has ended.
  /// - Throws: when it cannot be started.
  public func runToEnd() throws {
    let end = ProcessEnd(of: self)
    try run()
    end.wait()
  }
}
