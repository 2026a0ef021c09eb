import Foundation
import OVATestSupport

/// A temporary folder that goes when the test ends.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "ova-integrity-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
  }

  func text(_ name: String) throws -> String { String(decoding: try read(name), as: UTF8.self) }
}

struct ToolFailure: Error, CustomStringConvertible {
  let description: String
}

struct Output {
  let status: Int32
  let bytes: [UInt8]
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Runs a program found on the path; standard error comes with standard output.
@discardableResult
func run(
  _ program: String, _ arguments: [String], in folder: Folder? = nil, mayFail: Bool = false
) throws -> Output {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder.path) }
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  process.standardInput = FileHandle.nullDevice
  let end = ProcessEnd(of: process)
  try process.run()
  let bytes = Array(pipe.fileHandleForReading.readDataToEndOfFile())
  end.wait()
  let output = Output(status: process.terminationStatus, bytes: bytes)
  guard output.status == 0 || mayFail else {
    throw ToolFailure(description: "\(program) \(arguments): \(output.text)")
  }
  return output
}

enum Base64 {
  static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
