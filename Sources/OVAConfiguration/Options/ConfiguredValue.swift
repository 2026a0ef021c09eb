package import OVABasics
import OVACatalog

/// A value of the configuration and where it is from.
package struct ConfiguredValue: Hashable, Sendable {
  /// The origin of a value.
  package enum Origin: Hashable, Sendable {
    /// A line of a file.
    case file(Place)
    /// An environment variable.
    case environment(String)
    /// An option of the command line.
    case option(String)
    /// It is not set.
    case standard

    /// The origin in words.
    package var text: String {
      switch self {
      case .file(let place): place.description
      case .environment(let name): name
      case .option(let name): name
      case .standard: "default"
      }
    }
  }

  /// The key as messages name it: `server.listen`, `repositories[0].root`.
  package let key: String
  /// The values; one unless it is a list. None where nothing is set and there is no default.
  package let values: [String]
  /// True if it is a list.
  package let isList: Bool
  package let origin: Origin

  package init(key: String, values: [String], isList: Bool, origin: Origin) {
    self.key = key
    self.values = values.map { Secret.hidden($0, of: key) }
    self.isList = isList
    self.origin = origin
  }
}

/// Values that are secret.
enum Secret {
  private static let words = ["password", "passphrase", "secret"]

  /// The value, or stars for what is secret: all of a password, that in a URL.
  static func hidden(_ value: String, of key: String) -> String {
    let name = key.lowercased()
    if words.contains(where: { name.contains($0) }) { return "***" }
    if let database = PostgreSQLAddress(value) { return database.shown }
    guard let scheme = value.firstRange(of: "://") else { return value }
    let rest = value[scheme.upperBound...]
    let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let at = host.lastIndex(of: "@") else { return value }
    return "\(value[..<scheme.upperBound])***\(rest[at...])"
  }
}

extension LoadedConfiguration {
  /// Every value but those of commands, in the order of the documentation: what the files say, else
  /// the defaults.
  package func values() -> [ConfiguredValue] {
    var found: [ConfiguredValue] = []
    if let root { Self.collect(root, "", &found) }
    return ConfigurationKey.all.flatMap { key -> [ConfiguredValue] in
      let set = found.filter { value in
        value.key.replacing(/\[[0-9]+\]/, with: "[]") == key.path
          || value.key.hasPrefix(key.path + ".")
      }
      if !set.isEmpty || key.path.contains("[]") { return set }
      // A section that is left out has no values to speak of.
      let section = key.path.prefix { $0 != "." }
      guard key.standard != nil || section == key.path, isUsed(String(section)) else { return [] }
      return [
        ConfiguredValue(
          key: key.path, values: key.standard.map { [$0] } ?? [], isList: false, origin: .standard)
      ]
    }
  }

  private func isUsed(_ section: String) -> Bool {
    !["mail", "personal", "policy"].contains(section) || root?.child(section) != nil
  }

  private static func collect(
    _ node: ConfigurationNode, _ key: String, _ found: inout [ConfiguredValue]
  ) {
    switch node.value {
    case .none: break
    case .scalar(let text):
      found.append(
        ConfiguredValue(key: key, values: [text], isList: false, origin: .file(node.place)))
    case .list(let list):
      let texts = list.compactMap(\.scalar)
      guard texts.count == list.count else {
        for (index, node) in list.enumerated() { collect(node, "\(key)[\(index)]", &found) }
        return
      }
      found.append(
        ConfiguredValue(key: key, values: texts, isList: true, origin: .file(node.place)))
    case .mapping(let pairs):
      for pair in pairs {
        let start = key.isEmpty ? "" : key + "."
        collect(
          ConfigurationNode(value: pair.node.value, place: pair.place), start + pair.key, &found)
      }
    }
  }
}
