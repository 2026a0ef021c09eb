import OVABasics
import Yams

/// A mapping of the configuration, read key by key; every complaint says on which line.
struct Section {
  private let pairs: [(key: String, node: Node, place: Place)]
  private let place: Place
  private let name: String

  /// Reads a mapping, all of whose keys must be known.
  init(
    _ node: Node, named name: String, file: String, keys: [String]
  ) throws(ConfigurationError) {
    let place = Place(file, line: node.mark?.line)
    guard let mapping = node.mapping else {
      throw ConfigurationError(
        code: .malformed, reason: "'\(name)' is not a set of keys with values", place: place)
    }
    var pairs: [(key: String, node: Node, place: Place)] = []
    for (key, value) in mapping {
      let place = Place(file, line: key.mark?.line ?? node.mark?.line)
      let text = key.scalar?.string ?? ""
      guard keys.contains(text) else {
        throw ConfigurationError(
          code: .unknownKey, reason: "unknown key '\(text.inert)' in '\(name)'", place: place,
          fix: "known keys: \(keys.joined(separator: ", "))")
      }
      pairs.append((text, value, place))
    }
    self.pairs = pairs
    self.place = place
    self.name = name
  }

  private func pair(_ key: String) -> (key: String, node: Node, place: Place)? {
    pairs.first { $0.key == key }
  }

  /// The line of a key; of the section when the key is left out.
  func place(of key: String) -> Place { pair(key)?.place ?? place }

  /// Whether a key is there.
  func has(_ key: String) -> Bool { pair(key) != nil }

  /// A text; nil when the key is left out.
  func text(_ key: String) throws(ConfigurationError) -> String? {
    guard let pair = pair(key) else { return nil }
    guard let scalar = pair.node.scalar else { throw wrong(key, "is not a text") }
    return scalar.string
  }

  /// A text that may not be left out or empty.
  func neededText(_ key: String) throws(ConfigurationError) -> String {
    guard let text = try text(key) else {
      throw ConfigurationError(
        code: .missingKey, reason: "'\(name)' lacks '\(key)'", place: place)
    }
    guard !text.isEmpty else { throw wrong(key, "is empty") }
    return text
  }

  /// A whole number within a range; nil when the key is left out.
  func number(_ key: String, in range: ClosedRange<Int>) throws(ConfigurationError) -> Int? {
    guard let text = try text(key) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw wrong(key, "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// `true` or `false`; nil when the key is left out.
  func flag(_ key: String) throws(ConfigurationError) -> Bool? {
    guard let text = try text(key) else { return nil }
    switch text {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: throw wrong(key, "is neither true nor false")
    }
  }

  /// A list of texts; empty when the key is left out.
  func texts(_ key: String) throws(ConfigurationError) -> [String] {
    var texts: [String] = []
    for node in try nodes(key) {
      guard let scalar = node.scalar else { throw wrong(key, "is not a list of texts") }
      texts.append(scalar.string)
    }
    return texts
  }

  /// A list; empty when the key is left out.
  func nodes(_ key: String) throws(ConfigurationError) -> [Node] {
    guard let pair = pair(key) else { return [] }
    guard let sequence = pair.node.sequence else { throw wrong(key, "is not a list") }
    return Array(sequence)
  }

  /// Returns the node at a key.
  func node(_ key: String) -> Node? { pair(key)?.node }

  /// Texts by name; empty when the key is left out.
  func table(_ key: String) throws(ConfigurationError) -> [String: String] {
    guard let pair = pair(key) else { return [:] }
    guard let mapping = pair.node.mapping else { throw wrong(key, "is not a set of texts") }
    var table: [String: String] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string, let text = value.scalar?.string else {
        throw wrong(pair.key, "is not a set of texts")
      }
      table[name] = text
    }
    return table
  }

  /// The error for a value that cannot be meant.
  func wrong(_ key: String, _ reason: String) -> ConfigurationError {
    ConfigurationError(
      code: .invalidValue, reason: "'\(name).\(key)' \(reason)", place: place(of: key))
  }
}
