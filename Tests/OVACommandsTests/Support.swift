import Foundation
import OVACommands
import OVATestSupport
import Testing

/// A folder with copies of the samples, and command lines that are run for their results.
@MainActor struct CommandFixture {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The path of a file in the folder.
  func path(_ name: String) -> String { folder.path(name) }

  /// Makes a folder in the folder.
  /// - Returns: its path.
  func makeFolder(_ name: String) throws -> String {
    let path = path(name)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  /// A copy of a sample of the project.
  func sample(_ name: String) throws -> String {
    let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let bytes = try Data(contentsOf: project.appending(path: "samples/\(name)"))
    return try folder.write(bytes, to: URL(filePath: name).lastPathComponent)
  }

  /// Runs a command line for its result.
  func run(_ arguments: String...) async -> CommandResult {
    await OVACommand.result(of: arguments)
  }
}

extension CommandResult {
  /// A success that writes nothing but this text.
  static func success(_ text: String = "") -> CommandResult {
    CommandResult(.success, output: Array(text.utf8))
  }
}

extension CommandResult: CustomTestStringConvertible {
  public var testDescription: String { "\(status)\n\(text)\n\(errorText)" }
}
