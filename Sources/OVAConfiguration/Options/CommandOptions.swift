package import OVABasics

/// A command and its options, which configurations and environment variables can set.
package struct CommandOptions: Hashable, Sendable {
  /// An option or flag.
  package struct Option: Hashable, Sendable {
    /// The long name without its hyphens: `fail-on`.
    package let name: String
    /// Every name, with its hyphens: `--quiet`, `-q`.
    package let names: [String]
    /// True if it takes no value.
    package let isFlag: Bool
    /// True if the command requires it.
    package let isRequired: Bool
    /// True if it may be given several times.
    package let isRepeating: Bool
    /// True if its value names a file or folder.
    package let isPath: Bool
    /// Its values, where they are a fixed set.
    package let values: [String]
    /// Its default, as help shows it.
    package let standard: String?

    package init(
      name: String, names: [String], isFlag: Bool, isRequired: Bool = false,
      isRepeating: Bool = false, isPath: Bool = false, values: [String] = [],
      standard: String? = nil
    ) {
      self.name = name
      self.names = names
      self.isFlag = isFlag
      self.isRequired = isRequired
      self.isRepeating = isRepeating
      self.isPath = isPath
      self.values = values
      self.standard = standard
    }

    /// The key in a file: `fail_on`.
    package var key: String { name.replacing("-", with: "_") }

    /// The key at the top of a file that means this option of every command; nil for options that
    /// are set in their command's section.
    var sharedKey: String? {
      switch name {
      case "db": "database"
      case "time-zone", "color": key
      default: nil
      }
    }

    /// True if a file may not set it, since a forgotten line would replace or remove something.
    var isForCommandLinesAlone: Bool {
      [
        "force", "accept-removals", "tee", "write-baseline", "yes", "accept-content", "unsigned",
      ].contains(name)
    }
  }

  /// The command's names below `ova`: `["catalog", "list"]`.
  package let path: [String]
  /// Its options, but for those on help and versions.
  package let options: [Option]
  /// True if it has commands below it and does nothing itself.
  package let isGroup: Bool

  package init(path: [String], options: [Option], isGroup: Bool = false) {
    self.path = path
    self.options = options
    self.isGroup = isGroup
  }

  /// The environment variables that set an option, by precedence: of the command alone, and of
  /// every command that has the option.
  package func variables(of option: Option) -> [String] {
    [path + [option.name], [option.name]].map { names in
      "OVA_" + names.joined(separator: "_").uppercased().replacing("-", with: "_")
    }
  }

  /// The server's settings have a section with names of its own.
  private var hasSection: Bool { path != ["serve"] }

  /// The options that the command's section in a file has.
  var sectionOptions: [Option] { options.filter { $0.sharedKey == nil && $0.name != "config" } }

  /// The names of the sections at the top of a file.
  static func sectionNames(_ commands: [CommandOptions]) -> [String] {
    var names: [String] = []
    for command in commands where command.hasSection && !command.sectionOptions.isEmpty {
      if let name = command.path.first, !names.contains(name) { names.append(name) }
    }
    return names
  }
}

/// An option's value in a file.
package struct OptionSetting: Hashable, Sendable {
  /// The option's long name without its hyphens.
  package let name: String
  /// The values; `true` or `false` for a flag.
  package let values: [String]
  /// The place of the key.
  package let place: Place
}

extension CommandOptions {
  /// The options of the command that a file sets.
  func settings(
    in root: ConfigurationNode, _ problems: ConfigurationProblems
  ) -> [OptionSetting] {
    var settings: [OptionSetting] = []
    if case .mapping = root.value {
      let top = Section(root, named: nil, keys: root.keys, problems)
      for option in options {
        guard let key = option.sharedKey, top.has(key) else { continue }
        settings += Self.setting(option, key, top).map { [$0] } ?? []
      }
    }
    guard hasSection, let section = section(in: root, problems) else { return settings }
    for option in sectionOptions where section.has(option.key) {
      guard !option.isForCommandLinesAlone else {
        section.wrong(
          option.key, "cannot be set in a file: give --\(option.name) on the command line")
        continue
      }
      settings += Self.setting(option, option.key, section).map { [$0] } ?? []
    }
    return settings
  }

  /// The command's section; nil when there is none.
  private func section(
    in root: ConfigurationNode, _ problems: ConfigurationProblems
  ) -> Section? {
    var node = root
    for name in path {
      guard let next = node.child(name) else { return nil }
      node = next
    }
    return Section(node, named: path.joined(separator: "."), keys: node.keys, problems)
  }

  /// Checks that the sections of all commands have keys of options and subcommands alone.
  static func checkKeys(
    of commands: [CommandOptions], in root: ConfigurationNode, _ problems: ConfigurationProblems
  ) {
    for name in sectionNames(commands) {
      guard let node = root.child(name) else { continue }
      checkKeys(of: commands, in: node, at: [name], problems)
    }
  }

  private static func checkKeys(
    of commands: [CommandOptions], in node: ConfigurationNode, at path: [String],
    _ problems: ConfigurationProblems
  ) {
    let own = commands.first { $0.path == path }?.sectionOptions.map(\.key) ?? []
    var below: [String] = []
    for command in commands where command.path.starts(with: path) {
      let names = command.path.dropFirst(path.count)
      if let name = names.first, !below.contains(name) { below.append(name) }
    }
    _ = Section(node, named: path.joined(separator: "."), keys: own + below, problems)
    for name in below {
      guard let child = node.child(name) else { continue }
      checkKeys(of: commands, in: child, at: path + [name], problems)
    }
  }

  /// An option's value; nil where it is wrong, which is a problem then.
  private static func setting(
    _ option: Option, _ key: String, _ section: Section
  ) -> OptionSetting? {
    let place = section.place(of: key)
    if option.isFlag {
      return section.flag(key).map {
        OptionSetting(name: option.name, values: [$0 ? "true" : "false"], place: place)
      }
    }
    var values: [(text: String, place: Place)]
    if option.isRepeating, let node = section.node(key), node.scalar == nil {
      switch node.value {
      case .mapping: values = section.table(key).sorted { $0 < $1 }.map { ("\($0)=\($1)", place) }
      default: values = section.placedTexts(key)
      }
    } else {
      guard let text = section.text(key) else { return nil }
      values = [(text, place)]
    }
    if !option.values.isEmpty {
      for (text, place) in values where !option.values.contains(text) {
        section.wrong(
          key,
          "is '\(text.quotable)', which is not one of \(option.values.joined(separator: ", "))",
          at: place)
      }
    }
    if option.isPath {
      values = values.map { text, place in
        (text == "-" ? text : Section.path(text, in: place.file), place)
      }
    }
    return OptionSetting(name: option.name, values: values.map(\.text), place: place)
  }
}

extension ConfigurationNode {
  /// The keys of a mapping; none of anything else.
  var keys: [String] {
    if case .mapping(let pairs) = value { return pairs.map(\.key) }
    return []
  }

  /// The value of a mapping's key; nil when it is not there or nothing.
  func child(_ key: String) -> ConfigurationNode? {
    guard case .mapping(let pairs) = value,
      let node = pairs.first(where: { $0.key == key })?.node, !node.isNone
    else { return nil }
    return node
  }
}
