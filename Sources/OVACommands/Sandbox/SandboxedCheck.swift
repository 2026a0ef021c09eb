import ArgumentParser
import Foundation
import OVABasics
import OVAByteSource
import OVAIndexer
import OVAPackage
import OVAPolicy
import OVAReport
import OVASandbox
import OVATargets

/// Has each package of a check parsed by a process of its own that can only read it.
struct SandboxedCheck: Sendable {
  /// The role of a worker that checks.
  static let role = "check"

  /// The targets that each package is judged for.
  private let targets: [Target]
  /// The name of a package on standard input.
  private let streamName: String
  /// The paths that every check may read beside its package.
  private let shared: [String]

  private let arguments: [String]
  private let policy: PackagePolicy?

  init(_ command: CheckCommand, targets: [Target], policy: PackagePolicy?) throws {
    // With what is configured, which the worker cannot look up.
    arguments = try Array(ConfiguredArguments.ofProcess().texts.dropFirst())
    self.policy = policy
    self.targets = targets
    streamName = (command.stream.name ?? StreamOptions.standardInput).text
    shared = (command.trust + (command.schema.map { [$0] } ?? [])).map {
      $0.text.realPath ?? $0.text
    }
  }

  /// The request to the worker.
  private struct Request: Codable {
    /// The command line behind `check`.
    let arguments: [String]
    let path: String
    /// The configuration's policy.
    let policy: PackagePolicy?
  }

  /// Processor seconds for anything, and those for the bytes of a package.
  private static let leastSeconds: UInt64 = 300
  private static let bytesPerSecond: UInt64 = 4 << 20

  // MARK: The command

  /// Checks one package.
  /// - Throws: `ExitStatus` where no such process can be started; it was said then.
  func result(of path: String) throws -> CheckResult {
    let isStream = path == StreamOptions.standardInput.text
    let shown = isStream ? streamName : path
    var role = Self.role
    #if DEBUG
      role += Misbehavior.suffix
    #endif
    let files = isStream ? [] : Self.files(of: path)
    let worker: Worker
    do throws(SandboxError) {
      worker = try Worker(
        .current, role: role,
        confinement: Confinement(readable: shared + files),
        input: isStream ? 0 : nil)
    } catch {
      Output.standardError.error(error)
      throw ExitStatus.unreadable
    }
    let request = Request(arguments: arguments, path: path, policy: policy)
    // A stream's size is not known: it takes as long as it takes.
    if !isStream { worker.allow(processorSeconds: Self.seconds(for: files)) }
    do throws(WorkerEnd) {
      try worker.send((try? JSONEncoder().encode(request)).map { Array($0) } ?? [])
      let answer = try worker.receive()
      // The worker may be under the control of what it parsed: what it says is values, which are
      // made safe to show as those of a package are.
      let message = try? JSONDecoder().decode(CheckMessage.self, from: Data(answer))
      guard let result = message?.result(path: shown, targets: targets) else {
        throw WorkerEnd.unclear
      }
      return result
    } catch {
      return CheckResult(
        path: shown,
        failure: PackageError(
          code: .parserStopped, doing: "check it", reason: error.reason, place: Place(shown),
          fix: "see that it comes from whom it should, and report it"))
    }
  }

  /// The paths that may be read of a package: the archive; or the descriptor's folder, with the files that
  /// links of it lead to.
  private static func files(of path: String) -> [String] {
    let isFolder = (try? FileFacts.of(path: path))?.kind == .folder
    guard isFolder || path.isDescriptorName else { return [path.realPath ?? path] }
    let name = path.lastComponent
    let folder = isFolder ? path : String(Substring(path.utf8.dropLast(name.utf8.count)))
    let listed = folder.isEmpty ? "." : folder
    let links = ((try? FolderListing.of(path: listed))?.entries ?? []).filter { entry in
      entry.kind == nil || entry.kind == .link
    }
    return [listed.realPath ?? listed, path.realPath ?? path]
      + links.compactMap { "\(listed)/\($0.name)".realPath }
  }

  private static func seconds(for files: [String]) -> UInt64 {
    #if DEBUG
      if let seconds = Misbehavior.seconds { return seconds }
    #endif
    let size = files.reduce(UInt64(0)) { sum, file in
      let entries = (try? FolderListing.of(path: file))?.entries.map { "\(file)/\($0.name)" }
      return (entries ?? [file]).reduce(sum) { sum, file in
        sum.addingReportingOverflow((try? FileFacts.of(path: file))?.size ?? 0).partialValue
      }
    }
    return leastSeconds + size / bytesPerSecond
  }

  // MARK: The worker

  /// Answers the one request of the process that started this one.
  static func run(_ connection: WorkerConnection) {
    guard let message = connection.receive(),
      let request = try? JSONDecoder().decode(Request.self, from: Data(message)),
      let command = try? CheckCommand.parse(request.arguments)
    else { return }
    #if DEBUG
      Misbehavior(ofFile: request.path, connection.role)?.run()
    #endif
    guard let checking = try? command.checking(policy: request.policy) else { return }
    let result =
      request.path == StreamOptions.standardInput.text
      ? checking.result(ofStream: command.stream, copy: nil) : checking.result(of: request.path)
    guard let answer = try? JSONEncoder().encode(CheckMessage(result)) else { return }
    _ = connection.send(Array(answer))
  }
}
