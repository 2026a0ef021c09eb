import OVABasics
import OVACatalog

/// Finds what is there more than once, by SHA-256: first whole archives that are alike throughout,
/// of which all but one may go, then content that packages have in common.
struct DuplicateAudit {
  private let reader: CatalogReader
  private let repositories: [Int64: ScannedRepository]
  private let needs: NeedIndex
  private let most: Int
  /// Smaller files that packages have in common are not worth a look: every manifest has twins.
  private static let least: Int64 = 65_536

  init(
    _ reader: CatalogReader, _ repositories: [ScannedRepository], _ needs: NeedIndex, most: Int
  ) {
    self.reader = reader
    self.repositories = Dictionary(
      repositories.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    self.needs = needs
    self.most = most
  }

  func findings() throws -> [RepositoryFinding] {
    var findings: [RepositoryFinding] = []
    /// The package that stands for its copies.
    var representatives: [Int64: Int64] = [:]
    for group in try reader.archiveCopies() {
      guard let first = group.copies.first else { continue }
      for copy in group.copies { representatives[copy.image] = first.image }
      if findings.count < most, let finding = try copies(group) { findings.append(finding) }
    }
    for group in try reader.duplicates(atLeast: Self.least, limit: most) {
      // What copies of one archive have in common was reported with them.
      let places = group.places.filter { place in
        representatives[place.image].map { $0 == place.image } ?? true
      }
      guard places.count > 1 else { continue }
      let areAlike = try areAlike(Set(places.map(\.image)))
      findings.append(
        RepositoryFinding(
          .sharedContent, places.map(\.path),
          message: "\(places.count) files of \(text(group.size)) hold the same, in packages "
            + (areAlike ? "that hold the same files throughout" : "that differ"),
          fix: areAlike
            ? "keep one of the packages if that is enough: remove the others whole, unless other "
              + "packages reference their files"
            : "leave them; a file system that shares blocks stores them once"))
    }
    return findings
  }

  /// Returns whether packages that are more than one hold the same files, whatever these are
  /// called.
  private func areAlike(_ images: Set<Int64>) throws -> Bool {
    guard images.count > 1 else { return false }
    var contents: Set<[String]> = []
    for image in images {
      guard let content = try reader.contents(of: image) else { return false }
      contents.insert(content)
      if contents.count > 1 { return false }
    }
    return true
  }

  // MARK: Copies of archives

  /// An archive by its place on disk, with all the packages that it is.
  private struct Copy {
    let uses: [FileUse]
    /// True if it stays although another holds the same bytes.
    let isNeeded: Bool
    let errors: Int
    let warnings: Int

    var first: FileUse { uses[0] }
  }

  private func copies(_ group: ArchiveCopies) throws -> RepositoryFinding? {
    var byPlace: [[Int64]: [FileUse]] = [:]
    for use in group.copies {
      // Where the file system is not known each package counts as a file, and stays.
      let place = [use.file.device ?? -1, use.file.inode, use.file.device == nil ? use.image : 0]
      byPlace[place, default: []].append(use)
    }
    guard byPlace.count > 1 else { return nil }
    let copies = try byPlace.values.map { try copy($0) }.sorted(by: Self.isPreferred)
    // A copy in another data store, or another user's, is none that may go for this one.
    var staying: [Audience: Copy] = [:]
    var removed: [Copy] = []
    for copy in copies {
      let audience = Audience(repository: repository(of: copy.first), owner: copy.first.owner)
      if staying[audience] == nil || copy.isNeeded {
        staying[audience] = staying[audience] ?? copy
      } else {
        removed.append(copy)
      }
    }
    let gone = Set(removed.flatMap { $0.uses.map(\.image) })
    let stay = copies.flatMap(\.uses).filter { !gone.contains($0.image) }.map(\.path)
    let removals = removed.sorted { $0.first.path.precedesInBytes($1.first.path) }.compactMap {
      removal($0.first)
    }
    guard let kept = copies.first.flatMap({ removal($0.first) }) else { return nil }
    let count = copies.count
    let isElsewhere = copies.contains { repository(of: $0.first)?.mapping.isRemote ?? false }
    return RepositoryFinding(
      .duplicate,
      stay.sorted { $0.precedesInBytes($1) }
        + removed.map(\.first.path).sorted { $0.precedesInBytes($1) },
      removals: removals, kept: removals.isEmpty ? nil : kept,
      message: "\(count) archives of \(text(group.size)) hold the same files",
      fix: isElsewhere
        ? "keep one of them, unless all are in use under their own names"
        : removals.isEmpty
          ? "each is in use under a name of its own; hard links would store them once"
          : "keep one of them, unless both paths are in use")
  }

  private struct Audience: Hashable {
    let dataStore: String
    let owner: String?

    init(repository: ScannedRepository?, owner: String?) {
      dataStore = repository?.mapping.dataStore ?? ""
      self.owner = owner
    }
  }

  private func repository(of use: FileUse) -> ScannedRepository? {
    use.repository.flatMap { repositories[$0] }
  }

  private func copy(_ uses: [FileUse]) throws -> Copy {
    let findings = try reader.findingCounts(of: uses[0].image)
    return Copy(
      uses: uses, isNeeded: try isNeeded(uses), errors: findings.errors,
      warnings: findings.warnings)
  }

  /// Returns whether an archive stays: more than one name leads to it, something needs it, or not
  /// all was seen that may.
  private func isNeeded(_ uses: [FileUse]) throws -> Bool {
    guard let use = uses.first, uses.count == 1, let device = use.file.device,
      use.file.links == 1, !use.file.isLinked, use.state == .whole,
      let repository = repository(of: use), !repository.mapping.isRemote,
      try reader.wasSeenWhole(repository.id),
      try reader.uses(device: device, inode: use.file.inode).count == 1
    else { return true }
    let below = repository.below(use.path)
    let slash = below.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = repository.realPath(ofFolder: slash.map { String(below[...$0]) } ?? "")
    let file = PlacedFile(
      path: folder + use.file.name, folder: folder, name: use.file.name, device: device,
      inode: use.file.inode, size: use.file.size)
    return ContentLibrary.holds(file.path) || needs.names(file)
  }

  /// Orders the copies that stay before those that may go; of the latter the soundest, then the
  /// first.
  private static func isPreferred(_ a: Copy, _ b: Copy) -> Bool {
    if a.isNeeded != b.isNeeded { return a.isNeeded }
    if a.errors != b.errors { return a.errors < b.errors }
    if a.warnings != b.warnings { return a.warnings < b.warnings }
    return a.first.path.precedesInBytes(b.first.path)
  }

  private func removal(_ use: FileUse) -> Removal? {
    guard let repository = repository(of: use) else { return nil }
    return Removal(
      path: repository.systemPath(repository.below(use.path)), device: use.file.device ?? 0,
      inode: use.file.inode, size: use.file.size, modified: use.file.modified,
      links: use.file.links ?? 1, isLink: false,
      bytes: max(0, min(use.file.size, use.file.allocated ?? use.file.size)))
  }

  private func text(_ bytes: Int64) -> String { ByteCount(UInt64(clamping: bytes)).description }
}
