import OVABasics
import OVACatalog
import OVARules

/// A mapping of a configuration, read key by key. What is wrong is added to the problems, with its
/// line, and read as if it were left out, so that one reading finds everything.
struct Section {
  private let pairs: [ConfigurationNode.Pair]
  /// The place of the mapping.
  let place: Place
  /// The problems found so far.
  let problems: ConfigurationProblems
  /// The section's name; nil for the whole file.
  private let name: String?
  /// True if it is a mapping; about anything else nothing more is reported.
  private let isMapping: Bool

  /// Reads a mapping, all of whose keys must be known.
  /// - Parameter name: its name in messages; nil for the whole file.
  init(
    _ node: ConfigurationNode, named name: String?, keys: [String],
    _ problems: ConfigurationProblems
  ) {
    place = node.place
    self.name = name
    self.problems = problems
    switch node.value {
    case .mapping(let pairs): (self.pairs, isMapping) = (pairs, true)
    case .none: (pairs, isMapping) = ([], true)
    case .scalar, .list:
      (pairs, isMapping) = ([], false)
      problems.add(
        ConfigurationError(
          code: .malformed, reason: "\(title) is not a set of keys with values", place: place))
    }
    for pair in pairs where !keys.contains(pair.key) {
      problems.add(Self.unknownKey(pair, in: name, keys))
    }
  }

  private static func unknownKey(
    _ pair: ConfigurationNode.Pair, in name: String?, _ keys: [String]
  ) -> ConfigurationError {
    let nearest = NearestNames.of(pair.key, among: keys, count: 1).first
    return ConfigurationError(
      code: .unknownKey,
      reason: "unknown key '\(pair.key.quotable)'" + (name.map { " in '\($0)'" } ?? "")
        + (nearest.map { "; nearest: '\($0)'" } ?? ""),
      place: pair.place, fix: "known keys: \(keys.joined(separator: ", "))")
  }

  /// The name in messages.
  private var title: String { name.map { "'\($0)'" } ?? "the file" }

  private func pair(_ key: String) -> ConfigurationNode.Pair? { pairs.first { $0.key == key } }

  /// The line of a key; of the section when the key is left out.
  func place(of key: String) -> Place { pair(key)?.place ?? place }

  /// Returns whether a key is there with a value.
  func has(_ key: String) -> Bool { node(key) != nil }

  /// A text; nil when the key is left out.
  func text(_ key: String) -> String? {
    guard let pair = pair(key) else { return nil }
    guard let text = pair.node.scalar else {
      wrong(key, "is not a text")
      return nil
    }
    return text
  }

  /// A text that is not empty; nil when the key is left out.
  func filledText(_ key: String) -> String? {
    guard let text = text(key) else { return nil }
    guard !text.isEmpty else {
      wrong(key, "is empty")
      return nil
    }
    return text
  }

  /// A text that may not be left out or empty; nil when it is, which is a problem then.
  func neededText(_ key: String) -> String? {
    if isMapping, pair(key) == nil {
      problems.add(
        ConfigurationError(code: .missingKey, reason: "\(title) lacks '\(key)'", place: place))
    }
    return filledText(key)
  }

  /// A path, relative to the folder of the file that names it.
  func path(_ key: String) -> String? {
    filledText(key).map { Self.path($0, in: place(of: key).file) }
  }

  /// A path as a file means it: relative to the file's folder. A URL stays as it is.
  static func path(_ text: String, in file: String) -> String {
    if text.isRemoteLocation || PostgreSQLAddress(text) != nil { return text }
    // A backslash in the file is one; in a path as text it may begin an escape.
    let path = String(fileSystemBytes: text.utf8)
    if path.utf8.first == UInt8(ascii: "/") { return path }
    guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return "\(file[...slash])\(path)"
  }

  /// A whole number within a range; nil when the key is left out.
  func number(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = text(key) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      wrong(key, "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return number
  }

  /// `true` or `false`; nil when the key is left out.
  func flag(_ key: String) -> Bool? {
    guard let text = text(key) else { return nil }
    guard let flag = TruthValue.of(text) else {
      wrong(key, "is neither true nor false")
      return nil
    }
    return flag
  }

  /// One of an enumeration's values; nil when the key is left out.
  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) -> Choice?
  where Choice.RawValue == String {
    guard let text = text(key) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      wrong(key, "is '\(text.quotable)', which is not one of \(known)")
      return nil
    }
    return choice
  }

  /// A list of texts; empty when the key is left out.
  func texts(_ key: String) -> [String] { placedTexts(key).map(\.text) }

  /// A list of texts with their places; empty when the key is left out.
  func placedTexts(_ key: String) -> [(text: String, place: Place)] {
    var texts: [(String, Place)] = []
    for node in nodes(key) {
      guard let text = node.scalar else {
        wrong(key, "is not a list of texts", at: node.place)
        continue
      }
      texts.append((text, node.place))
    }
    return texts
  }

  /// A list; empty when the key is left out.
  func nodes(_ key: String) -> [ConfigurationNode] {
    guard let node = node(key) else { return [] }
    guard case .list(let list) = node.value else {
      wrong(key, "is not a list")
      return []
    }
    return list
  }

  /// The value of a key; nil when it is left out or nothing.
  func node(_ key: String) -> ConfigurationNode? {
    guard let node = pair(key)?.node, !node.isNone else { return nil }
    return node
  }

  /// Texts by name; empty when the key is left out.
  func table(_ key: String) -> [String: String] {
    guard let node = node(key) else { return [:] }
    guard case .mapping(let pairs) = node.value else {
      wrong(key, "is not a set of texts")
      return [:]
    }
    var table: [String: String] = [:]
    for pair in pairs {
      guard let text = pair.node.scalar else {
        wrong(key, "is not a set of texts", at: pair.place)
        continue
      }
      table[pair.key] = text
    }
    return table
  }

  /// Adds the problem of a value that cannot be meant.
  /// - Parameter place: where it stands; the key's line unless given.
  func wrong(_ key: String, _ reason: String, at place: Place? = nil) {
    problems.add(
      ConfigurationError(
        code: .invalidValue, reason: "'\(name.map { "\($0)." } ?? "")\(key)' \(reason)",
        place: place ?? self.place(of: key)))
  }
}

/// Truth values as YAML and environment variables write them.
package enum TruthValue {
  /// The value of a text; nil when it is none.
  package static func of(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0": false
    default: nil
    }
  }
}
