import OVABasics
import OVACatalog
import OVATime

extension Configuration {
  /// Reads a file. Paths in it are relative to its folder.
  /// - Throws: everything that is wrong with it.
  public init(file: String) throws(ConfigurationErrors) {
    try self.init(ConfigurationFiles.root(of: file, shown: file))
  }

  /// Reads the text of a file.
  /// - Throws: everything that is wrong with it.
  public init(_ text: String, file: String) throws(ConfigurationErrors) {
    try self.init(ConfigurationNode.root(of: text, file: file))
  }

  private init(_ root: ConfigurationNode?) throws(ConfigurationErrors) {
    let problems = ConfigurationProblems()
    self = ConfigurationReading(root, commands: [], problems).configuration
    try problems.end()
  }
}

/// The content of a configuration file, or of several merged.
struct ConfigurationReading {
  private(set) var configuration = Configuration()
  /// The options that are set, by their commands.
  private(set) var settings: [[String]: [OptionSetting]] = [:]
  private let problems: ConfigurationProblems

  /// Reads values; what is wrong is added to the problems.
  /// - Parameter commands: the commands whose options the values may have.
  init(
    _ root: ConfigurationNode?, commands: [CommandOptions], _ problems: ConfigurationProblems
  ) {
    self.problems = problems
    guard let root else { return }
    let section = Section(
      root, named: nil,
      keys: ConfigurationKey.names(in: "") + CommandOptions.sectionNames(commands), problems)
    CommandOptions.checkKeys(of: commands, in: root, problems)
    for command in commands { settings[command.path] = command.settings(in: root, problems) }
    configuration.database = section.path("database")
    if let zone = section.text("time_zone") {
      if (try? APITime(zoneNamed: zone)) == nil {
        section.wrong("time_zone", "names no time zone of this machine")
      }
      configuration.timeZone = zone
    }
    configuration.repositories = section.nodes("repositories").compactMap(repository)
    if let node = section.node("personal") { configuration.personal = personal(node) }
    if let node = section.node("server") { configuration.server = server(node) }
    if let node = section.node("mail") { configuration.mail = mail(node) }
    if let node = section.node("policy") {
      configuration.policy = PolicyReading(node, problems).policy()
    }
  }

  private func section(_ node: ConfigurationNode, named name: String, keysOf path: String? = nil)
    -> Section
  {
    Section(node, named: name, keys: ConfigurationKey.names(in: path ?? name), problems)
  }

  private func repository(_ node: ConfigurationNode) -> Repository? {
    let section = section(node, named: "repositories", keysOf: "repositories[]")
    let dataStore = section.neededText("data_store")
    let root = neededPath("root", section)
    let folder = section.text("folder") ?? ""
    let labelBase = section.text("label_base") ?? ""
    let excludes = section.texts("exclude")
    guard let dataStore, let root else { return nil }
    do throws(CatalogError) {
      let mapping = try RepositoryMapping(
        dataStore: dataStore, root: root, folder: folder, labelBase: labelBase, isPublic: true)
      return Repository(mapping: mapping, excludes: excludes)
    } catch {
      add(error, section.place(of: "data_store"))
      return nil
    }
  }

  private func neededPath(_ key: String, _ section: Section) -> String? {
    section.neededText(key).map { Section.path($0, in: section.place(of: key).file) }
  }

  private func personal(_ node: ConfigurationNode) -> PersonalRepositories? {
    let section = section(node, named: "personal")
    let dataStore = section.neededText("data_store")
    let root = neededPath("root", section)
    let folder = section.text("folder") ?? "{user}/images"
    let excludes = section.texts("exclude")
    let upload = section.text("upload")
    guard folder.contains("{user}") else {
      section.wrong("folder", "lacks {user}, so that all users would share one folder")
      return nil
    }
    guard let dataStore, let root else { return nil }
    let personal = PersonalRepositories(
      dataStore: dataStore, root: root, folder: folder, excludes: excludes, upload: upload)
    do throws(CatalogError) {
      _ = try personal.repository(of: "user")
    } catch {
      add(error, section.place(of: "folder"))
    }
    return personal
  }

