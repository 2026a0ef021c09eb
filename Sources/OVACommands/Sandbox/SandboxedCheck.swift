import ArgumentParser
import Foundation
import OVABasics
import OVAByteSource
import OVAIndexer
import OVAPackage
import OVAReport
import OVASandbox
import SystemPackage

/// Has each package of a check parsed by a process of its own that can only read it.
struct SandboxedCheck {
  /// The role of a worker that checks.
  static let role = "check"

  private let command: CheckCommand

  init(_ command: CheckCommand) { self.command = command }

  /// What the worker is told.
  private struct Request: Codable {
    /// The command line behind `check`.
    let arguments: [String]
    let path: String
  }

  /// Processor seconds for anything, and those for the bytes of a package.
  private static let leastSeconds: UInt64 = 300
  private static let bytesPerSecond: UInt64 = 4 << 20

  // MARK: The command

  /// What is told of one package.
  func told(_ package: FilePath) throws -> CheckCommand.Told {
    let isStream = package == StreamOptions.standardInput
    let path = package.text
    var role = Self.role
    #if DEBUG
      role += Misbehavior.suffix
    #endif
    let worker: Worker
    do throws(SandboxError) {
      worker = try Worker(
        .current, role: role,
        confinement: Confinement(readable: isStream ? shared : shared + Self.files(of: path)),
        input: isStream ? 0 : nil)
    } catch {
      Output.words.error(error)
      throw ExitStatus.unreadable
    }
    let when: ColorOptions.When = command.colors.isOn(for: .data) ? .always : .never
    var arguments = Array(ProcessArguments.texts.dropFirst())
    // Behind "--" there are paths alone.
    arguments.insert(
      contentsOf: ["--color", when.rawValue],
      at: arguments.firstIndex(of: "--") ?? arguments.endIndex)
    let request = Request(arguments: arguments, path: path)
    // A stream's size is not known: it takes as long as it takes.
    if !isStream { worker.allow(processorSeconds: Self.seconds(for: path)) }
    do throws(WorkerEnd) {
      try worker.send((try? JSONEncoder().encode(request)).map { Array($0) } ?? [])
      let answer = try worker.receive()
      guard let told = try? JSONDecoder().decode(CheckCommand.Told.self, from: Data(answer)),
        isSound(told)
      else { throw WorkerEnd.unclear }
      return told
    } catch {
      let shown = isStream ? command.stream.name?.text ?? path : path
      return command.told(
        CheckResult(
          path: shown,
          failure: PackageError(
            code: .parserStopped, doing: "check it", reason: error.reason, place: Place(shown),
            fix: "see that it comes from whom it should, and report it")))
    }
  }

  /// Whether what a worker says may be shown: nothing that a terminal obeys but colors, and JSON
  /// where that is asked for. The worker may be under the control of what it parsed.
  private func isSound(_ told: CheckCommand.Told) -> Bool {
    guard command.format == .text else {
      return (try? JSONSerialization.jsonObject(with: Data(told.text.utf8))) != nil
    }
    var rest = told.text.unicodeScalars[...]
    while let next = rest.popFirst() {
      if next == "\u{1B}" {
        guard rest.popFirst() == "[",
          rest.first(where: { !"0123456789;".unicodeScalars.contains($0) })
            == "m"
        else { return false }
      } else if next != "\n", next.properties.generalCategory == .control {
        return false
      }
    }
    return true
  }

  /// What every package's check may read beside the package.
  private var shared: [String] {
    (command.trust + (command.schema.map { [$0] } ?? [])).map { $0.text.realPath ?? $0.text }
  }

  /// What may be read of a package: the archive; or the descriptor's folder, with the files that
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

  private static func seconds(for path: String) -> UInt64 {
    #if DEBUG
      if let seconds = Misbehavior.seconds { return seconds }
    #endif
    let size = files(of: path).reduce(UInt64(0)) { sum, file in
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
    guard let told = try? command.toldHere(FilePath(text: request.path)),
      let answer = try? JSONEncoder().encode(told)
    else { return }
    _ = connection.send(Array(answer))
  }
}
