import OVABasics
import OVAByteSource

/// The settings of one profile in AWS's configuration and credentials files.
struct AWSProfile: Sendable {
  /// The profile's name.
  let name: String
  private let values: [String: String]
  private let services: [String: String]

  /// A value; nil where it is not set or empty. Nested ones are named `s3.addressing_style`.
  subscript(_ key: String) -> String? { values[key].flatMap { $0.isEmpty ? nil : $0 } }

  /// The endpoint for a service that the profile's services section names.
  func endpoint(of service: String) -> String? { services["\(service).endpoint_url"] }

  /// Reads a profile from both files.
  /// - Returns: nil where neither has it.
  /// - Throws: `ByteSourceError` where a file is there and cannot be read.
  static func read(_ name: String, _ settings: RemoteSettings) throws(ByteSourceError)
    -> AWSProfile?
  {
    let environment = settings.environment
    let folder = (settings.home ?? "") + "/.aws"
    let config = try sections(
      of: environment["AWS_CONFIG_FILE"] ?? "\(folder)/config", home: settings.home)
    let credentials = try sections(
      of: environment["AWS_SHARED_CREDENTIALS_FILE"] ?? "\(folder)/credentials",
      home: settings.home)
    var values: [String: String] = [:]
    var isThere = false
    for section in [
      config["profile \(name)"], name == "default" ? config[name] : nil, credentials[name],
    ] {
      guard let section else { continue }
      isThere = true
      values.merge(section) { $1 }
    }
    guard isThere else { return nil }
    let services = values["services"].flatMap { config["services \($0)"] } ?? [:]
    return AWSProfile(name: name, values: values, services: services)
  }

  private static func sections(
    of path: String, home: String?
  ) throws(ByteSourceError) -> [String: [String: String]] {
    var path = path
    if path.hasPrefix("~/"), let home { path = home + path.dropFirst() }
    let file: FileSource
    do throws(ByteSourceError) {
      file = try FileSource(path: path)
    } catch {
      if error.code == .notFound { return [:] }
      throw error
    }
    let bytes = try file.allBytes(limit: 1 << 20, named: "profileBytes")
    return sections(String(decoding: bytes, as: UTF8.self))
  }

  /// The sections of such a file, with their values by name; what belongs to a name without a value is
  /// under that name and a dot.
  static func sections(_ text: String) -> [String: [String: String]] {
    var sections: [String: [String: String]] = [:]
    var section: String?
    var parent: String?
    for line in text.split(whereSeparator: \.isNewline) {
      let isNested = line.first == " " || line.first == "\t"
      let text = String(line).trimmed
      if text.isEmpty || text.hasPrefix("#") || text.hasPrefix(";") { continue }
      if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
        let words = text[text.index(after: text.startIndex)..<end].split { $0 == " " || $0 == "\t" }
        let name = words.joined(separator: " ").filter { $0 != "\"" }
        section = name
        parent = nil
        sections[name] = sections[name] ?? [:]
        continue
      }
      guard let section, let equals = text.firstIndex(of: "=") else { continue }
      let key = String(text[..<equals]).trimmed.lowercased()
      var value = String(text[text.index(after: equals)...]).trimmed
      for mark in [" #", " ;"] {
        if let comment = value.firstRange(of: mark) {
          value = String(value[..<comment.lowerBound]).trimmed
        }
      }
      if isNested, let parent {
        sections[section]?["\(parent).\(key)"] = value
      } else {
        parent = value.isEmpty ? key : nil
        sections[section]?[key] = value
      }
    }
    return sections
  }
}
