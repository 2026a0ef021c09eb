import OVABasics
import OVAIntegrity
import OVFDescriptor
import OVFXML

/// Finds the file of a package that a name in its manifest means, in whatever way it is written.
struct ManifestNames {
  private let package: Package
  private let folder: String
  /// Files by their names as written: hrefs, and paths below the descriptor's folder.
  private var written: [ExactName: Candidate] = [:]
  /// Files by other spellings of their names.
  private let alike: LikeNames
  private let companions: Set<PackagePath>

  /// A file of the package that a name may mean.
  struct Candidate {
    let target: ManifestSubject.Target
    let spelling: NameSpelling

    var identity: ExactName { ExactName(target.name) }
  }

  init(_ package: Package) {
    self.package = package
    folder = package.descriptor.path?.folder ?? ""
    companions = Set(
      [package.manifest?.file.path, package.certificate?.file.path].compactMap { $0 })
    alike = LikeNames(package, folder: folder, companions: companions)
    for resolved in package.references {
      guard let href = resolved.reference.href?.text else { continue }
      switch resolved.target {
      case .file(let file): add(Candidate(target: .file(file), spelling: .exact), as: href)
      case .chunks(let chunks) where chunks.missing.isEmpty:
        add(Candidate(target: .chunks(href: href), spelling: .exact), as: href)
        guard case .file(let decoded) = resolved.reference.target else { continue }
        add(Candidate(target: .chunks(href: href), spelling: .percent), as: decoded)
      default: continue
      }
    }
    Self.eachFile(of: package, folder, companions) { add($1, as: $0) }
  }

  private mutating func add(_ candidate: Candidate, as name: String) {
    // Of two files with one path the first counts.
    if written[ExactName(name)] == nil { written[ExactName(name)] = candidate }
  }

  /// Tells the files that a manifest may list, each with its path below the descriptor's folder.
  static func eachFile(
    of package: Package, _ folder: String, _ companions: Set<PackagePath>,
    _ body: (String, Candidate) -> Void
  ) {
    var hrefs: [PackagePath: String] = [:]
    for resolved in package.references {
      guard let path = resolved.file?.path, hrefs[path] == nil else { continue }
      hrefs[path] = resolved.reference.href?.text
    }
    for file in package.files where file.kind == .file {
      guard let path = file.path, !companions.contains(path) else { continue }
      let below = path.text.below(folder)
      let isOther = hrefs[path].map { !$0.isExactly(below) } ?? false
      body(below, Candidate(target: .file(file), spelling: isOther ? .percent : .exact))
    }
  }

  // MARK: - Entries

  /// The file that each entry means or may mean, for which its digest is to be computed.
  var likely: [ManifestSubject.Target?] {
    (package.manifest?.manifest.entries ?? []).map { match($0)?.subject.target }
  }

  /// Returns the subject of each entry of the manifest.
  /// - Parameter fits: whether an entry's digest is that of a file: what makes a likeness certain.
  func subjects(
    fits: (Manifest.Entry, ManifestSubject.Target) -> Bool
  ) -> [ManifestSubject] {
    let entries = package.manifest?.manifest.entries ?? []
    let found = entries.map(match)
    // A likeness counts for nothing where another line names the file itself: it is then likely
    // that the line is about a file that is not here.
    var likenesses: [ExactName: Likeness] = [:]
    for (entry, match) in zip(entries, found) {
      guard let match, let target = match.subject.target, !match.isCertain else { continue }
      likenesses[ExactName(target.name)] = .name(ExactName(entry.fileName))
    }
    for (entry, match) in zip(entries, found) where !likenesses.isEmpty {
      guard let match, let target = match.subject.target,
        case .name(let name)? = likenesses[ExactName(target.name)],
        match.isCertain || name != ExactName(entry.fileName)
      else { continue }
      likenesses[ExactName(target.name)] = .unclear
    }
    return zip(entries, found).map { entry, match in
      guard let match else { return .nothing }
      guard let target = match.subject.target, !match.isCertain else { return match.subject }
      if case .name? = likenesses[ExactName(target.name)] { return match.subject }
      return fits(entry, target) ? match.subject : .nothing
    }
  }

  /// The name of a file that lines name by likeness.
  private enum Likeness {
    /// All lines about it have this name for it.
    case name(ExactName)
    /// A line names it for certain, or lines have several names for it.
    case unclear
  }

  private struct Match {
    let subject: ManifestSubject
    /// True if the name, however it is written, is the file's path and no other's.
    let isCertain: Bool
  }

  private func match(_ entry: Manifest.Entry) -> Match? {
    let isText = String(validating: entry.nameBytes, as: UTF8.self) != nil
    if isText, let candidate = written[ExactName(entry.fileName)] {
      return Match(subject: candidate.subject(candidate.spelling), isCertain: true)
    }
    for reading in NameReading.all(of: entry.nameBytes) {
      if let match = match(reading) { return match }
    }
    return nil
  }

  private func match(_ reading: NameReading) -> Match? {
    if case .success(let path) = PackagePath.read(reading.name, in: folder, limits: Limits()) {
      if companions.contains(path) { return Match(subject: .companion, isCertain: true) }
      let below = path.text.below(folder)
      if let candidate = written[ExactName(below)] {
        let spelling = reading.spelling.union(below.isExactly(reading.name) ? [] : .dots)
        return Match(subject: candidate.subject(spelling), isCertain: true)
      }
      if let candidate = alike.file(at: below) {
        let spelling = reading.spelling.union(below.difference(from: candidate.path(folder)))
        return Match(subject: candidate.subject(spelling), isCertain: false)
      }
    }
    let last = reading.name.lastComponent
    guard !last.isEmpty else { return nil }
    let isElsewhere = !last.isExactly(reading.name)
    let other: NameSpelling = isElsewhere ? .otherFolder : []
    if let candidate = alike.file(named: last) {
      let real = candidate.path(folder).lastComponent
      let isMoved = isElsewhere || !candidate.path(folder).isExactly(real)
      let spelling = reading.spelling.union(last.difference(from: real))
        .union(isMoved ? .otherFolder : [])
      return Match(subject: candidate.subject(spelling), isCertain: false)
    }
    if isElsewhere, isCompanion(last) { return Match(subject: .companion, isCertain: true) }
    guard let start = last.beforeEllipsis, let candidate = onlyFile(beginningWith: start) else {
      return nil
    }
    return Match(
      subject: candidate.subject(reading.spelling.union(other).union(.cut)), isCertain: false)
  }

  private func isCompanion(_ name: String) -> Bool {
    companions.contains { $0.name.lowercased() == name.lowercased() }
  }

  /// The only file whose name begins so; a manifest with cut names is small, and so is the package.
  private func onlyFile(beginningWith start: String) -> Candidate? {
    package.files.count <= 1_000 ? alike.file(beginningWith: start) : nil
  }
}

extension ManifestNames.Candidate {
  fileprivate func subject(_ spelling: NameSpelling) -> ManifestSubject {
    ManifestSubject(target: target, spelling: spelling, kind: .file)
  }

  /// The file's path below the descriptor's folder.
  fileprivate func path(_ folder: String) -> String {
    switch target {
    case .file(let file): file.name.below(folder)
    case .chunks(let href): href
    }
  }
}
