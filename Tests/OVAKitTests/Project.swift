import Foundation

/// The project's files, for tests that compare them.
enum Project {
  /// The project's folder.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The path of a sample.
  static func sample(_ name: String) -> String {
    folder.appending(path: "samples").appending(path: name).path
  }

  /// The path of a program beside the test bundle.
  static func program(_ name: String) -> String {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: name).path
  }

  /// A file's text.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  /// The files with an extension in a folder and those below it, by their paths in the project.
  static func files(in path: String, withExtension suffix: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder.appending(path: path).path)
    return (all?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".\(suffix)") }
      .map { "\(path)/\($0)" }.sorted()
  }
}
