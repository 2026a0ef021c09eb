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
  /// The ignore file of each folder in which packages lie.
  private let lists: [String: IgnoreList]
  private let common: IgnoreList?
  private let baseline: AtomicFile?

  /// Reads the files.
  /// - Parameters:
  ///   - paths: the packages' paths, as they are given.
  ///   - replaces: whether a baseline that is there is written anew.
  /// - Throws: `ExitStatus` after saying what is wrong.
  init(_ options: ReviewOptions, paths: [String], replaces: Bool) throws {
    let here = "".absolutePath
    do throws(ConfigurationError) {
      var known: Baseline?
      if let file = options.baseline?.text {
        known = try BaselineFile.read(file, workingFolder: here)
      }
      var new: FindingReview.NewBaseline?
      if let file = options.writeBaseline?.text {
        new = .init(base: BasePath(file.folder, workingFolder: here))
      }
      review = FindingReview(
        selection: RuleSelection(
          selected: options.select.flatMap(\.names), ignored: options.ignore.flatMap(\.names)),
        severities: SeverityOverrides(options.severity.flatMap(\.overrides)), baseline: known,
        newBaseline: new, today: CalendarDay(secondsSince1970: Int64(time(nil))))
      common = try options.ignoreFile.map(\.text).map { file throws(ConfigurationError) in
        try IgnoreFile.read(file, workingFolder: here)
      }
      lists = common == nil ? try Self.nearestLists(to: paths, here) : [:]
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

  private static func nearestLists(
    to paths: [String], _ here: String
  ) throws(ConfigurationError) -> [String: IgnoreList] {
    let base = BasePath(workingFolder: here)
    var read: [String: IgnoreList] = [:]
    var lists: [String: IgnoreList] = [:]
    for folder in Set(paths.map(\.folderOfPackage)).sorted() {
      guard let file = IgnoreFile.nearest(to: base.whole(folder), workingFolder: here) else {
        continue
      }
      if read[file] == nil {
        read[file] = try IgnoreFile.read(file, shown: base.relative(file), workingFolder: here)
      }
      lists[folder] = read[file]
    }
    return lists
  }

  /// A package's result as it is reported.
  func reviewed(_ result: CheckResult) -> CheckResult {
    result.reviewed(by: &review, ignoreList: common ?? lists[result.path.folderOfPackage])
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

extension String {
  /// The folder of a path, with its slash; empty where it has none.
  fileprivate var folder: String {
    utf8.lastIndex(of: UInt8(ascii: "/")).map { String(self[...$0]) } ?? ""
  }

  /// The folder in which a package's ignore file is looked for first: the folder that is the
  /// package, or in which it lies.
  fileprivate var folderOfPackage: String {
    (try? FileFacts.of(path: self))?.kind == .folder ? self : folder
  }
}
