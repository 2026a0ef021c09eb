import OVABasics
package import OVAByteSource
import OVAPackage

/// The packages in a folder and in the folders below it, as a scan finds them: archives and
/// descriptors by their names.
package struct PackageWalk: Sendable {
  /// The paths of packages, in the order of their bytes.
  package private(set) var packages: [String] = []
  /// Entries that could not be looked at, and links that lead to no package of the folder.
  package private(set) var problems: [Problem] = []

  /// Something below the folder that is not known to hold no package.
  package struct Problem: Sendable, Hashable {
    /// The path, with the folder's in front.
    package let path: String
    /// The kind of problem.
    package let kind: RepositoryWalk.Problem.Kind
    /// The cause, for people.
    package let reason: String
  }

  /// True if the folder is itself a package: one, and that directly in it.
  package let isPackage: Bool

  /// Walks a folder.
  /// - Throws: `ByteSourceError` when it is not there or no folder.
  package init(folder: String) throws(ByteSourceError) {
    let walk = try RepositoryWalk(folder: folder)
    let prefix = folder == "." ? "" : folder.hasSuffix("/") ? folder : folder + "/"
    var packages: [String] = []
    var problems: [Problem] = []
    var isDirect = false
    // Nothing throws but what is called for files, and that does not.
    try? walk.run { file in
      guard PackageKind(name: file.path.lastComponent) != nil else { return }
      isDirect = !file.path.utf8.contains(UInt8(ascii: "/"))
      packages.append(prefix + file.path)
    } problem: { problem in
      // A link that leads nowhere matters where it is named as a package.
      let isOfPackage =
        problem.kind == .unreadable || PackageKind(name: problem.path.lastComponent) != nil
      guard isOfPackage, problem.kind != .loop else { return }
      problems.append(
        Problem(
          path: problem.path.isEmpty ? folder : prefix + problem.path, kind: problem.kind,
          reason: problem.reason))
    }
    self.packages = packages
    self.problems = problems
    isPackage = packages.count == 1 && isDirect && problems.isEmpty
  }
}
