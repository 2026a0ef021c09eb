import ArgumentParser
import OVAArchive
import OVABasics
import OVAByteSource
import SystemPackage

/// Options on packages from standard input.
struct StreamOptions: ParsableArguments {
  @Option(
    name: .customLong("stdin-filename"),
    help: ArgumentHelp("What to call the package on standard input ('-').", valueName: "name"))
  var name: FilePath?

  @Option(
    help: ArgumentHelp(
      "Copy standard input to a file, which appears under its name only when the check passes.",
      valueName: "file"),
    completion: .file(extensions: ["ova"]))
  var tee: FilePath?

  @Flag(
    help: """
      Replace files that are there: those of reports, and that of --tee when the check passes.
      """)
  var force = false

  /// The path that means standard input.
  static let standardInput = FilePath("-")

  /// The copy that is wanted.
  func copy() throws -> StreamCopy? {
    guard let tee else { return nil }
    Output.outlivesReader()
    do throws(ArchiveError) {
      return try StreamCopy(path: tee.text, replaces: force)
    } catch {
      Output.standardError.error(error)
      throw ExitStatus(writing: error)
    }
  }
}

/// The copy of a stream: exact, and without its name until the check has passed.
final class StreamCopy {
  private let file: AtomicFile
  private var failure: ArchiveError?

  /// Begins a copy.
  init(path: String, replaces: Bool) throws(ArchiveError) {
    file = try AtomicFile(path: path, replaces: replaces)
  }

  /// Takes the next bytes. A disk that is full ends the copy, not the check.
  func write(_ bytes: UnsafeRawBufferPointer) {
    guard failure == nil else { return }
    do throws(ArchiveError) {
      try file.write(bytes)
    } catch {
      failure = error
      file.discard()
    }
  }

  /// Gives the copy its name, or says why there is none.
  /// - Returns: the status that the copy adds to the check's.
  func end(passed: Bool) -> ExitStatus {
    if failure == nil, passed {
      do throws(ArchiveError) {
        try file.commit()
        return .success
      } catch {
        failure = error
      }
    }
    if let failure {
      Output.standardError.error(failure)
      return ExitStatus(writing: failure)
    }
    file.discard()
    Output.standardError.line(
      "ova: \(file.path.forDisplay): not written, since the check did not pass")
    return .success
  }
}
