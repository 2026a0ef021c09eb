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
    // Both files are read, so that one run says what is wrong with either.
    var isWrong = false
    func read<File>(_ file: () throws(ConfigurationErrors) -> File?) -> File? {
      do throws(ConfigurationErrors) {
        return try file()
      } catch {
        Output.standardError.errors(error)
        isWrong = true
        return nil
      }
    }
    ignoreList = read { () throws(ConfigurationErrors) in
      try Self.ignoreList(options.ignoreFile?.text, from: here)
    }
    let known = read { () throws(ConfigurationErrors) in
      try options.baseline.map { file throws(ConfigurationErrors) in
        try BaselineFile.read(file.text, workingFolder: here)
      }
    }
    if isWrong { throw ExitStatus.wrongUse }
    review = FindingReview(
      selection: RuleSelection(
        selected: options.select.flatMap(\.names), ignored: options.ignore.flatMap(\.names)),
      severities: SeverityOverrides(options.severity.flatMap(\.overrides)), baseline: known,
      newBaseline: options.writeBaseline.map {
        .init(base: BasePath(ofFile: $0.text, workingFolder: here))
      }, today: CalendarDay(secondsSince1970: Int64(time(nil))))
    do throws(ArchiveError) {
      baseline = try options.writeBaseline.map(\.text).map { file throws(ArchiveError) in
        Output.outlivesReader()
        return try AtomicFile(path: file, replaces: replaces)
      }
    } catch {
      Output.standardError.error(error)
      throw ExitStatus(writing: error)
    }
  }

  /// The ignore file that is named, else the nearest; nil where there is none.
  private static func ignoreList(
    _ named: String?, from here: String
  ) throws(ConfigurationErrors) -> IgnoreList? {
    if let named { return try IgnoreFile.read(named, workingFolder: here) }
    guard let file = IgnoreFile.nearest(from: here) else { return nil }
    return try IgnoreFile.read(
      file, shown: BasePath(workingFolder: here).relative(file), workingFolder: here)
  }

  /// A package's result as it is reported.
  func reviewed(_ result: CheckResult) -> CheckResult {
    result.reviewed(by: &review, ignoreList: ignoreList)
  }

  /// The findings on the ignore file and the baseline of the run, to be reported after its
  /// packages.
  func suppressionFiles() -> [CheckResult] { CheckResult.suppressionFiles(of: review) }

  /// Writes the baseline where one is wanted.
  /// - Returns: the status that this adds to the run's.
  func end() -> ExitStatus {
    guard let baseline, let new = review.newBaseline else { return .success }
    do throws(ArchiveError) {
      try baseline.write(Baseline.document(new.entries).pretty())
      try baseline.commit()
      Output.standardError.line(
        "ova: \(baseline.path.forDisplay): \(counted(Set(new.entries).count, "finding")) written")
      return .success
    } catch {
      Output.standardError.error(error)
      return ExitStatus(writing: error)
    }
  }
}
