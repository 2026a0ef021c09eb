import OVABasics
import OVAByteSource
import OVACatalog
import OVAIntegrity
import OVAPackage
import OVAPolicy
import OVFXML

/// Opens and judges one package for a scan: all that parses its bytes, and nothing that knows the
/// catalog.
struct PackageTask: Codable, Sendable {
  /// The file's name.
  let name: String
  /// The path for the operating system; of a package that lies elsewhere, the path that messages
  /// name.
  let systemPath: String
  /// True if it lies elsewhere than in this machine's file system.
  let isListed: Bool
  let facts: FileFacts
  /// True if a symbolic link is in its path or is the file.
  let isLinked: Bool
  /// The folder that all its files must lie in; nil for anywhere.
  let boundary: String?
  /// Its folder's path without links in it, with a slash at the end.
  let realFolder: String
  /// The data store's root without links in its path.
  let realRoot: String
  /// Seconds after its last write during which it may still grow.
  let settle: Double
  let computesDigests: Bool
  /// The names of the targets that it is judged for.
  let targets: [String]
  /// The policy that it is judged by.
  let policy: PackagePolicy?
  /// True if earlier scans may know its bytes.
  let asksEarlierScans: Bool

  /// The outcome.
  enum Found: Codable, Sendable {
    case opened(Opened)
    case failed(Failure)
    /// The scan was stopped first.
    case notReached
  }

  /// A package that was opened.
  struct Opened: Codable, Sendable {
    var state: PackageRow.State
    var detail: String?
    var facts: PackageFacts
    @PackedFiles var files: [FileRow]
    var disks: [DiskRow]
    var findings: [FindingRow]
    var verdicts: [VerdictRow]
    var needs: [FileNeed]
    /// True if all of it is there and nothing of it changes.
    var isSettled: Bool
    /// True if the digests of its files are known.
    var isHashed: Bool
    /// Bytes that were read for digests.
    var bytesRead: UInt64
  }

  /// The reason why a package could not be opened.
  struct Failure: Codable, Sendable {
    let code: String
    let reason: String
    let fix: String?
    /// The findings on its content.
    let findings: [FindingRow]

    init(_ error: PackageError, path: String) {
      code = error.code.rawValue
      reason = error.reason
      fix = error.fix
      findings = PackageReading.findings(of: error, path: path)
    }
  }

  /// Opens and judges the package.
  func run(in context: ParsingContext) -> Found {
    do throws(PackageError) {
      let folder = folder(context)
      return try found(in: try folder.open(name, limits: context.limits), folder, context)
    } catch {
      return .failed(Failure(error, path: name))
    }
  }

  /// - Throws: when the machine could not read what would be stored: a fault of the device is none
  ///   of the package's, and must not stay in the catalog as one.
  private func found(
    in package: Package, _ folder: any PackageFolder, _ context: ParsingContext
  ) throws(PackageError) -> Found {
    try refuse(package.readFailures)
    var facts = context.folder
    if !package.isArchive {
      for file in package.files {
        guard let path = file.path?.text, facts[ExactName(path)] == nil else { continue }
        facts[ExactName(path)] = try self.facts(of: path, in: folder)
      }
    }
    let reading = PackageReading(package: package, facts: facts)
    var rows = reading.files(anchor: name, anchorFacts: self.facts)
    let own = rows.filter { !$0.isMember }
    let size = own.reduce(Int64(0)) { $0.addingReportingOverflow($1.size).partialValue }
    for index in rows.indices where !rows[index].isMember {
      rows[index].isLinked = isLinked ? true : try isLink(rows[index].name, in: folder)
    }
    let youth = Self.age(of: own.map(\.modified), now: context.clock(), settle: settle)
    let (state, detail) = try state(reading, own.map(\.name), folder, context, age: youth)
    let isSettled =
      state == .whole || state == .truncated || state == .waiting && youth == nil
    let earlier = isSettled && asksEarlierScans ? context.earlier(rows) : EarlierScan()
    if earlier.isRenamed { rows = earlier.carried }

    var bytesRead: UInt64 = 0
    var evidence = reading.evidence(of: earlier.digests)
    if isSettled, evidence == nil, computesDigests, earlier.isSameShape {
      // Written anew, perhaps with what was in it before: only the digests tell.
      guard let read = package.evidence(.scan, isStopped: context.isStopped) else {
        return .notReached
      }
      evidence = read
      reading.add(read, to: &rows)
      bytesRead = read.bytesRead
    }
    // The signature is looked at anew: that needs no bytes, and time alone changes what is to be
    // said of it.
    let checked = isSettled ? package.checkedOnThisThread(evidence ?? .none) : nil
    let judged = checked.map {
      PackageReading.judgment(of: $0, targets: targets, policy: policy)
    }
    let packageFacts = reading.packageFacts(size: size)
    try package.confirmUnchanged()
    try refuse(checked?.readFailures ?? package.readFailures)
    // Nothing of what lies elsewhere is called left over, and so nothing is needed.
    let needs =
      isListed
      ? []
      : PackageNeeds(
        package: package, state: state, folder: realFolder, root: realRoot, limits: context.limits
      ).needs()
    return .opened(
      Opened(
        state: state, detail: detail, facts: packageFacts, files: rows,
        disks: reading.disks(), findings: judged?.findings ?? [],
        verdicts: judged?.verdicts ?? [], needs: needs, isSettled: isSettled,
        isHashed: evidence != nil, bytesRead: bytesRead))
  }

