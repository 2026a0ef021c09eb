/// Something that only a look at a whole repository shows.
public struct RepositoryFinding: Hashable, Sendable {
  /// What it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A disk, manifest or certificate that no descriptor references.
    case orphan
    /// What an interrupted upload left.
    case leftover
    /// Files or whole archives of the same content.
    case duplicate
    /// A file that several packages reference: who deletes one package breaks the other.
    case sharedFile = "shared-file"
    /// Several descriptors in one folder.
    case clashingDescriptors = "clashing-descriptors"
    /// A link that leads nowhere, out of the repository or in a circle.
    case brokenLink = "broken-link"
    /// Names in one folder that other systems take for one: they differ in letter case alone.
    case caseClash = "case-clash"
    /// A folder whose name is not as the policy wants it.
    case namingPolicy = "naming-policy"

    /// As the head of a list.
    public var title: String {
      switch self {
      case .orphan: "Orphans: files that no descriptor references"
      case .leftover: "Leftovers of interrupted uploads"
      case .duplicate: "Duplicates: the same content more than once"
      case .sharedFile: "Files that several packages share"
      case .clashingDescriptors: "Several descriptors in one folder"
      case .brokenLink: "Links that lead nowhere or out"
      case .caseClash: "Names that differ in letter case alone"
      case .namingPolicy: "Folders off the naming policy"
      }
    }
  }

  /// What it is.
  public let kind: Kind
  /// Datastore paths; the member's name follows ` → ` for one in an archive.
  public let paths: [String]
  /// Bytes that could be reclaimed; 0 where none could.
  public let reclaimable: Int64
  /// What was found, for people.
  public let message: String
  /// What to do about it.
  public let fix: String
  /// Files, as paths of the operating system, that could be deleted without a package missing them;
  /// empty where that takes more than deleting.
  public let deletable: [String]

  init(
    _ kind: Kind, _ paths: [String], reclaimable: Int64 = 0, deletable: [String] = [],
    message: String, fix: String
  ) {
    self.kind = kind
    self.paths = paths
    self.reclaimable = reclaimable
    self.deletable = deletable
    self.message = message
    self.fix = fix
  }
}
