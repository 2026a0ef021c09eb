import OVABasics
import OVACatalog

/// The faults in a user's repository after a sync, as its answer and its letter state them: a line
/// for each fault, with the package's path, the rule and the rule's message.
struct SyncTroubles {
  /// Lines of a kind that are kept at most; how many more there are is said in one more.
  static let most = 1000

  let mapping: RepositoryMapping
  /// The paths that the scan could not read.
  let unread: [(path: String, reason: String)]

  func add(to outcome: inout ScanOutcome, from store: CatalogStore) throws {
    var errors = Lines()
    var warnings = Lines()
    var told: Set<String> = []
    try store.read { reader in
      let known = try reader.repositories().first { _, known in
        known.dataStore.isExactly(mapping.dataStore)
          && known.folder.isExactly(mapping.folder)
      }
      guard let repository = known?.id else { return }
      var last: String?
      try reader.forEachTrouble(repository: repository) { trouble in
        let isFirst = last.map { !$0.isExactly(trouble.path) } ?? true
        last = trouble.path
        if isFirst, let (text, isError) = Self.text(of: trouble) {
          if isError { errors.add(text) } else { warnings.add(text) }
          told.insert(trouble.path)
        }
        // What was found before it became unreadable is old.
        if trouble.state == .unreadable { return true }
        if let finding = trouble.finding {
          let text = Self.text(of: finding, in: trouble.path)
          if finding.severity == "error" { errors.add(text) } else { warnings.add(text) }
          if finding.severity == "error" { told.insert(trouble.path) }
        }
        return true
      }
      try reader.forEachUnownedFile(repository: repository) { row in
        guard row.kind != "file" else { return }
        let reason = row.detail ?? "the link is not followed"
        warnings.add("\(mapping.pathPrefix)\(row.path): \(row.kind): \(reason)")
      }
    }
    // A package that could not be read has said so above.
    for (path, reason) in unread where !told.contains(path) { errors.add("\(path): \(reason)") }
    let paths = ServerPaths(mapping)
    outcome.errors = errors.all.map(paths.removed)
    outcome.warnings = warnings.all.map(paths.removed)
  }

  /// Returns the fault that a package's state tells and its findings do not.
  private static func text(of trouble: PackageTrouble) -> (text: String, isError: Bool)? {
    let detail = trouble.stateDetail.map { ": \($0)" } ?? ""
    let text = "\(trouble.path): \(trouble.state.rawValue)\(detail)"
    switch trouble.state {
    case .whole: return nil
    case .unreadable:
      let finding = FindingRow.unreadable(file: "", detail: trouble.stateDetail)
      return ("\(trouble.path): \(finding.rule): \(finding.message)", true)
    case .changing: return (text, false)
    // The finding of a rule says the same with more words.
    case _ where trouble.finding?.severity == "error": return nil
    default: return (text, true)
    }
  }

  private static func text(of finding: PackageTrouble.Finding, in path: String) -> String {
    let line = finding.line.map { ":\($0)" } ?? ""
    let name = DatastorePath(path)?.name ?? path
    let place =
      finding.file.isEmpty || finding.file.isExactly(name) && line.isEmpty
      ? "" : " (\(finding.file)\(line))"
    return "\(path): \(finding.rule): \(finding.message)\(place)"
  }

  /// The first lines, and how many more there are.
  private struct Lines {
    private var kept: [String] = []
    private var count = 0

    mutating func add(_ text: String) {
      count += 1
      if kept.count < SyncTroubles.most { kept.append(text) }
    }

    var all: [String] {
      count > kept.count ? kept + ["and \(count - kept.count) more"] : kept
    }
  }
}
