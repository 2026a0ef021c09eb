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
  /// Files by their paths in lower case. Strings are equal here whatever their normalization is.
  private var folded: [String: [Candidate]] = [:]
  /// The same by the last component alone.
  private var lastComponents: [String: [Candidate]] = [:]
  private let companions: Set<PackagePath>

  fileprivate struct Candidate {
    let target: ManifestSubject.Target
    let spelling: NameSpelling

    var identity: ExactName { ExactName(target.name) }
  }

  init(_ package: Package) {
    self.package = package
    folder = package.descriptor.path?.folder ?? ""
    companions = Set(
      [package.manifest?.file.path, package.certificate?.file.path].compactMap { $0 })
    for resolved in package.references {
      guard let href = resolved.reference.href?.text else { continue }
      switch resolved.target {
      case .file(let file): add(.file(file), as: href, below: nil)
      case .chunks(let chunks) where chunks.missing.isEmpty:
        add(.chunks(href: href), as: href, below: nil)
        guard case .file(let decoded) = resolved.reference.target else { continue }
        add(.chunks(href: href), as: decoded, below: nil, spelling: .percent)
      default: continue
      }
    }
    var hrefs: [PackagePath: String] = [:]
    for resolved in package.references {
      guard let path = resolved.file?.path, hrefs[path] == nil else { continue }
      hrefs[path] = resolved.reference.href?.text
    }
    for file in package.files where file.kind == .file {
      guard let path = file.path, !companions.contains(path) else { continue }
      let below = path.text.below(folder)
      let isOther = hrefs[path].map { !$0.isExactly(below) } ?? false
      add(.file(file), as: below, below: below, spelling: isOther ? .percent : .exact)
    }
  }

  private mutating func add(
    _ target: ManifestSubject.Target, as name: String, below path: String?,
    spelling: NameSpelling = .exact
  ) {
    let candidate = Candidate(target: target, spelling: spelling)
    // Of two files with one path the first counts.
    if written[ExactName(name)] == nil { written[ExactName(name)] = candidate }
    // By other spellings only what lies there is looked for, each file once.
    guard let path = path ?? target.chunkedName else { return }
    Self.insert(candidate, at: path.lowercased(), in: &folded)
    Self.insert(candidate, at: path.lastComponent.lowercased(), in: &lastComponents)
  }

  private static func insert(
    _ candidate: Candidate, at key: String, in table: inout [String: [Candidate]]
  ) {
    // Two are enough to know that it is not clear which is meant.
    guard table[key, default: []].count < 2,
      !table[key, default: []].contains(where: { $0.identity == candidate.identity })
    else { return }
    table[key, default: []].append(candidate)
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
    var named: Set<ExactName> = []
    var folders: [ExactName: Set<ExactName>] = [:]
    for (entry, match) in zip(entries, found) {
      guard let match, let target = match.subject.target else { continue }
      let identity = ExactName(target.name)
      if match.isCertain { named.insert(identity) }
      folders[identity, default: []].insert(ExactName(entry.fileName))
    }
    return zip(entries, found).map { entry, match in
      guard let match else { return .nothing }
      guard let target = match.subject.target, !match.isCertain else { return match.subject }
      let identity = ExactName(target.name)
      let isOnly = !named.contains(identity) && folders[identity, default: []].count == 1
      return isOnly || fits(entry, target) ? match.subject : .nothing
    }
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
      if let candidate = only(folded[below.lowercased()]) {
        let spelling = reading.spelling.union(below.difference(from: candidate.path(folder)))
        return Match(subject: candidate.subject(spelling), isCertain: false)
      }
    }
    let last = reading.name.lastComponent
    guard !last.isEmpty else { return nil }
    let isElsewhere = !last.isExactly(reading.name)
    let other: NameSpelling = isElsewhere ? .otherFolder : []
    if let candidate = only(lastComponents[last.lowercased()]) {
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

  private func only(_ candidates: [Candidate]?) -> Candidate? {
    candidates?.count == 1 ? candidates?.first : nil
  }

  /// The only file whose name begins so; a manifest with cut names is small, and so is the package.
  private func onlyFile(beginningWith start: String) -> Candidate? {
    guard package.files.count <= 1_000 else { return nil }
    let wanted = start.lowercased()
    let found = lastComponents.filter { $0.key.utf8.starts(with: wanted.utf8) }
    guard found.count == 1 else { return nil }
    return only(found.first?.value)
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

extension ManifestSubject.Target {
  fileprivate var chunkedName: String? {
    if case .chunks(let href) = self { return href }
    return nil
  }
}
