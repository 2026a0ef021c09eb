import Foundation
import FuzzSubjects

/// The seeds from which inputs are made.
enum Seeds {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Inputs")
  private static let samples = folder.appending(path: "../../../samples/good").standardized

  /// The seeds of a subject by their names: the files of `Inputs`, and parts of the samples.
  static func of(_ subject: Subject) throws -> [String: [UInt8]] {
    var seeds: [String: [UInt8]] = [:]
    let own = folder.appending(path: subject.rawValue)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: own.path)) ?? [] {
      seeds[name] = try bytes(own.appending(path: name))
    }
    let sample: String? =
      switch subject {
      case .package, .archive: "web.ova"
      case .descriptor: "database/database.ovf"
      case .manifest: "database/database.mf"
      case .disk: "database/database-disk1.vmdk"
      default: nil
      }
    if let sample { seeds[sample] = try bytes(samples.appending(path: sample)) }
    return seeds
  }

  private static func bytes(_ file: URL) throws -> [UInt8] { Array(try Data(contentsOf: file)) }
}
