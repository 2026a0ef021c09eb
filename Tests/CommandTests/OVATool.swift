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

  /// A sample's path.
  static func sample(_ name: String) -> String {
    project.appendingPathComponent("samples/\(name)").path
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
