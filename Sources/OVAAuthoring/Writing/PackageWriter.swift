import Glibc
import OVAArchive
public import OVABasics
public import OVAByteSource
public import OVAPackage

/// Writes a package as one archive that has no name until it is found to be sound.
public struct PackageWriter: Sendable {
  /// A member to be.
  public struct Member: Sendable {
    /// Its name in the archive.
    public let name: String
    /// Its bytes.
    public let source: any ByteSource
    /// Time of the last change, in seconds since 1970 (UTC).
    public let modified: Int64
  }

  /// Writes members in their order: plain ustar, GNU's form only where ustar cannot hold one.
  /// - Parameters:
  ///   - members: what to write.
  ///   - path: the name that the archive is to have.
  ///   - replaces: whether it may take the place of something.
  ///   - progress: called with the number of bytes written, after each piece.
  /// - Throws: `PackageError`: `outputExists` when something has that name that is not to be
  ///   replaced, `outputFailed` when it cannot be written, and `inputOutput` when a source fails.
  public static func write(
    _ members: [Member], to path: String, replaces: Bool = false,
    progress: @escaping (UInt64) -> Void = { _ in }
  ) throws(PackageError) -> WrittenArchive {
    do throws(ArchiveError) {
      let file = try AtomicFile(path: path, replaces: replaces)
      let writer = unsafe TarWriter(name: path) { (bytes) throws(ArchiveError) in
        unsafe try file.write(bytes)
        progress(UInt64(bytes.count))
      }
      for member in members {
        try writer.append(name: member.name, source: member.source, modified: member.modified)
      }
      try writer.finish()
      return WrittenArchive(file)
    } catch {
      throw PackageError(writing: error)
    }
  }
}

/// An archive that is written whole and has no name yet; it vanishes unless it is committed.
public final class WrittenArchive {
  /// The path it is to have.
  public var path: String { file.path }
  private let file: AtomicFile

  init(_ file: AtomicFile) { self.file = file }

  /// Opens what was written, to be checked; places call it by the name it is to have.
  public func package(limits: Limits = Limits()) throws(PackageError) -> Package {
    let source: FileSource
    do throws(ByteSourceError) {
      source = try FileSource(path: file.readingPath, name: path)
    } catch {
      throw PackageError(error)
    }
    return try Package.open(source, limits: limits)
  }

  /// Gives the archive its name.
  /// - Throws: `PackageError` `outputFailed`, or `outputExists` when something has got it meanwhile.
  public func commit() throws(PackageError) {
    do throws(ArchiveError) {
      try file.commit()
    } catch {
      throw PackageError(writing: error)
    }
  }

  /// Removes it.
  public func discard() { file.discard() }
}

extension PackageError {
  /// The package's view of an archive that could not be written.
  init(writing error: ArchiveError) {
    let code: Code =
      switch error.code {
      case .inputOutput: .inputOutput
      case .outputExists: .outputExists
      default: .outputFailed
      }
    self.init(error, as: code)
  }
}
