/// Something that only a look at a whole repository shows.
public struct RepositoryFinding: Hashable, Sendable {
  /// The kind.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A disk, manifest or certificate that no descriptor references.
    case orphan
    /// A part of an interrupted upload.
    case leftover
    /// Whole archives of the same content.
    case duplicate
    /// Files of the same content in packages that are no copies of one archive; each needs its own.
    case sharedContent = "shared-content"
    /// A file that several packages reference: who deletes one package breaks the other.
    case sharedFile = "shared-file"
    /// Several descriptors in one folder.
    case clashingDescriptors = "clashing-descriptors"
    /// A link that leads nowhere, out of the repository or in a circle.
    case brokenLink = "broken-link"
    /// Names in one folder that other systems take for one: they differ in letter case or in how
    /// accents are encoded.
    case caseClash = "case-clash"
    /// A folder whose name is not as the policy wants it.
    case namingPolicy = "naming-policy"

    /// The head of a list.
    public var title: String {
      switch self {
      case .orphan: "Orphans: files that no descriptor references"
      case .leftover: "Leftovers of interrupted uploads"
      case .duplicate: "Duplicates: whole archives more than once"
      case .sharedContent: "Content that packages have in common"
      case .sharedFile: "Files that several packages share"
      case .clashingDescriptors: "Several descriptors in one folder"
      case .brokenLink: "Links that lead nowhere or out"
      case .caseClash: "Names that other systems take for one"
      case .namingPolicy: "Folders off the naming policy"
      }
    }
  }

  /// The most paths of a long group that are kept.
  public static let mostPaths = 100

  /// The kind.
  public let kind: Kind
  /// Datastore paths, the first `mostPaths` of them; the member's name follows ` → ` for one in an
  /// archive.
  public let paths: [String]
  /// The number of paths in all.
  public let pathCount: Int
  /// Bytes that are free once what is `deletable` is gone; 0 where nothing is.
  public var reclaimable: Int64 {
    removals.reduce(0) { $0.addingReportingOverflow($1.bytes).partialValue }
  }
  /// A description for people.
  public let message: String
  /// The way to fix it, as an instruction.
  public let fix: String
  /// Files, as paths of the operating system, that could be deleted without a package missing them;
  /// empty where that takes more than deleting.
  public var deletable: [String] { removals.map(\.path) }
  /// The files that can be deleted, with the facts by which that was judged.
  let removals: [Removal]
  /// A file that stays, and has to be there before its copies go; nil where there is none.
  let kept: Removal?

  /// The number of paths that are not among `paths`.
  public var pathsLeftOut: Int { pathCount - paths.count }

  init(
    _ kind: Kind, _ paths: [String], removals: [Removal] = [], kept: Removal? = nil,
    message: String, fix: String
  ) {
    self.kind = kind
    self.paths = Array(paths.prefix(Self.mostPaths))
    pathCount = paths.count
    self.removals = removals
    self.kept = kept
    self.message = message
    self.fix = fix
  }
}
