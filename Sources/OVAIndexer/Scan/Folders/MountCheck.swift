import OVAByteSource
import OVACatalog
import OVFXML

/// Tells whether a folder that lacks packages was really seen, or a mount is away: an absence is
/// believed only when the place was looked at.
struct MountCheck {
  /// The advice that follows each reason.
  static let advice =
    "nothing was marked gone (mount it, or say with --accept-removals that the packages were removed)"

  let context: ScanContext
  let repository: ScannedRepository
  /// The repository's folder as the last complete scan saw it.
  let before: RepositorySight
  /// Packages that were known in it when the scan began, imported ones too.
  let known: Int
  /// Packages met by this scan.
  var met = 0
  /// True if nothing at all lies in the walked folder.
  var isEmpty = false
  /// True if a file was met just as the catalog knows it.
  var hasFamiliarFile = false

  /// Fewer packages may well have been removed by hand.
  private static let fewest = 3

  /// Takes in a folder that the walk met.
  mutating func see(_ folder: RepositoryWalk.Folder) throws {
    met += folder.contents.packageCount
    if folder.path.isEmpty { isEmpty = folder.contents.isEmpty }
    guard !hasFamiliarFile, before.folder != nil || before.root != nil, known > 0,
      folder.contents.packageCount > 0
    else { return }
    for file in folder.contents.files where PackageKind(name: file.name) != nil {
      hasFamiliarFile = try context.store.read {
        try $0.isKnown(
          inode: Int64(bitPattern: file.facts.inode), size: Int64(clamping: file.facts.size),
          modified: file.facts.modified, repository: repository.id)
      }
      // One of a folder is a fair sample of it.
      break
    }
  }

  /// Returns the reason not to take the packages that were not met for gone; nil when they are
  /// gone.
  func doubt(sight: RepositorySight, lost: Int) -> String? {
    let removals = context.options.removals
    guard lost > 0, removals != .accepted else { return nil }
    let count = "\(lost) of \(known) packages are not there"
    if removals == .checked {
      if isEmpty { return "the folder is empty: its file system may not be mounted; \(count)" }
      if let words = otherFolder(before.folder, sight.folder, "the folder") {
        return "\(words); \(count)"
      }
    }
    if let words = otherFolder(before.root, sight.root, "the data store's root") {
      return "\(words); \(count)"
    }
    if removals == .believedBelowRoot { return nil }
    if lost >= Self.fewest, met < known - met {
      return "most packages are missing: a file system in it may not be mounted; \(count)"
    }
    return nil
  }

  private func otherFolder(
    _ before: FolderIdentity?, _ now: FolderIdentity?, _ name: String
  ) -> String? {
    guard let before, let now, before != now else { return nil }
    guard before.inode != now.inode else {
      // Some file systems have another number each time they are mounted.
      return hasFamiliarFile
        ? nil : "\(name) lies on another file system than at the last complete scan"
    }
    return before.device == now.device
      ? "\(name) is another one than at the last complete scan"
      : "\(name) is another one, on another file system, than at the last complete scan"
  }

  /// Folders on which another file system was mounted, and is not now.
  func missingMounts(now: [String]) -> [String] {
    let present = Set(now)
    return before.mounts.filter { !present.contains($0) }
  }
}

extension FolderIdentity {
  init(_ identity: FileFacts.Identity) {
    self.init(
      device: Int64(bitPattern: identity.device), inode: Int64(bitPattern: identity.inode))
  }
}
