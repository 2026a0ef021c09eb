import OVABasics
import Yams

/// A value of a YAML file with its place, so that everything said about it names a line.
struct ConfigurationNode: Sendable {
  /// The kinds of values.
  enum Value: Sendable {
    /// A text, number or truth value, as written.
    case scalar(String)
    /// Nothing: an empty value, `~` or `null`.
    case none
    case list([ConfigurationNode])
    case mapping([Pair])
  }

  /// A key with its value.
  struct Pair: Sendable {
    let key: String
    /// The place of the key.
    let place: Place
    var node: ConfigurationNode
  }

  var value: Value
  let place: Place

  /// The text of a scalar; empty for nothing; nil for lists and mappings.
  var scalar: String? {
    switch value {
    case .scalar(let text): text
    case .none: ""
    case .list, .mapping: nil
    }
  }

  /// True if there is no value.
  var isNone: Bool {
    if case .none = value { return true }
    return false
  }

  /// The keys of this mapping over those of another; anything else stands for itself.
  func over(_ other: ConfigurationNode) -> ConfigurationNode {
    guard case .mapping(var pairs) = value, case .mapping(let others) = other.value else {
      return isNone ? other : self
    }
    for pair in others {
      if let index = pairs.firstIndex(where: { $0.key == pair.key }) {
        pairs[index].node = pairs[index].node.over(pair.node)
      } else {
        pairs.append(pair)
      }
    }
    return ConfigurationNode(value: .mapping(pairs), place: place)
  }
}

extension ConfigurationNode {
  /// The most values that a file may have, aliases counted as often as they stand there.
  private static let mostNodes = 4_000_000

  /// Reads the text of a file; nil when there is nothing in it.
  static func root(
    of text: String, file: String
  ) throws(ConfigurationErrors) -> ConfigurationNode? {
    do throws(ConfigurationError) {
      return try ConfigurationNode(yaml: text, file: file)
    } catch {
      throw ConfigurationErrors(error)
    }
  }

  /// Reads the text of a file; nil when there is nothing in it.
  init?(yaml text: String, file: String) throws(ConfigurationError) {
    let root: Node?
    do {
      // What a value means is decided by who reads it; Yams is not to guess it.
      root = try Yams.compose(yaml: text, .basic, .default, .utf8)
    } catch {
      throw YAMLFault(error, in: text).error(in: file)
    }
    guard let root else { return nil }
    var left = Self.mostNodes
    try self.init(root, file: file, place: Place(file, line: 1), left: &left)
    if isNone { return nil }
  }

  private init(
    _ node: Node, file: String, place: Place, left: inout Int
  ) throws(ConfigurationError) {
    let line = node.mark?.line
    self.place = line.map { Place(file, line: $0) } ?? place
    left -= 1
    guard left > 0 else {
      throw ConfigurationError(
        code: .malformed, reason: "it has more than \(Self.mostNodes) values", place: self.place)
    }
    guard Self.knownTags.contains(node.tag.rawValue) else {
      throw ConfigurationError(
        code: .malformed, reason: "the tag '\(node.tag.rawValue.quotable)' means nothing here",
        place: self.place, fix: "write the value itself, without a tag")
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      value =
        isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
        ? .none : .scalar(scalar.string)
    case .sequence(let sequence):
      var list: [ConfigurationNode] = []
      for node in sequence {
        list.append(try ConfigurationNode(node, file: file, place: self.place, left: &left))
      }
      value = .list(list)
    case .mapping(let mapping):
      var pairs: [Pair] = []
      var merged: [Pair] = []
      for (key, node) in mapping {
        let place = key.mark.map { Place(file, line: $0.line) } ?? self.place
        guard let scalar = key.scalar else {
          throw ConfigurationError(
            code: .malformed, reason: "a key is a list or a set of keys", place: place)
        }
        let value = try ConfigurationNode(node, file: file, place: place, left: &left)
        if scalar.string == "<<", scalar.style == .plain {
          merged += try Self.merged(value, place, left: &left)
        } else {
          pairs.append(Pair(key: scalar.string, place: place, node: value))
        }
      }
      // A set's own keys take precedence over those that it takes from others, and of these the
      // first.
      var keys = Set(pairs.map(\.key))
      pairs += merged.filter { keys.insert($0.key).inserted }
      value = .mapping(pairs)
    case .alias(let alias):
      throw ConfigurationError(
        code: .malformed, reason: "the alias '\(alias.anchor.rawValue.quotable)' is not defined",
        place: self.place)
    }
  }

  /// The keys that a set takes from others: `<<: *other`, `<<: [*one, *other]`.
  private static func merged(
    _ node: ConfigurationNode, _ place: Place, left: inout Int
  ) throws(ConfigurationError) -> [Pair] {
    var pairs: [Pair] = []
    var nodes = [node]
    if case .list(let list) = node.value { nodes = list }
    for node in nodes {
      guard case .mapping(let others) = node.value else {
        throw ConfigurationError(
          code: .malformed, reason: "'<<' takes a set of keys, or a list of such sets",
          place: place)
      }
      pairs += others
    }
    return pairs
  }

  /// The tags that say what a value is anyway; "!" says that it is a text.
  private static let knownTags: Set<String> = Set(
    [Tag.Name.str, .seq, .map, .bool, .float, .null, .int, .timestamp].map(\.rawValue))
}
