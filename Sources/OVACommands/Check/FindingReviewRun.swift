import Glibc
import OVAArchive
import OVABasics
import OVAByteSource
import OVAConfiguration
import OVAPolicy
import OVAReport
import OVATime

/// The review of a run's findings, with the files that it needs; all of them are read before any
/// package is opened.
final class FindingReviewRun {
  private var review: FindingReview
  private let ignoreList: IgnoreList?
  private let baseline: AtomicFile?

  /// Reads the files.
  /// - Parameter replaces: whether a baseline that is there is written again.
  /// - Throws: `ExitStatus` after saying what is wrong.
  init(_ options: ReviewOptions, replaces: Bool) throws {
    let here = "".absolutePath
    do throws(ConfigurationError) {
      var known: Baseline?
      if let file = options.baseline?.text {
        known = try BaselineFile.read(file, workingFolder: here)
      }
      var new: FindingReview.NewBaseline?
      if let file = options.writeBaseline?.text {
        new = .init(base: BasePath(ofFile: file, workingFolder: here))
      }
      review = FindingReview(
        selection: RuleSelection(
          selected: options.select.flatMap(\.names), ignored: options.ignore.flatMap(\.names)),
        severities: SeverityOverrides(options.severity.flatMap(\.overrides)), baseline: known,
        newBaseline: new, today: CalendarDay(secondsSince1970: Int64(time(nil))))
      if let file = options.ignoreFile?.text {
        ignoreList = try IgnoreFile.read(file, workingFolder: here)
      } else if let file = IgnoreFile.nearest(from: here) {
        let shown = BasePath(workingFolder: here).relative(file)
        ignoreList = try IgnoreFile.read(file, shown: shown, workingFolder: here)
      } else {
        ignoreList = nil
      }
    } catch {
      Output.words.error(error)
      throw ExitStatus.wrongUse
    }
    do throws(ArchiveError) {
      baseline = try options.writeBaseline.map(\.text).map { file throws(ArchiveError) in
        Output.outlivesReader()
        return try AtomicFile(path: file, replaces: replaces)
      }
    } catch {
      Output.words.error(error)
      throw ExitStatus(writing: error)
    }
  }

  /// A package's result as it is reported.
  func reviewed(_ result: CheckResult) -> CheckResult {
    result.reviewed(by: &review, ignoreList: ignoreList)
  }

  /// The findings on the ignore files of the run, to be told behind its packages.
  func ignoreFiles() -> [CheckResult] { CheckResult.ignoreFiles(of: review) }

  /// Writes the baseline where one is wanted.
  /// - Returns: the status that this adds to the run's.
  func end() -> ExitStatus {
    guard let baseline, let new = review.newBaseline else { return .fine }
    do throws(ArchiveError) {
      try baseline.write(Baseline.document(new.entries).pretty())
      try baseline.commit()
      Output.words.line(
        "ova: \(baseline.path.inert): \(counted(Set(new.entries).count, "finding")) written")
      return .fine
    } catch {
      Output.words.error(error)
      return ExitStatus(writing: error)
    }
  }
}
