import OVABasics
import OVACatalog

/// Finds what is there more than once, by SHA-256: whole archives as one finding, else files.
struct DuplicateAudit {
  private let reader: CatalogReader
  private let repositories: [ScannedRepository]
  private let most: Int
  /// Smaller files are not worth a look: every manifest has twins.
  private static let least: Int64 = 65_536

  init(_ reader: CatalogReader, _ repositories: [ScannedRepository], most: Int) {
    self.reader = reader
    self.repositories = repositories
    self.most = most
  }

  func findings() throws -> [RepositoryFinding] {
    var findings: [RepositoryFinding] = []
    var told: Set<[Int64]> = []
    for group in try reader.duplicates(atLeast: Self.least, limit: most) {
      let packages = group.places.map(\.image)
      if told.contains(packages) { continue }
      if group.places.allSatisfy(\.isMember), let archives = try archives(packages) {
        told.insert(packages)
        findings.append(archives)
      } else {
        findings.append(files(group))
      }
    }
    return findings
  }

  private func files(_ group: DuplicateContent) -> RepositoryFinding {
    RepositoryFinding(
      .duplicate, group.places.map(\.path), reclaimable: waste(group.size, group.places.count),
      message: "\(group.places.count) files of \(text(group.size)) hold the same",
      fix: "keep one of them, or leave it to a file system that shares blocks")
  }

  /// One finding for archives that hold the same members throughout; nil when they do not.
  private func archives(_ packages: [Int64]) throws -> RepositoryFinding? {
    guard Set(packages).count == packages.count else { return nil }
    var first: [FileRow]?
    for id in packages {
      let members = try reader.files(of: id).filter(\.isMember)
      guard members.allSatisfy({ $0.digests["sha256"] != nil }) else { return nil }
      if let first {
        let isSame = first.elementsEqual(members) { a, b in
          a.name.utf8.elementsEqual(b.name.utf8) && a.digests["sha256"] == b.digests["sha256"]
        }
        guard isSame else { return nil }
      }
      first = first ?? members
    }
    let paths = try packages.compactMap { try reader.record(id: $0, scope: .all)?.path }
    guard paths.count == packages.count, let members = first else { return nil }
    let size = members.reduce(Int64(0)) { $0.addingReportingOverflow($1.size).partialValue }
    return RepositoryFinding(
      .duplicate, paths, reclaimable: waste(size, paths.count),
      deletable: paths.dropFirst().compactMap(systemPath),
      message: "\(paths.count) archives of \(text(size)) hold the same files",
      fix: "keep one of them, unless both paths are in use")
  }

  private func waste(_ size: Int64, _ count: Int) -> Int64 {
    size.multipliedReportingOverflow(by: Int64(count - 1)).partialValue
  }

  private func text(_ bytes: Int64) -> String { ByteCount(UInt64(clamping: bytes)).description }

  /// The path for the operating system of a datastore path.
  private func systemPath(_ path: String) -> String? {
    let homes = repositories.filter { path.utf8.starts(with: $0.prefix.utf8) }
    return homes.max { $0.prefix.utf8.count < $1.prefix.utf8.count }
      .map { $0.systemPath($0.below(path)) }
  }
}
