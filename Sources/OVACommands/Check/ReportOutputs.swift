import OVAArchive
import OVABasics
import OVAReport

/// The reports of a run: one to standard output, the others to files, each of which appears whole or
/// not at all.
final class ReportOutputs {
  private struct Report {
    var writer: any CheckWriter
    /// Nil for standard output.
    let file: AtomicFile?
    var failure: ArchiveError?
  }

  private var reports: [Report] = []
  private let progress: ProgressLine

  /// Begins the reports; nothing has its name yet.
  /// - Parameters:
  ///   - replaces: whether files that have the names already may be replaced.
  ///   - progress: is taken from the terminal while something is written to it.
  /// - Throws: `ExitStatus` where a file cannot be written; it was said then.
  init(
    _ destinations: [FormatOptions.Destination], _ writing: CheckWriting, replaces: Bool,
    progress: ProgressLine
  ) throws {
    self.progress = progress
    if destinations.contains(where: { $0.path != nil }) { Output.outlivesReader() }
    for destination in destinations {
      do throws(ArchiveError) {
        reports.append(
          Report(
            writer: writing.writer(destination.format),
            file: try destination.path.map { path throws(ArchiveError) in
              try AtomicFile(path: path, replaces: replaces)
            }))
      } catch {
        Output.standardError.error(error)
        throw ExitStatus(writing: error)
      }
    }
  }

  /// Writes a package to every report.
  func write(_ result: CheckResult) {
    for index in reports.indices { put(reports[index].writer.write(result), index) }
  }

  /// Ends every report and gives the files their names; says what was left out, and what could not
  /// be written.
  func end(_ sum: CheckSum) -> ExitStatus {
    var status = ExitStatus.success
    for index in reports.indices { put(reports[index].writer.end(sum), index) }
    for var report in reports {
      for omission in report.writer.omissions {
        Output.standardError.line("ova: \(omission.forDisplay)")
      }
      if report.failure == nil, let file = report.file {
        do throws(ArchiveError) {
          try file.commit()
        } catch {
          report.failure = error
        }
      }
      if let failure = report.failure {
        Output.standardError.error(failure)
        status = status.and(ExitStatus(writing: failure))
      }
    }
    return status
  }

  /// A disk that is full ends one report, not the check.
  private func put(_ bytes: [UInt8], _ index: Int) {
    guard !bytes.isEmpty, reports[index].failure == nil else { return }
    guard let file = reports[index].file else {
      progress.aside { Output.standardOutput.write(bytes) }
      return
    }
    do throws(ArchiveError) {
      try file.write(bytes)
    } catch {
      reports[index].failure = error
      file.discard()
    }
  }
}
