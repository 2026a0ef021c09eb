import Foundation
import OVATestSupport

/// A library that lets system calls of `ova` fail: `scripts/faults/faults.c` says how.
enum FaultLibrary {
  /// True if it can be built.
  static let isThere = hasTool("cc")

  private static let path = Result {
    let path = "\(OVATool.folder)/faults.so"
    let source = OVATool.project.appendingPathComponent("scripts/faults/faults.c").path
    let made = try run("cc", ["-O1", "-shared", "-fPIC", "-o", path, source, "-ldl"])
    guard made.status == 0 else { throw CocoaError(.executableLoad) }
    return path
  }

  /// The variables of a process in which a fault happens to files below a folder.
  /// - Parameter fault: calls, number and kind: `write:1+:ENOSPC`.
  static func environment(_ fault: String, under folder: String) throws -> [String: String] {
    ["LD_PRELOAD": try path.get(), "FAULT": fault, "FAULT_UNDER": folder]
  }
}
