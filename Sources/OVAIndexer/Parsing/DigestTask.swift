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

  /// A package that is not what the walk saw; why, where that is worth telling.
  private struct Change: Error {
    let reason: String?

    /// A package that is gone is told by the next walk.
    init(_ error: ByteSourceError, of path: String? = nil) {
      let prefix = path.map { "\($0): " } ?? ""
      reason = error.code == .notFound ? nil : prefix + error.reason
    }

    init(_ reason: String? = nil) { self.reason = reason }
  }

  /// Reads and judges.
  func run(in context: ParsingContext) -> Found {
    do throws(Change) {
      return try read(in: context)
    } catch {
      return .changed(error.reason)
    }
  }

  private func read(in context: ParsingContext) throws(Change) -> Found {
    let name = systemPath.lastComponent
    let folder: any PackageFolder =
      context.listed
      ?? LocalFolder(
        path: String(Substring(systemPath.utf8.dropLast(name.utf8.count))), boundary: boundary)
    let before = try facts(of: name, in: folder)
    let opened = try open(name, in: folder, limits: context.limits)
    let reading = PackageReading(
      package: opened, facts: opened.isArchive ? [:] : try facts(ofFilesOf: opened, in: folder))
    let rows = reading.files(anchor: name, anchorFacts: before)
    let byKey = known.byKey
    guard
      rows.count == known.count,
      rows.allSatisfy({ byKey[$0.key]?.hasSameContentFacts(as: $0) == true })
    else { throw Change() }
    guard
      let evidence = opened.evidence(
        .scan, progress: context.progress, isStopped: context.isStopped)
    else { return .notReached }
    let checked = opened.checkedOnThisThread(evidence)
    // Digests of a mix of two versions are those of none.
    do throws(PackageError) {
      try opened.confirmUnchanged()
    } catch {
      throw Change(error.code == .changed ? nil : error.reason)
    }
    guard try facts(of: name, in: folder) == before else { throw Change() }
    return .read(digests(of: rows, known: byKey, reading, evidence, checked))
  }

  private func facts(
    of name: String, in folder: any PackageFolder
  ) throws(Change) -> FileFacts {
    do throws(ByteSourceError) {
      return try folder.facts(of: name)
    } catch {
      throw Change(error)
    }
  }

  private func facts(
    ofFilesOf package: Package, in folder: any PackageFolder
  ) throws(Change) -> [ExactName: FileFacts] {
    var facts: [ExactName: FileFacts] = [:]
    for file in package.files {
      guard let path = file.path?.text else { continue }
      do throws(ByteSourceError) {
        facts[ExactName(path)] = try folder.facts(of: path)
      } catch {
        throw Change(error, of: path)
      }
    }
    return facts
  }

  private func open(
    _ name: String, in folder: any PackageFolder, limits: Limits
  ) throws(Change) -> Package {
    let opened: Package
    do throws(PackageError) {
      opened = try folder.open(name, limits: limits)
    } catch {
      throw Change(error.reason)
    }
    // Files that could not be read now are no fault of the package: the next scan takes it up.
    if let failure = opened.readFailures.first {
      throw Change("\(failure.place.file): \(failure.reason)")
    }
    return opened
  }

  private func digests(
    of files: [FileRow], known: KeyedFiles, _ reading: PackageReading, _ evidence: Evidence,
    _ checked: CheckedPackage
  ) -> Digests {
    var rows = files
    var problems = evidence.files.compactMap { path, file in
      file.failure.map { "\(path.text): \($0.reason)" }
    }.sorted()
    reading.add(evidence, to: &rows)
    rows.removeAll { row in
      if row.digests.isEmpty { return true }
      let old = known[row.key]?.digests ?? [:]
      let isOther = row.digests.contains { old[$0.key] != nil && old[$0.key] != $0.value }
      if isOther {
        // The digest of before is kept: it is what the file should be.
        problems.append(Self.decayed(row.name))
      }
      return isOther
    }
    let judged = PackageReading.judgment(of: checked, targets: targets, policy: policy)
    return Digests(
      files: rows, findings: judged.findings, verdicts: judged.verdicts,
      isWhole: evidence.files.values.allSatisfy { $0.failure == nil }, problems: problems,
      bytesRead: evidence.bytesRead)
  }
}
