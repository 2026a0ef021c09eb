import Foundation

/// Makes the sample packages in a folder.
@main
enum MakeSamples {
  static func main() throws {
    guard let folder = CommandLine.arguments.dropFirst().first else {
      FileHandle.standardError.write(Data("usage: make-samples FOLDER\n".utf8))
      exit(2)
    }
    for file in try Samples().made {
      let url = URL(fileURLWithPath: folder).appendingPathComponent(file.name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url)
    }
  }
}
