import Glibc
package import Logging
import OVABasics
import OVACatalog
package import OVAConfiguration

/// Writes log lines to standard error, as text or as JSON; nothing in a line can break it in two.
package struct StderrLogHandler: LogHandler {
  package var logLevel: Logger.Level
  package var metadata: Logger.Metadata = [:]
  private let format: ServerSettings.LogFormat
  private let write: @Sendable ([UInt8]) -> Void

  /// Makes a log.
  package init(
    format: ServerSettings.LogFormat, level: ServerSettings.LogLevel,
    write: @escaping @Sendable ([UInt8]) -> Void = StderrLogHandler.standardError
  ) {
    self.format = format
    logLevel = Logger.Level(rawValue: level.rawValue) ?? .info
    self.write = write
  }

  /// Writes to standard error.
  package static let standardError: @Sendable ([UInt8]) -> Void = { bytes in
    LogOutput.standardError.write(bytes)
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    let time = Self.stamp()
    var bytes: [UInt8]
    switch format {
    case .json:
      let head: [(key: String, value: JSON)] = [
        ("time", .string(time)), ("level", .string(event.level.rawValue)),
        ("message", .string("\(event.message)")),
      ]
      // What a log line says of itself has these names alone.
      let taken = Set(head.map(\.key))
      bytes = JSON.object(
        head + all.map { (taken.contains($0.key) ? "\($0.key)_" : $0.key, Self.json($0.value)) }
      ).bytes()
    case .text:
      let pairs = all.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }.joined()
      bytes = Array("\(time) \(event.level) \("\(event.message)".forDisplay)\(pairs)".utf8)
    }
    bytes.append(UInt8(ascii: "\n"))
    write(bytes)
  }

  /// Numbers stay numbers, everything else is text.
  private static func json(_ value: Logger.Metadata.Value) -> JSON {
    switch value {
    case .stringConvertible(let value as any BinaryInteger): .integer(Int64(clamping: value))
    case .stringConvertible(let value as Double) where value.isFinite: .decimal("\(value)")
    case .stringConvertible(let value as Bool): .bool(value)
    case .array(let values): .array(values.map(json))
    case .dictionary(let values):
      .object(values.sorted { $0.key < $1.key }.map { ($0.key, json($0.value)) })
    default: .string("\(value)")
    }
  }

  private static func quoted(_ text: String) -> String {
    let shown = text.forDisplay
    let isWord = !shown.isEmpty && shown.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "\"") }
    return isWord ? shown : "\"\(shown.replacing("\"", with: "'"))\""
  }

  /// `2026-11-23T12:00:00Z`.
  private static func stamp() -> String {
    var now = time(nil)
    var parts = unsafe tm()
    _ = unsafe gmtime_r(&now, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return unsafe """
    \(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T\
    \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z
    """
  }
}
