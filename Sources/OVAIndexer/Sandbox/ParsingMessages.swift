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

/// A message of a reply is JSON, a NUL, which JSON never holds, and the document of a package as it is.
/// As a string of JSON each of the document's quotes would be escaped, and read back one by one.
extension ParsingReply {
  /// Returns the message that says this; nil for what cannot be said.
  func message() -> [UInt8]? {
    var reply = self
    var document = ""
    if case .package(.opened(var opened)) = self {
      document = opened.facts.document
      opened.facts.document = ""
      reply = .package(.opened(opened))
    }
    guard let json = try? JSONEncoder().encode(reply) else { return nil }
    return Array(json) + [0] + document.utf8
  }

  /// Reads a message; nil for one that says something else.
  init?(message: [UInt8]) {
    guard let end = message.firstIndex(of: 0),
      let document = String(validating: message[(end + 1)...], as: UTF8.self),
      var reply = try? JSONDecoder().decode(Self.self, from: Data(message[..<end]))
    else { return nil }
    if case .package(.opened(var opened)) = reply {
      opened.facts.document = document
      reply = .package(.opened(opened))
    }
    self = reply
  }
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
