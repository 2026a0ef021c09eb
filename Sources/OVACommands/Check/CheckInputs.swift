import ArgumentParser
import OVABasics
import OVAByteSource
import OVAIndexer
import OVAPackage
import OVAReport
import SystemPackage

/// The packages that a check is to look at.
struct CheckInputs: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Archives (.ova), descriptors (.ovf), folders, all packages in which are checked, https and s3 "
        + "URLs, or '-' for standard input.", valueName: "path"),
    completion: .file(extensions: ["ova", "ovf"]))
  var paths: [PackageName] = []

  @Option(
    help: ArgumentHelp(
      "Check the paths that this file lists, one a line; '-' for standard input. May be repeated.",
      valueName: "file"),
    completion: .file())
  var pathsFrom: [FilePath] = []

  @Flag(
    name: [.customShort("0"), .customLong("null")],
    help: "The paths of --paths-from end with a NUL, as 'find -print0' writes them.")
  var isNullSeparated = false

  func validate() throws {
    if paths.isEmpty, pathsFrom.isEmpty { throw ValidationError("Name at least one package.") }
    for path in paths { try path.validate() }
    if isNullSeparated, pathsFrom.isEmpty {
      throw ValidationError("--null goes with --paths-from.")
    }
    let streams = (paths.map(\.text) + pathsFrom.map(\.text)).count {
      $0 == StreamOptions.standardInput.text
    }
    if streams > 1 { throw ValidationError("Standard input ('-') can be read once.") }
  }

  /// A package to check, or the error because of which it cannot be read.
  enum Item: Sendable {
    case package(String)
    case unreadable(PackageError)

    /// The path of a package on a file system.
    var path: String? {
      guard case .package(let path) = self, !isStandardInput, !PackageName(text: path).isRemote
      else { return nil }
      return path
    }

    /// True if it comes by standard input.
    var isStandardInput: Bool {
      if case .package(let path) = self { path == StreamOptions.standardInput.text } else { false }
    }
  }

  /// All packages in their order: folders are replaced by the packages in them.
  func items() throws -> [Item] {
    let listed = try pathsFrom.flatMap {
      try PathList.paths(in: $0.text, isNullSeparated: isNullSeparated)
    }
    return (paths.map(\.text) + listed).flatMap(Self.items)
  }

  private static func items(at path: String) -> [Item] {
    guard path != StreamOptions.standardInput.text, !PackageName(text: path).isRemote,
      let walk = try? PackageWalk(folder: path),
      !walk.isPackage
    else { return [.package(path)] }
    // Of a folder without any it is said that it is no package.
    guard !walk.packages.isEmpty || !walk.problems.isEmpty else { return [.package(path)] }
    return walk.packages.map { .package($0) } + walk.problems.map { .unreadable(error($0)) }
  }

  private static func error(_ problem: PackageWalk.Problem) -> PackageError {
    let (code, fix): (PackageError.Code, String) =
      switch problem.kind {
      case .unreadable: (.permissionDenied, "see that it may be read")
      case .brokenLink, .loop: (.notFound, "remove the link, or put back what it leads to")
      case .leadsOut: (.notAFile, "name the file that the link leads to")
      }
    return PackageError(
      code: code, doing: "look at it", reason: problem.reason, place: Place(problem.path),
      fix: fix)
  }
}
