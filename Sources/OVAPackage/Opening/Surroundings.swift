public import OVABasics
public import OVAByteSource
import Synchronization

/// The files beside a descriptor that lies elsewhere than in a folder of this machine.
public protocol Surroundings: Sendable {
  /// The file at a path relative to the descriptor's folder; nil where there is none.
  /// - Throws: `ByteSourceError` when it cannot be determined whether there is one, or it cannot be
  ///   read.
  func file(at path: PackagePath) throws(ByteSourceError) -> SurroundingFile?

  /// The names in the descriptor's folder (empty) or in one below it, in the order of their bytes;
  /// none where they cannot be listed.
  func names(in folder: String) throws(ByteSourceError) -> [String]
}

extension Surroundings {
  public func names(in folder: String) throws(ByteSourceError) -> [String] { [] }
}

/// A file beside a descriptor.
public struct SurroundingFile: Sendable {
  /// Its bytes; their name is the file's in places.
  public let source: any ByteSource
  /// Time of the last change in seconds since 1970 (UTC).
  public let modified: Int64

  /// Makes a file.
  public init(_ source: any ByteSource, modified: Int64) {
    self.source = source
    self.modified = modified
  }
}

extension Package {
  /// Opens what lies elsewhere than in a folder of this machine: a descriptor with the files beside it
  /// where that is what its name says, else an archive.
  /// - Throws: `PackageError`; `changed` where it is another version by then.
  package static func open(
    _ file: SurroundingFile, named fileName: String, in surroundings: any Surroundings,
    limits: Limits = Limits()
  ) throws(PackageError) -> Package {
    do throws(PackageError) {
      guard fileName.isDescriptorName else { return try open(file.source, limits: limits) }
      return try open(descriptor: file, named: fileName, in: surroundings, limits: limits)
    } catch {
      // What was seen of a file that changes says nothing.
      do throws(ByteSourceError) {
        try file.source.confirmUnchanged()
      } catch {
        throw PackageError(error)
      }
      throw error
    }
  }

  /// Opens a descriptor that lies beside its files elsewhere than in a folder of this machine; or an
  /// archive, where that is what the bytes are.
  /// - Parameters:
  ///   - descriptor: its bytes; their name is the package's path.
  ///   - fileName: the descriptor's own name, by which the manifest's is found.
  ///   - surroundings: the files beside it.
  ///   - limits: how much of anything is accepted.
  /// - Throws: `PackageError` when there is no package.
  public static func open(
    descriptor: SurroundingFile, named fileName: String, in surroundings: any Surroundings,
    limits: Limits = Limits()
  ) throws(PackageError) -> Package {
    if isTar(descriptor.source) { return try open(descriptor.source, limits: limits) }
    let limits = limits.withBudget()
    let shown = descriptor.source.name
    guard case .success(let path) = PackagePath.read(fileName, limits: limits) else {
      throw PackageError(
        code: .notAFile, doing: "open it", reason: "its name is no file's", place: Place(shown))
    }
    let source = RememberingSource(descriptor.source, budget: limits.budget)
    let table = SurroundingsTable(surroundings, limits: limits)
    defer {
      source.settle()
      table.settle()
    }
    let file = PackageFile(
      path: path, writtenName: fileName, kind: .file, size: source.size, source: source,
      member: nil, modified: descriptor.modified, location: .path(shown))
    return try Assembly(
      path: shown, form: .folder, table: table, descriptor: file, others: [], limits: limits
    ).package(allFiles: nil)
  }
}

/// Files beside a descriptor, each asked for once, and their names, as far as they can be listed.
private final class SurroundingsTable: FileTable {
  private let surroundings: any Surroundings
  private let limits: Limits
  private let answers = Mutex<[PackagePath: LookupResult]>([:])
  private let listings = Mutex<[String: [String]]>([:])
  private let first = Mutex<ByteSourceError?>(nil)

  init(_ surroundings: any Surroundings, limits: Limits) {
    self.surroundings = surroundings
    self.limits = limits
  }

  func look(at path: PackagePath) -> LookupResult {
    if let known = answers.withLock({ $0[path] }) { return known }
    let answer = lookAnew(at: path)
    return answers.withLock { answers in
      if let known = answers[path] { return known }
      answers[path] = answer
      return answer
    }
  }

  private func lookAnew(at path: PackagePath) -> LookupResult {
    do throws(ByteSourceError) {
      guard let found = try surroundings.file(at: path) else { return .nothing }
      let source = RememberingSource(found.source, budget: limits.budget)
      return .file(
        PackageFile(
          path: path, writtenName: path.text, kind: .file, size: source.size, source: source,
          member: nil, modified: found.modified, location: .path(source.name)))
    } catch {
      return error.code == .notFound ? .nothing : .unreadable(error)
    }
  }

  func names(in folder: String) -> [String] {
    if let known = listings.withLock({ $0[folder] }) { return known }
    let names: [String]
    do throws(ByteSourceError) {
      names = try surroundings.names(in: folder)
    } catch {
      if error.code == .inputOutput { note(error) }
      names = []
    }
    listings.withLock { $0[folder] = names }
    return names
  }

  func similarNames(in folder: String) -> [String: [String]] {
    Dictionary(grouping: names(in: folder), by: \.foldedName).filter { $0.value.count > 1 }
  }

  var lookupFailure: ByteSourceError? { first.withLock { $0 } }

  func note(_ failure: ByteSourceError) { first.withLock { $0 = $0 ?? failure } }

  func settle() {
    answers.withLock { answers in
      for case .file(let file) in answers.values {
        (file.source as? RememberingSource)?.settle()
      }
    }
  }
}
