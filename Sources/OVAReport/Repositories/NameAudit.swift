public import OVABasics
import OVACatalog

/// A regular expression that the names of folders have to match as a whole.
public struct NamingPolicy: Sendable {
  /// The text that was given.
  let text: String

  /// Reads a policy.
  /// - Throws: `AuditError` for what is no regular expression.
  public init(_ text: String) throws(AuditError) {
    self.text = text
    do {
      _ = try Regex(text)
    } catch {
      throw AuditError(
        code: .invalidPattern, doing: "understand the naming policy", reason: "\(error)",
        place: Place(text), fix: "write a regular expression such as '[a-z0-9-]+'")
    }
  }

  /// A judge of names. It lives as long as one look: a regular expression is no value to share.
  func judge() throws -> (String) throws -> Bool {
    let pattern = try Regex(text).matchingSemantics(.unicodeScalar)
    return { try pattern.wholeMatch(in: $0) != nil }
  }
}

/// Looks at the names of folders and files: those that other systems take for one, and those off
/// the policy.
struct NameAudit {
  private let reader: CatalogReader
  private let policy: NamingPolicy?
  private let most: Int

  init(_ reader: CatalogReader, policy: NamingPolicy?, most: Int) {
    self.reader = reader
    self.policy = policy
    self.most = most
  }

  func findings() throws -> [RepositoryFinding] {
    var findings: [RepositoryFinding] = []
    let accepts = try policy?.judge()
    var seen: Set<[UInt8]> = []
    var folders = Siblings()
    try reader.forEachFolderOfPackages { dataStore, parent in
      var path = "[\(dataStore)]"
      for name in parent.utf8.dropFirst(path.utf8.count + 1).split(separator: UInt8(ascii: "/")) {
        let (above, name) = (path, String(Substring(name)))
        path +=
          (path.utf8.last == UInt8(ascii: "]") && seenRoot(path, dataStore) ? " " : "/") + name
        guard seen.insert(Array(path.utf8)).inserted else { continue }
        folders.add(name, path: path, in: above)
        if let accepts, let policy, findings.count < most, try !accepts(name) {
          findings.append(
            RepositoryFinding(
              .namingPolicy, [path],
              message: "'\(name.forDisplay)' does not match \(policy.text.forDisplay)",
              fix: "rename the folder"))
        }
      }
    }
    var files = Siblings()
    var folder = ""
    try reader.forEachFileOfPackages { dataStore, parent, name in
      let place = parent.isEmpty ? "[\(dataStore)] " : parent
      if !place.utf8.elementsEqual(folder.utf8) {
        findings += files.clashes().prefix(max(0, most - findings.count)).map(clash)
        (files, folder) = (Siblings(), place)
      }
      files.add(name, path: place + name, in: "")
    }
    findings += (files.clashes() + folders.clashes()).prefix(most).map(clash)
    return findings.sorted { $0.paths.first ?? "" < $1.paths.first ?? "" }
  }

  private func seenRoot(_ path: String, _ dataStore: String) -> Bool {
    path.utf8.count == dataStore.utf8.count + 2
  }

  private func clash(_ paths: [String]) -> RepositoryFinding {
    // Canonical equivalence is how Swift compares text: it does not see how accents are encoded.
    let byAccents = Set(paths).count
    let byCase = Set(paths.map { Array($0.lowercased().utf8) }).count
    let difference =
      if byAccents == 1 {
        "in how accents are encoded alone (composed or decomposed, NFC or NFD)"
      } else if byCase == 1 {
        "in letter case alone"
      } else {
        "in letter case and in how accents are encoded (composed or decomposed, NFC or NFD)"
      }
    return RepositoryFinding(
      .caseClash, paths, message: "\(paths.count) names differ \(difference)",
      fix: byAccents == 1
        ? "rename them; macOS and many file servers take them for one, and people see no difference"
        : "rename them; on Windows and macOS they are one")
  }
}

/// Names beside each other, by what is left when letter case and the way accents are encoded do
/// not count.
private struct Siblings {
  private struct Key: Hashable {
    let folder: [UInt8]
    let name: String
  }

  private var paths: [Key: [String]] = [:]

  mutating func add(_ name: String, path: String, in folder: String) {
    paths[Key(folder: Array(folder.utf8), name: name.lowercased()), default: []].append(path)
  }

  /// Paths that clash, each group and all groups in the order of bytes.
  func clashes() -> [[String]] {
    paths.values.filter { $0.count > 1 }
      .map { $0.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
      .sorted { ($0.first ?? "").utf8.lexicographicallyPrecedes(($1.first ?? "").utf8) }
  }
}