  private func server(_ node: ConfigurationNode) -> ServerSettings {
    let section = section(node, named: "server")
    var settings = ServerSettings()
    if let text = section.text("listen") {
      if let address = ListenAddress(text) {
        settings.host = address.host
        settings.port = address.port
      } else {
        section.wrong("listen", "is not of the form host:port")
      }
    }
    if let text = section.text("base_url") {
      settings.baseURL = BaseURL.normalized(text)
      if settings.baseURL == nil {
        section.wrong("base_url", "is not of the form https://host/path without a query")
      }
    }
    settings.usersFile = section.path("users_file")
    settings.keyFile = section.path("key_file")
    settings.tokenLifetime =
      section.number("token_lifetime", in: 60...31_536_000) ?? settings.tokenLifetime
    settings.watchSeconds = section.number("watch_seconds", in: 1...86_400)
    for (text, place) in section.placedTexts("trusted_proxies") {
      guard let range = NetworkRange(text) else {
        section.wrong(
          "trusted_proxies",
          "holds '\(text.quotable)', which is not of the form 10.0.0.1 or 10.0.0.0/8", at: place)
        continue
      }
      settings.trustedProxies.append(range)
    }
    settings.logFormat = section.choice("log_format") ?? settings.logFormat
    settings.logLevel = section.choice("log_level") ?? settings.logLevel
    if let node = section.node("limits") { settings.limits = limits(node) }
    return settings
  }

  private func limits(_ node: ConfigurationNode) -> ServerLimits {
    let section = section(node, named: "server.limits")
    var limits = ServerLimits()
    func read(_ key: String, _ range: ClosedRange<Int>, _ value: inout Int) {
      value = section.number(key, in: range) ?? value
    }
    read("header_bytes", 1024...1_048_576, &limits.headerBytes)
    read("query_bytes", 256...65_536, &limits.queryBytes)
    read("body_bytes", 256...67_108_864, &limits.bodyBytes)
    read("connections", 1...100_000, &limits.connections)
    read("request_seconds", 1...3600, &limits.requestSeconds)
    read("answer_seconds", 1...3600, &limits.answerSeconds)
    read("idle_seconds", 1...3600, &limits.idleSeconds)
    read("stop_seconds", 1...3600, &limits.stopSeconds)
    return limits
  }

  private func mail(_ node: ConfigurationNode) -> MailSettings? {
    let section = section(node, named: "mail")
    guard section.flag("enabled") ?? true else { return nil }
    let from = section.neededText("from")
    var mail = MailSettings(from: from ?? "")
    mail.sendmail = section.path("sendmail") ?? mail.sendmail
    mail.domain = section.text("domain")
    mail.addresses = section.table("addresses")
    mail.timeoutSeconds = section.number("timeout_seconds", in: 1...3600) ?? mail.timeoutSeconds
    func check(_ key: String, _ texts: [String]) {
      let isClean = texts.allSatisfy { $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
      if !isClean { section.wrong(key, "holds a blank or a control character") }
    }
    check("from", [mail.from])
    check("domain", [mail.domain ?? ""])
    check("addresses", Array(mail.addresses.values))
    return from == nil ? nil : mail
  }

  private func add(_ error: CatalogError, _ place: Place) {
    problems.add(
      ConfigurationError(
        code: .invalidValue, reason: error.reason, place: place, fix: error.fix))
  }
}

/// `127.0.0.1:8080`, `[::1]:8080` or `:8080`.
public struct ListenAddress: Hashable, Sendable {
  /// The address or name.
  public let host: String
  /// The port; 0 for any that is free.
  public let port: Int

  /// Nil when the text is not of that form.
  public init?(_ text: String) {
    guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
      case let digits = text[text.utf8.index(after: colon)...],
      digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let port = Int(digits), (0...65_535).contains(port)
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.contains("/"), !host.contains(" ") else { return nil }
    self.host = host.isEmpty ? "0.0.0.0" : String(host)
    self.port = port
  }
}

/// URLs that a server is reached by.
public enum BaseURL {
  /// The URL without slashes at its end; nil when it cannot be one.
  public static func normalized(_ text: String) -> String? {
    guard text.hasPrefix("http://") || text.hasPrefix("https://"),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\?#".utf8.contains($0) })
    else { return nil }
    var url = Substring(text)
    while url.hasSuffix("/") { url = url.dropLast() }
    let parts = url.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count >= 3 && !parts[2].isEmpty ? String(url) : nil
  }
}
