public import OVABasics
import OVACatalog
import OVATime

extension Configuration {
  /// Reads a file. Paths in it are relative to its folder.
  public init(file: String) throws(ConfigurationError) {
    try self.init(ConfigurationFiles.text(of: file), file: file)
  }

  /// Reads the text of a file.
  public init(_ text: String, file: String) throws(ConfigurationError) {
    try self.init(ConfigurationNode(yaml: text, file: file), commands: [])
  }

  /// Reads values, of one file or of several over each other.
  /// - Parameter commands: the commands whose options the values may have.
  init(
    _ root: ConfigurationNode?, commands: [CommandOptions]
  ) throws(ConfigurationError) {
    self.init()
    guard let root else { return }
    let reader = Reader()
    let section = try Section(
      root, named: "the file",
      keys: ConfigurationKey.names(in: "") + CommandOptions.sectionNames(commands))
    try CommandOptions.checkKeys(of: commands, in: root)
    for command in commands { _ = try command.settings(in: root) }
    database = try section.path("database")
    if let zone = try section.text("time_zone") {
      do {
        _ = try APITime(zoneNamed: zone)
      } catch {
        throw section.wrong("time_zone", "names no time zone of this machine")
      }
      timeZone = zone
    }
    for node in try section.nodes("repositories") {
      repositories.append(try reader.repository(node))
    }
    if let node = section.node("personal") { personal = try reader.personal(node) }
    if let node = section.node("server") { server = try reader.server(node) }
    if let node = section.node("mail") { mail = try reader.mail(node) }
    if let node = section.node("policy") { policy = try PolicyReading(node).policy() }
  }
}

/// Reads the parts of a configuration.
private struct Reader {
  func repository(_ node: ConfigurationNode) throws(ConfigurationError) -> Repository {
    let section = try Section(
      node, named: "repositories", keys: ConfigurationKey.names(in: "repositories[]"))
    let dataStore = try section.neededText("data_store")
    let root = try neededPath("root", section)
    let folder = try section.text("folder") ?? ""
    let labelBase = try section.text("label_base") ?? ""
    let excludes = try section.texts("exclude")
    do throws(CatalogError) {
      let mapping = try RepositoryMapping(
        dataStore: dataStore, root: root, folder: folder, labelBase: labelBase, isPublic: true)
      return Repository(mapping: mapping, excludes: excludes)
    } catch {
      throw Self.told(error, section.place(of: "data_store"))
    }
  }

  private func neededPath(
    _ key: String, _ section: Section
  ) throws(ConfigurationError) -> String {
    Section.path(try section.neededText(key), in: section.place(of: key).file)
  }

  func personal(_ node: ConfigurationNode) throws(ConfigurationError) -> PersonalRepositories {
    let section = try Section(
      node, named: "personal", keys: ConfigurationKey.names(in: "personal"))
    let personal = PersonalRepositories(
      dataStore: try section.neededText("data_store"),
      root: try neededPath("root", section),
      folder: try section.text("folder") ?? "{user}/images",
      excludes: try section.texts("exclude"), upload: try section.text("upload"))
    guard personal.folder.contains("{user}") else {
      throw section.wrong("folder", "lacks {user}, so that all users would share one folder")
    }
    do throws(CatalogError) {
      _ = try personal.repository(of: "user")
    } catch {
      throw Self.told(error, section.place(of: "folder"))
    }
    return personal
  }

  func server(_ node: ConfigurationNode) throws(ConfigurationError) -> ServerSettings {
    let section = try Section(
      node, named: "server", keys: ConfigurationKey.names(in: "server"))
    var settings = ServerSettings()
    if let text = try section.text("listen") {
      guard let address = ListenAddress(text) else {
        throw section.wrong("listen", "is not of the form host:port")
      }
      settings.host = address.host
      settings.port = address.port
    }
    if let text = try section.text("base_url") {
      guard let url = BaseURL.normalized(text) else {
        throw section.wrong("base_url", "is not of the form https://host/path without a query")
      }
      settings.baseURL = url
    }
    settings.usersFile = try section.path("users_file")
    settings.keyFile = try section.path("key_file")
    settings.tokenLifetime =
      try section.number("token_lifetime", in: 60...31_536_000) ?? settings.tokenLifetime
    settings.watchSeconds = try section.number("watch_seconds", in: 1...86_400)
    for text in try section.texts("trusted_proxies") {
      guard let range = NetworkRange(text) else {
        throw section.wrong(
          "trusted_proxies",
          "holds '\(text.inert)', which is not of the form 10.0.0.1 or 10.0.0.0/8")
      }
      settings.trustedProxies.append(range)
    }
    if let text = try section.text("log_format") {
      guard let format = ServerSettings.LogFormat(rawValue: text) else {
        throw section.wrong("log_format", "is neither text nor json")
      }
      settings.logFormat = format
    }
    if let text = try section.text("log_level") {
      guard let level = ServerSettings.LogLevel(rawValue: text) else {
        throw section.wrong("log_level", "is not one of debug, info, warning, error")
      }
      settings.logLevel = level
    }
    if let node = section.node("limits") { settings.limits = try limits(node) }
    return settings
  }

  private func limits(_ node: ConfigurationNode) throws(ConfigurationError) -> ServerLimits {
    let section = try Section(
      node, named: "limits", keys: ConfigurationKey.names(in: "server.limits"))
    var limits = ServerLimits()
    limits.headerBytes =
      try section.number("header_bytes", in: 1024...1_048_576) ?? limits.headerBytes
    limits.queryBytes = try section.number("query_bytes", in: 256...65_536) ?? limits.queryBytes
    limits.bodyBytes = try section.number("body_bytes", in: 256...67_108_864) ?? limits.bodyBytes
    limits.connections = try section.number("connections", in: 1...100_000) ?? limits.connections
    limits.requestSeconds =
      try section.number("request_seconds", in: 1...3600) ?? limits.requestSeconds
    limits.answerSeconds =
      try section.number("answer_seconds", in: 1...3600) ?? limits.answerSeconds
    limits.idleSeconds = try section.number("idle_seconds", in: 1...3600) ?? limits.idleSeconds
    limits.stopSeconds = try section.number("stop_seconds", in: 1...3600) ?? limits.stopSeconds
    return limits
  }

  func mail(_ node: ConfigurationNode) throws(ConfigurationError) -> MailSettings? {
    let section = try Section(
      node, named: "mail", keys: ConfigurationKey.names(in: "mail"))
    guard try section.flag("enabled") ?? true else { return nil }
    var mail = MailSettings(from: try section.neededText("from"))
    mail.sendmail = try section.path("sendmail") ?? mail.sendmail
    mail.domain = try section.text("domain")
    mail.addresses = try section.table("addresses")
    mail.timeoutSeconds =
      try section.number("timeout_seconds", in: 1...3600) ?? mail.timeoutSeconds
    for text in [mail.from, mail.domain ?? ""] + mail.addresses.values {
      guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
        throw section.wrong("from", "or another address holds a blank or a control character")
      }
    }
    return mail
  }

  private static func told(_ error: CatalogError, _ place: Place) -> ConfigurationError {
    ConfigurationError(
      code: .invalidValue, reason: error.reason, place: place, fix: error.fix)
  }
}

/// `127.0.0.1:8080`, `[::1]:8080` or `:8080`.
public struct ListenAddress: Hashable, Sendable {
  public let host: String
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
