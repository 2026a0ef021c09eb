import OVABasics
import OVAByteSource
import OVACatalog
import OVAPackage
import OVAPolicy
import OVFXML

/// Reads all bytes of a known package for digests, and judges it by them.
struct DigestTask: Codable, Sendable {
  /// The path for the operating system; of a package that lies elsewhere, the path that messages
  /// name.
  let systemPath: String
  /// True if it lies elsewhere than in this machine's file system.
  let isListed: Bool
  /// The folder that all its files must lie in; nil for anywhere.
  let boundary: String?
  /// Its files with their digests as the catalog has them.
  @PackedFiles var known: [FileRow]
  /// The names of the targets that it is judged for.
  let targets: [String]
  /// The policy that it is judged by.
  let policy: PackagePolicy?

  /// The outcome.
  enum Found: Codable, Sendable {
    case read(Digests)
    /// It is not what the walk saw; why, where that is worth telling.
    case changed(String?)
    /// The scan was stopped first.
    case notReached
  }

  /// The digests, with what they show.
  struct Digests: Codable, Sendable {
    /// The files with their digests; those alone whose digests are not others than before.
    @PackedFiles var files: [FileRow]
    let findings: [FindingRow]
    let verdicts: [VerdictRow]
    /// True if every file was read to its end.
    let isWhole: Bool
    let problems: [String]
    let bytesRead: UInt64
  }

  /// The problem of a file whose digest is another, and nothing else of it.
  static func decayed(_ name: String) -> String {
    "\(name): its bytes are others than before, but size, time and inode are the same: "
      + "storage may have damaged it (restore it from a copy)"
  }

  /// Reads and judges.
  func run(in context: ParsingContext) -> Found {
    let name = systemPath.lastComponent
    let folder: any PackageFolder =
      context.listed
      ?? LocalFolder(
        path: String(Substring(systemPath.utf8.dropLast(name.utf8.count))), boundary: boundary)
    let before: FileFacts
    do throws(ByteSourceError) {
      before = try folder.facts(of: name)
    } catch {
      return .changed(error.code == .notFound ? nil : error.reason)
    }
    let opened: Package
    do throws(PackageError) {
      opened = try folder.open(name, limits: context.limits)
    } catch {
      return .changed(error.reason)
    }
    // What could not be read now is no fault of the package: the next scan takes it up.
    if let failure = opened.readFailures.first {
      return .changed("\(failure.place.file): \(failure.reason)")
    }
    var facts: [ExactName: FileFacts] = [:]
    if !opened.isArchive {
      for file in opened.files {
        guard let path = file.path?.text else { continue }
        do throws(ByteSourceError) {
          facts[ExactName(path)] = try folder.facts(of: path)
        } catch {
          return .changed(error.code == .notFound ? nil : "\(path): \(error.reason)")
        }
      }
    }
    let reading = PackageReading(package: opened, facts: facts)
    var rows = reading.files(anchor: name, anchorFacts: before)
    let byKey = known.byKey
    func earlier(_ row: FileRow) -> FileRow? {
      byKey[row.key].flatMap { $0.hasSameContentFacts(as: row) ? $0 : nil }
    }
    guard rows.count == known.count, rows.allSatisfy({ earlier($0) != nil })
    else { return .changed(nil) }
    guard
      let evidence = opened.evidence(
        .scan, progress: context.progress, isStopped: context.isStopped)
    else { return .notReached }
    let checked = opened.checkedOnThisThread(evidence)
    // Digests of a mix of two versions are those of none.
    do throws(PackageError) {
      try opened.confirmUnchanged()
    } catch {
      return .changed(error.code == .changed ? nil : error.reason)
    }
    do throws(ByteSourceError) {
      guard try folder.facts(of: name) == before else { return .changed(nil) }
    } catch {
      return .changed(error.code == .notFound ? nil : error.reason)
    }
    var problems = evidence.files.compactMap { path, file in
      file.failure.map { "\(path.text): \($0.reason)" }
    }.sorted()
    reading.add(evidence, to: &rows)
    rows.removeAll { row in
      if row.digests.isEmpty { return true }
      let old = earlier(row)?.digests ?? [:]
      let isOther = row.digests.contains { old[$0.key] != nil && old[$0.key] != $0.value }
      if isOther {
        // The digest of before is kept: it is what the file should be.
        problems.append(Self.decayed(row.name))
      }
      return isOther
    }
    let judged = PackageReading.judgment(of: checked, targets: targets, policy: policy)
    return .read(
      Digests(
        files: rows, findings: judged.findings, verdicts: judged.verdicts,
        isWhole: evidence.files.values.allSatisfy { $0.failure == nil }, problems: problems,
        bytesRead: evidence.bytesRead))
  }
}
