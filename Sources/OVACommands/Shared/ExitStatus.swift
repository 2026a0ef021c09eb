import OVAArchive
import OVABasics
import OVAPackage

/// The end of a run of `ova`, as its exit code tells it. The set may grow; unknown codes are
/// failures.
package enum ExitStatus: Int32, Sendable {
  /// Nothing at or above the threshold.
  case success = 0
  /// Findings at or above the threshold.
  case findings = 1
  /// The command line or the configuration is wrong.
  case wrongUse = 2
  /// The machine did not let some input be read; what could be was still reported.
  case unreadable = 3
  /// Standard output or a file did not take all that was to be written.
  case unwritten = 4
  /// There is no result yet, and the same command may give one later or elsewhere; the number is
  /// `EX_TEMPFAIL` of `sysexits.h`.
  case tryAgain = 75
  /// Stopped by the user.
  case interrupted = 130

  /// Makes the status of a failure: the input, the output or the command line is at fault.
  init(_ error: PackageError) {
    self =
      switch error.code {
      case .outputFailed: .unwritten
      case .outputExists: .wrongUse
      default: .unreadable
      }
  }

  /// Makes the status of a failure to write a file.
  init(writing error: ArchiveError) { self = error.code == .outputExists ? .wrongUse : .unwritten }

  /// The status of a run of two parts: the greater code, so that what could not be read outweighs
  /// findings.
  package func and(_ other: ExitStatus) -> ExitStatus { rawValue >= other.rawValue ? self : other }
}
