import Foundation
import OVABasics
import OVAByteSource

/// A line of a list of files.
struct ListLine: Sendable {
  /// The place in the data store.
  let path: String?
  /// The URL from which it is fetched; nil where its path gives it.
  let url: String?
  /// Bytes.
  let size: UInt64
  /// Nanoseconds since 1970.
  let modified: Int64?
  let etag: String?
  /// The number of files in the list, of its last line.
  let files: Int?

  private struct Members: Decodable {
    let path: String?
    let url: String?
    let size: UInt64?
    let modified: Time?
    let etag: String?
    let files: Int?
  }

  /// A time as text of ISO 8601 in UTC, or as seconds since 1970.
  private struct Time: Decodable {
    let nanoseconds: Int64

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        guard let seconds = HTTPDate.secondsOfISO(text) ?? HTTPDate.seconds(text) else {
          throw DecodingError.dataCorruptedError(
            in: container,
            debugDescription: "'modified' is neither a time in UTC, such as "
              + "2026-11-30T04:05:06Z, nor a number of seconds")
        }
        nanoseconds = seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue
        return
      }
      let seconds = try container.decode(Double.self)
      guard abs(seconds) < 9e9 else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "'modified' is no number of seconds since 1970")
      }
      nanoseconds = Int64(seconds * 1e9)
    }
  }

  /// Reads a line.
  init(_ bytes: [UInt8], place: Place) throws(ByteSourceError) {
    let members: Members
    do {
      members = try JSONDecoder().decode(Members.self, from: Data(bytes))
    } catch {
      throw Self.unclear(Self.words(error), place)
    }
    files = members.files
    path = members.path
    url = members.url
    modified = members.modified?.nanoseconds
    etag = members.etag
    guard let size = members.size ?? (files == nil ? nil : 0) else {
      throw Self.unclear("it has no 'size', the file's length in bytes", place)
    }
    self.size = size
  }

  private static func unclear(_ reason: String, _ place: Place) -> ByteSourceError {
    RemoteTree.unclear("line \(place.line ?? 0): \(reason)", place)
  }

  private static func words(_ error: any Error) -> String {
    switch error {
    case DecodingError.typeMismatch(_, let context):
      "'\(context.codingPath.last?.stringValue ?? "it")' is of another type"
    case DecodingError.dataCorrupted(let context) where context.codingPath.last != nil:
      context.debugDescription
    default: "it is no JSON object"
    }
  }
}