  private func folder(_ context: ParsingContext) -> any PackageFolder {
    context.listed
      ?? LocalFolder(
        path: String(Substring(systemPath.utf8.dropLast(name.utf8.count))), boundary: boundary)
  }

  /// Returns whether one of its files is a symbolic link itself.
  private func isLink(
    _ file: String, in folder: any PackageFolder
  ) throws(PackageError) -> Bool {
    guard !isListed, !file.utf8.elementsEqual(name.utf8) else { return false }
    return try facts(of: file, in: folder, followsLinks: false)?.kind == .link
  }

  /// The facts of a file of the package; nil when it is not there.
  private func facts(
    of file: String, in folder: any PackageFolder, followsLinks: Bool = true
  ) throws(PackageError) -> FileFacts? {
    do throws(ByteSourceError) {
      return try folder.facts(of: file, followsLinks: followsLinks)
    } catch {
      if error.code == .notFound { return nil }
      throw PackageError(error)
    }
  }

  /// Throws the first failure, named as the repository names files.
  private func refuse(_ failures: [PackageError]) throws(PackageError) {
    guard let failure = failures.first else { return }
    let file = failure.place.file
    throw PackageError(
      code: failure.code, doing: failure.doing,
      reason: file.utf8.elementsEqual(name.utf8) ? failure.reason : "\(file): \(failure.reason)",
      place: failure.place, fix: failure.fix)
  }

  private func state(
    _ reading: PackageReading, _ names: [String], _ folder: any PackageFolder,
    _ context: ParsingContext, age: Int64?
  ) throws(PackageError) -> (PackageRow.State, String?) {
    if try facts(of: name, in: folder) != facts {
      return (.changing, "written to while it was read")
    }
    if let name = names.first(where: { context.loading.contains(ExactName($0)) }) {
      return (.changing, Self.stillLoading(name))
    }
    let missing = reading.missingReferences
    if !missing.isEmpty {
      let words = age == nil ? Self.missing : "waiting for "
      return (.waiting, words + missing.listed(most: 3))
    }
    if let age { return (.changing, Self.lastWritten(age)) }
    if let (name, there, size) = reading.truncatedFile {
      return (
        .truncated, "the archive ends inside \(name): \(there) of \(size) bytes are there"
      )
    }
    return (.whole, nil)
  }

  // MARK: Packages in the making

  /// The prefix of the detail of a package that is no longer young and waits for a file.
  static let missing = "missing: "

  /// The detail of a file that a download tool still writes.
  static func stillLoading(_ name: String) -> String {
    "\(name) is still being downloaded, as the download tool's file beside it says"
  }

  /// The detail of a package that was written to so many seconds ago.
  static func lastWritten(_ age: Int64) -> String { "last written \(age) s ago" }

  /// Seconds since the last write when that was moments ago; a clock that is ahead counts as now.
  static func age(of times: [Int64], now: Int64, settle: Double) -> Int64? {
    guard let newest = times.max() else { return nil }
    let (age, overflow) = now.subtractingReportingOverflow(newest)
    let settle = Int64(settle * 1_000_000_000)
    guard !overflow, age < settle, age > -settle else { return nil }
    return max(0, age / 1_000_000_000)
  }
}

extension ReadingOptions {
  /// The options of a scan's reading.
  static var scan: ReadingOptions {
    var options = ReadingOptions()
    options.always = [.sha256]
    options.workers = 1
    return options
  }
}
