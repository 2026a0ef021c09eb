public import OVABasics
public import OVACatalog
import OVAPackage

/// Looks at repositories as a whole, as the last scan found them.
public struct RepositoryAudit: Sendable {
  private let store: CatalogStore
  /// The most findings of each kind.
  private let most: Int
  /// What the name of each folder must match as a whole; nil for no policy.
  private let policy: String?

  /// An audit of all repositories of a catalogue.
  /// - Parameters:
  ///   - namingPolicy: a regular expression that the name of each folder must match as a whole.
  ///   - limit: the most findings of each kind.
  /// - Throws: `IndexError` when the policy is no regular expression.
  public init(
    store: CatalogStore, namingPolicy: String? = nil, limit: Int = 10_000
  ) throws(IndexError) {
    self.store = store
    policy = namingPolicy
    most = limit
    guard let namingPolicy else { return }
    do {
      _ = try Regex(namingPolicy)
    } catch {
      throw IndexError(
        code: .invalidPattern, doing: "understand the naming policy", reason: "\(error)",
        place: Place(namingPolicy), fix: "write a regular expression such as '[a-z0-9-]+'")
    }
  }

  /// All findings, by kind and path.
  public func findings() throws -> [RepositoryFinding] {
    try store.read { reader in
      var findings: [RepositoryFinding] = []
      for (id, mapping) in try reader.repositories() {
        let repository = ScannedRepository(id: id, mapping: mapping)
        try reader.forEachStray(repository: id) { stray in
          if let finding = finding(of: stray, repository) { findings.append(finding) }
        }
      }
      findings += try reader.duplicates(atLeast: 65_536, limit: most).map { group in
        RepositoryFinding(
          kind: .duplicate, paths: group.places,
          reclaimable: group.size.multipliedReportingOverflow(
            by: Int64(group.places.count - 1)
          ).partialValue,
          message: "\(group.places.count) files of \(size(group.size)) hold the same",
          fix: "keep one of them, or leave it to a file system that shares blocks")
      }
      findings += try reader.sharedFiles(limit: most).map { group in
        RepositoryFinding(
          kind: .sharedFile, paths: [group.common] + group.places, reclaimable: 0,
          message: "\(group.places.count) packages reference it",
          fix: "do not delete it with one of them; give each package its own copy or folder")
      }
      findings += try reader.foldersWithSeveralDescriptors(limit: most).map { group in
        RepositoryFinding(
          kind: .clashingDescriptors, paths: group.places, reclaimable: 0,
          message: "\(group.places.count) descriptors lie in \(group.common.inert)",
          fix: "give each package a folder of its own")
      }
      findings += try reader.pathsThatDifferInCase(limit: most).map { group in
        RepositoryFinding(
          kind: .caseClash, paths: group.places, reclaimable: 0,
          message: "\(group.places.count) paths differ in letter case alone",
          fix: "rename them; on Windows and macOS they are one")
      }
      if let policy { findings += try offPolicy(policy, reader) }
      return RepositoryFinding.Kind.allCases.flatMap { kind in
        Array(findings.filter { $0.kind == kind }.prefix(most))
      }
    }
  }

  private func size(_ bytes: Int64) -> String { ByteCount(UInt64(clamping: bytes)).description }

  private static let leftovers: Set<String> = [
    "part", "partial", "tmp", "temp", "filepart", "crdownload", "download",
  ]
  private static let belongings: Set<String> = [
    "vmdk", "vhd", "vhdx", "vdi", "qcow2", "mf", "cert", "nvram",
  ]

  private func finding(of stray: StrayRow, _ home: ScannedRepository) -> RepositoryFinding? {
    let path = home.prefix + stray.path
    if stray.kind != "file" {
      return RepositoryFinding(
        kind: .brokenLink, paths: [path], reclaimable: 0, message: stray.detail ?? stray.kind,
        fix: "remove the link, or let it lead to a file of the repository")
    }
    let suffix = stray.path.baseAndExtension.suffix
    if Self.leftovers.contains(suffix) {
      return RepositoryFinding(
        kind: .leftover, paths: [path], reclaimable: stray.size,
        message: "\(size(stray.size)) of an upload that did not end",
        fix: "upload the package again, and delete this")
    }
    guard Self.belongings.contains(suffix) || isChunk(stray.path) else { return nil }
    return RepositoryFinding(
      kind: .orphan, paths: [path], reclaimable: stray.size,
      message: "\(size(stray.size)) that no descriptor references",
      fix: "delete it, or bring back the descriptor that it belongs to")
  }

  /// Whether it is a piece of a disk in chunks: `disk.vmdk.000000001`.
  private func isChunk(_ path: String) -> Bool {
    let parts = path.baseAndExtension
    return parts.suffix.utf8.count == 9
      && parts.suffix.utf8.allSatisfy { (0x30...0x39).contains($0) }
      && Self.belongings.contains(parts.base.baseAndExtension.suffix)
  }

  private func offPolicy(
    _ policy: String, _ reader: CatalogReader
  ) throws -> [RepositoryFinding] {
    let pattern = try Regex(policy)
    var seen: Set<String> = []
    var findings: [RepositoryFinding] = []
    try reader.forEachRecord(ImageQuery(scope: .all)) { record in
      guard let path = DatastorePath(record.path)?.folder else { return }
      var folder = ""
      for name in path.split(separator: "/") {
        folder += folder.isEmpty ? String(name) : "/\(name)"
        let whole = "[\(record.dataStore)] \(folder)"
        guard seen.insert(whole).inserted, try pattern.wholeMatch(in: String(name)) == nil else {
          continue
        }
        findings.append(
          RepositoryFinding(
            kind: .namingPolicy, paths: [whole], reclaimable: 0,
            message: "'\(String(name).inert)' does not match \(policy)",
            fix: "rename the folder"))
      }
    }
    return findings
  }

  /// A shell script for a person to read: every command that would reclaim space, as a comment.
  public func cleanupScript() throws -> String {
    let repositories = try store.read { try $0.repositories() }
      .map { ScannedRepository(id: $0.id, mapping: $0.mapping) }
    var lines = [
      "#!/bin/sh",
      "# What could be deleted, as the last scan found it. Nothing here does anything: read it, and",
      "# take the '#' away from the commands that you want. Scan again before, for files change.",
      "set -eu",
    ]
    var total: Int64 = 0
    for finding in try findings() {
      guard [.orphan, .leftover, .duplicate, .brokenLink].contains(finding.kind) else { continue }
      total = total.addingReportingOverflow(finding.reclaimable).partialValue
      lines += ["", "# \(finding.kind.rawValue): \(finding.message.inert)"]
      for (index, path) in finding.paths.enumerated() {
        let home = repositories.first { path.utf8.starts(with: $0.prefix.utf8) }
        guard finding.kind != .duplicate, let home else {
          lines.append("#   \(index == 0 ? "first" : "again"): \(path.inert)")
          continue
        }
        lines.append("# rm -- \(Self.quoted(home.systemPath(home.below(path))))")
      }
    }
    lines += ["", "# In all \(size(total)) could be reclaimed.", ""]
    return lines.joined(separator: "\n")
  }

  /// A path as a shell takes it, on one line, whatever bytes it is of.
  private static func quoted(_ path: String) -> String {
    let bytes = path.fileSystemBytes
    if bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) {
      return "'" + path.replacing("'", with: "'\\''") + "'"
    }
    let octal = bytes.map { byte -> String in
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
    return "\"$(printf '\(octal.joined())')\""
  }
}
