package import OVABasics
import OVAByteSource
package import OVACatalog
package import OVAPackage

/// Names the packages of repositories without a database: ids in path order, times of the files.
package struct RepositoryExport {
  private let mappings: [RepositoryMapping]
  private let excludes: [PathPattern]

  /// Something that has no record, and why.
  package enum Problem {
    /// A file that is named as a package and is none, or cannot be read.
    case noPackage(PackageError)
    /// A part of the folder that could not be walked.
    case notWalked(RepositoryWalk.Problem, folder: String)
  }

  /// An export of repositories, in the order given.
  package init(_ mappings: [RepositoryMapping], excludes: [PathPattern] = []) {
    self.mappings = mappings
    self.excludes = excludes
  }

  /// Calls `record` for each package in path order, and `problem` for what has no record.
  /// - Parameter firstID: the id of the first record.
  /// - Throws: `ByteSourceError` when a repository's folder cannot be walked at all; what `record`
  ///   throws.
  package func run(
    firstID: Int64, record: (Record) throws -> Void, problem: (Problem) -> Void
  ) throws {
    var id = firstID
    for mapping in mappings {
      let walk = try RepositoryWalk(mapping, excludes: excludes)
      try walk.run { file in
        guard file.isPackage else { return }
        let package: Package
        do throws(PackageError) {
          package = try Package.open(
            file: file.systemPath, shownAs: file.systemPath,
            within: mapping.owner == nil ? nil : mapping.walkedFolder.realPath)
        } catch {
          problem(.noPackage(error))
          return
        }
        let time = package.lastModified(file)
        try record(mapping.record(for: file.path, id: id, createdOn: time, updatedOn: time))
        let (next, overflow) = id.addingReportingOverflow(1)
        id = overflow ? id : next
      } problem: {
        problem(.notWalked($0, folder: mapping.walkedFolder))
      }
    }
  }
}

extension RepositoryWalk.File {
  /// True if the file is named as a package: an archive, or a descriptor that lies beside its
  /// files.
  package var isPackage: Bool {
    let name = path.lastComponent
    return !name.hasPrefix("._") && ["ova", "ovf"].contains(name.baseAndExtension.suffix)
  }
}

extension Package {
  /// The newest modification time of the package's files, in seconds since 1970 (UTC): of the
  /// archive itself, or of the descriptor and the files that belong to it.
  func lastModified(_ file: RepositoryWalk.File) -> Int64 {
    let own = file.facts.modified.floorSeconds
    return isArchive ? own : files.map(\.modified).max().map { max($0, own) } ?? own
  }
}

extension Int64 {
  /// Whole seconds of a time in nanoseconds, also before 1970.
  var floorSeconds: Int64 {
    let (seconds, rest) = quotientAndRemainder(dividingBy: 1_000_000_000)
    return rest < 0 ? seconds - 1 : seconds
  }
}
