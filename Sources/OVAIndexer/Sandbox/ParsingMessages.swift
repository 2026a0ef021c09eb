import Foundation
import OVABasics
import OVAByteSource
import OVACatalog

/// A request of a scan to the process that parses for it.
enum ParsingRequest: Codable, Sendable {
  /// Sets the limits from now on; nothing is answered.
  case limits(Limits)
  case package(PackageTask, folder: [NamedFacts], loading: [String])
  case digests(DigestTask)
  case needs(NeedsTask)
  /// The answer to `ParsingReply.earlier`.
  case earlier(EarlierScan)
}

/// A reply of that process.
enum ParsingReply: Codable, Sendable {
  case package(PackageTask.Found)
  case digests(DigestTask.Found)
  case needs([FileNeed])
  /// Asks what earlier scans know of a package with these files.
  case earlier(PackedFiles)
  /// So many more bytes were read.
  case progress(UInt64)
  /// Asks about the folder of a package that lies elsewhere; a `FolderAnswer` or bytes answer it.
  case folder(FolderQuestion)
}

/// A file of a folder.
struct NamedFacts: Codable, Sendable {
  let name: String
  let facts: FileFacts
}

extension Encodable {
  /// The message that says this; nil for what cannot be said.
  func message() -> [UInt8]? { (try? JSONEncoder().encode(self)).map { Array($0) } }
}

extension Decodable {
  /// Reads a message; nil for one that says something else.
  init?(message: [UInt8]) {
    guard let value = try? JSONDecoder().decode(Self.self, from: Data(message)) else { return nil }
    self = value
  }
}
