import Foundation
import OVATestSupport

/// The real command `ova`, as the build made it.
enum OVATool {
  /// The binary beside the test bundle.
  static let path: String = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("ova").path

  /// The folder that the command lies in.
  static var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

  /// The project's folder.
  static let project: URL = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A sample's path.
  static func sample(_ name: String) -> String {
    project.appendingPathComponent("samples/\(name)").path
  }

  /// True if `strace` is there and may trace a process.
  static let canBeTraced: Bool =
    (try? OVATestSupport.run("strace", ["-o", "/dev/null", "true"]))?.status == 0

  /// Runs `ova` to its end and gives the lines of `strace` about some system calls, each whole.
  static func traced(
    _ arguments: [String], calls: String, input: String = "/dev/null"
  ) throws -> (result: ToolResult, lines: [Substring]) {
    let folder = try TemporaryFolder()
    // A file for each thread: in one file they would cut each other's lines.
    let result = try OVATestSupport.run(
      "bash",
      [
        "-c",
        "exec strace -ff -y -e trace=\(calls) -o '\(folder.path("calls"))' \"$0\" \"$@\" < '\(input)'",
        path,
      ] + arguments)
    let lines = try folder.names().flatMap { name in
      String(decoding: try folder.read(name), as: UTF8.self).split(separator: "\n")
    }
    return (result, lines)
  }

  /// Runs `ova` to its end.
  static func run(
    _ arguments: String..., in folder: String? = nil, input: [UInt8] = [],
    environment: [String: String] = [:]
  ) throws -> ToolResult {
    try OVATestSupport.run(path, arguments, in: folder, input: input, environment: environment)
  }
}

extension ToolResult {
  /// Standard output as JSON.
  func json() throws -> Any { try JSONSerialization.jsonObject(with: Data(output)) }

  /// Standard output as a JSON object.
  func object() throws -> [String: Any] { try json() as? [String: Any] ?? [:] }
}
