import ArgumentParser
import Foundation
import OVABasics
import OVAByteSource
import OVAPackage
import OVARemote
import Synchronization

/// Packages and files that lie on web servers and in buckets.
enum RemoteInput {
  /// The client of this process.
  static let client = RemoteClient(
    RemoteSettings(environment: ProcessInfo.processInfo.environment))

  /// The client of scans, in which many files are fetched at a time, and few ranges of each.
  static let scanningClient: RemoteClient = {
    var settings = RemoteSettings(environment: ProcessInfo.processInfo.environment)
    settings.connections = 2
    return RemoteClient(settings)
  }()

  /// Opens the tree of a repository at a URL.
  @Sendable static func tree(at url: String) throws(ByteSourceError) -> any FileTree {
    try RemoteTree.at(url, scanningClient)
  }

  /// - Throws: `ValidationError` that says why a URL is none of a repository.
  static func validateTree(_ name: PackageName) throws {
    try name.validate()
    guard name.isRemote else { return }
    do throws(ByteSourceError) {
      _ = try tree(at: name.text)
    } catch {
      throw ValidationError(error)
    }
  }

  /// A remote package, opened, or the stream that it comes as.
  enum Opening {
    case package(Package)
    /// The server does not answer ranges.
    case stream(RemoteStream)
  }

  /// Opens an archive, or a descriptor with the files beside it.
  static func open(_ url: String) throws(PackageError) -> Opening {
    let location: RemoteLocation
    let file: RemoteFile
    do throws(ByteSourceError) {
      location = try RemoteLocation(url)
      file = try RemoteFile.open(location, client)
    } catch {
      throw PackageError(error)
    }
    switch file {
    case .source(let source): return .package(try package(source, at: location))
    case .stream(let stream):
      guard !location.fileName.isDescriptorName else {
        return .package(try package(try whole(stream), at: location))
      }
      return .stream(stream)
    }
  }

  /// Opens a package all of whose bytes can be had in any order.
  static func openWhole(_ url: String) throws(PackageError) -> Package {
    switch try open(url) {
    case .package(let package): return package
    case .stream(let stream):
      let copy = try whole(stream)
      let location: RemoteLocation
      do throws(ByteSourceError) {
        location = try RemoteLocation(url)
      } catch {
        throw PackageError(error)
      }
      return try package(copy, at: location)
    }
  }

  private static func whole(_ stream: RemoteStream) throws(PackageError) -> FileSource {
    do throws(ByteSourceError) {
      return try copied(stream)
    } catch {
      throw PackageError(error)
    }
  }

  private static func package(
    _ source: any ByteSource, at location: RemoteLocation
  ) throws(PackageError) -> Package {
    let modified = (source as? RemoteSource)?.modified ?? 0
    return try Package.open(
      SurroundingFile(source, modified: modified), named: location.fileName,
      in: RemoteSurroundings(location))
  }

  /// Does work on a remote package, and does it once more from the start where the package changed
  /// meanwhile: the next version may be there to stay.
  static func onceMoreIfChanged<Value>(
    _ work: () throws(PackageError) -> Value
  ) throws(PackageError) -> Value {
    do throws(PackageError) {
      return try work()
    } catch {
      guard error.code == .changed else { throw error }
      Output.standardError.line(
        "ova: \(error.place.file.forDisplay): it changed meanwhile; it is read again")
      return try work()
    }
  }

  // MARK: Files

  /// A file any part of which can be read: where it lies, or as a copy where the server does not
  /// answer ranges.
  static func file(at location: RemoteLocation) throws(ByteSourceError) -> SurroundingFile {
    switch try RemoteFile.open(location, client) {
    case .source(let source): return SurroundingFile(source, modified: source.modified ?? 0)
    case .stream(let stream):
      let copy = try copied(stream)
      return SurroundingFile(copy, modified: copy.facts.modified / 1_000_000_000)
    }
  }

  private static func copied(_ stream: RemoteStream) throws(ByteSourceError) -> FileSource {
    say(stream, "it is copied to a temporary file")
    let progress = ProgressLine("fetching")
    progress.begin(stream.name, bytes: stream.size)
    defer { progress.end() }
    return try stream.copied(into: Environment.value("TMPDIR") ?? "/var/tmp") { progress.add($0) }
  }

  /// The names of which it was said how they are read.
  private static let said = Mutex<Set<String>>([])

  /// Says that a stream is read as it comes.
  static func tellStreamed(_ stream: RemoteStream) {
    say(stream, "it is read from its start to its end")
  }

  private static func say(_ stream: RemoteStream, _ words: String) {
    guard said.withLock({ $0.insert(stream.name).inserted }) else { return }
    Output.standardError.line(
      "ova: \(stream.name.forDisplay): \(stream.host.forDisplay) does not answer requests for a range; \(words)"
    )
  }
}

/// The files beside a remote descriptor, by URLs relative to its own.
private struct RemoteSurroundings: Surroundings {
  let location: RemoteLocation

  init(_ location: RemoteLocation) { self.location = location }

  func file(at path: PackagePath) throws(ByteSourceError) -> SurroundingFile? {
    do throws(ByteSourceError) {
      return try RemoteInput.file(at: location.beside(path.text))
    } catch {
      if error.code == .notFound { return nil }
      throw error
    }
  }
}
