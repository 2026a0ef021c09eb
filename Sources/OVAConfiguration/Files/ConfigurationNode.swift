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

  /// Whether nothing is written.
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
      root = try Yams.compose(yaml: text)
    } catch {
      throw Self.explained(error, file: file)
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
      for (key, node) in mapping {
        let place = key.mark.map { Place(file, line: $0.line) } ?? self.place
        guard let text = key.scalar?.string else {
          throw ConfigurationError(
            code: .malformed, reason: "a key is a list or a set of keys", place: place)
        }
        pairs.append(
          Pair(
            key: text, place: place,
            node: try ConfigurationNode(node, file: file, place: place, left: &left)))
      }
      value = .mapping(pairs)
    case .alias(let alias):
      throw ConfigurationError(
        code: .malformed, reason: "the alias '\(alias.anchor.rawValue.inert)' is not defined",
        place: self.place)
    }
  }

  private static func explained(_ error: any Error, file: String) -> ConfigurationError {
    guard let error = error as? YamlError else {
      return ConfigurationError(
        code: .malformed, reason: "\(error)".inert, place: Place(file, line: 1))
    }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      return ConfigurationError(
        code: .malformed,
        reason: "\(context.map { "\($0.text) " } ?? "")\(problem)".inert,
        place: Place(file, line: max(1, mark.line), column: max(1, mark.column)))
    case .reader(let problem, let offset, _, let text):
      let line = text.utf8.prefix(offset ?? 0).count { $0 == UInt8(ascii: "\n") } + 1
      return ConfigurationError(
        code: .malformed, reason: problem.inert, place: Place(file, line: line))
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.joined(separator: ", ")
      return ConfigurationError(
        code: .malformed, reason: "these keys are written twice: \(names.inert)",
        place: Place(file, line: max(1, context.mark.line)))
    default:
      return ConfigurationError(
        code: .malformed, reason: "\(error)".inert, place: Place(file, line: 1))
    }
  }
}
