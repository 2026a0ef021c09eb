import Foundation

/// The result of a finished command.
public struct ToolResult: Sendable {
  /// The exit code, or the signal's number below zero.
  public let status: Int32
  /// The bytes that it wrote to standard output.
  public let output: [UInt8]
  /// The bytes that it wrote to standard error.
  public let errors: [UInt8]

  /// Standard output as text.
  public var text: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as text.
  public var errorText: String { String(decoding: errors, as: UTF8.self) }
}

/// Returns whether a command can be found in `PATH`.
public func hasTool(_ name: String) -> Bool { toolPath(name) != nil }

/// Runs a command to its end.
/// - Parameters:
///   - tool: a name looked up in `PATH`, or a path.
///   - arguments: what follows the name.
///   - folder: the working folder; the test's own when nil.
///   - input: what it reads from standard input.
///   - environment: variables set besides those there are.
/// - Throws: when the command cannot be found or started.
@discardableResult
public func run(
  _ tool: String, _ arguments: [String], in folder: String? = nil, input: [UInt8] = [],
  environment: [String: String] = [:]
) throws -> ToolResult {
  guard let path = toolPath(tool) else { throw CocoaError(.fileNoSuchFile) }
  // Files instead of pipes: no command can block on a full pipe.
  let work = try TemporaryFolder()
  try work.write(input, to: "in")
  try work.write([UInt8](), to: "out")
  try work.write([UInt8](), to: "err")
  let process = Process()
  process.executableURL = URL(fileURLWithPath: path)
  process.arguments = arguments
  if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder, isDirectory: true) }
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  process.standardInput = try FileHandle(forReadingFrom: work.url.appendingPathComponent("in"))
  process.standardOutput = try FileHandle(forWritingTo: work.url.appendingPathComponent("out"))
  process.standardError = try FileHandle(forWritingTo: work.url.appendingPathComponent("err"))
  try process.runToEnd()
  let status = process.terminationStatus
  return ToolResult(
    status: process.terminationReason == .exit ? status : -status,
    output: try work.read("out"), errors: try work.read("err"))
}

private func toolPath(_ tool: String) -> String? {
  if tool.contains("/") { return tool }
  let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  return folders.split(separator: ":").map { "\($0)/\(tool)" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
}
