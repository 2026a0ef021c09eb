public import OVABasics
import OVACatalog
import OVATime
import SystemPackage
import Yams

extension Configuration {
  /// Reads a file. Paths in it are relative to its folder.
  public init(file: String) throws(ConfigurationError) {
    let bytes: [UInt8]
    do {
      bytes = try Self.bytes(of: FilePath(text: file))
    } catch {
      throw ConfigurationError(
        code: .unreadable, reason: "the file cannot be read", place: Place(file),
        fix: "check the path and its permissions")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ConfigurationError(code: .malformed, reason: "it is not UTF-8", place: Place(file))
    }
    try self.init(text, file: file)
  }

  private static func bytes(of path: FilePath) throws -> [UInt8] {
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    return try file.closeAfter {
      var bytes: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 64 << 10)
      while true {
        let count = try piece.withUnsafeMutableBytes { try file.read(into: $0) }
        guard count > 0 else { return bytes }
        bytes += piece[..<count]
      }
    }
  }

  /// Reads the text of a file.
  public init(_ text: String, file: String) throws(ConfigurationError) {
    self.init()
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw Self.explained(error, file: file)
    }
    guard let root else { return }
    if root.scalar?.string.isEmpty == true { return }
    let reader = Reader(file: file)
    let section = try Section(
      root, named: "the file", file: file,
      keys: ["database", "time_zone", "repositories", "personal", "server", "mail"])
    database = try section.text("database").map(reader.path)
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
    personal = try section.node("personal").map(reader.personal)
    if let node = section.node("server") { server = try reader.server(node) }
    mail = try section.node("mail").flatMap(reader.mail)
  }

  private static func explained(_ error: any Error, file: String) -> ConfigurationError {
    guard let error = error as? YamlError else {
      return ConfigurationError(code: .malformed, reason: "\(error)", place: Place(file))
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return ConfigurationError(
        code: .malformed, reason: problem,
        place: Place(file, line: mark.line, column: mark.column))
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.joined(separator: ", ")
      return ConfigurationError(
        code: .malformed, reason: "these keys are written twice: \(names.inert)",
        place: Place(file, line: context.mark.line))
    default:
      return ConfigurationError(
        code: .malformed, reason: "\(error)".inert, place: Place(file))
    }
  }
}

/// Reads the parts of one file.
private struct Reader {
  let file: String

  /// A path as the file means it.
  func path(_ text: String) -> String {
    // A backslash in the file is one; in a path as text it may begin an escape.
    let path = String(fileSystemBytes: text.utf8)
    if path.utf8.first == UInt8(ascii: "/") { return path }
    guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return "\(file[...slash])\(path)"
  }

  func repository(_ node: Node) throws(ConfigurationError) -> Repository {
    let section = try Section(
      node, named: "repositories", file: file,
      keys: ["data_store", "root", "folder", "label_base", "exclude"])
    let dataStore = try section.neededText("data_store")
    let root = path(try section.neededText("root"))
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

  func personal(_ node: Node) throws(ConfigurationError) -> PersonalRepositories {
    let section = try Section(
      node, named: "personal", file: file,
      keys: ["data_store", "root", "folder", "exclude", "upload"])
    let personal = PersonalRepositories(
      dataStore: try section.neededText("data_store"),
      root: path(try section.neededText("root")),
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

  func server(_ node: Node) throws(ConfigurationError) -> ServerSettings {
    let section = try Section(
      node, named: "server", file: file,
      keys: [
        "listen", "base_url", "users_file", "key_file", "token_lifetime", "log_format",
        "log_level", "limits", "watch_seconds", "trusted_proxies",
      ])
    var settings = ServerSettings()
    if let text = try section.text("listen") {
      guard let address = ListenAddress(text) else {
        throw section.wrong("listen", "is not of the form host:port")
      }
      settings.host = address.host
      settings.port = address.port
    }
    if let text = try section.text("base_url") {
      guard let url = BaseURL.normalised(text) else {
        throw section.wrong("base_url", "is not of the form https://host/path without a query")
      }
      settings.baseURL = url
    }
    settings.usersFile = try section.text("users_file").map(path)
    settings.keyFile = try section.text("key_file").map(path)
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

  private func limits(_ node: Node) throws(ConfigurationError) -> ServerLimits {
    let section = try Section(
      node, named: "limits", file: file,
      keys: [
        "header_bytes", "query_bytes", "body_bytes", "connections", "request_seconds",
        "answer_seconds", "idle_seconds", "stop_seconds",
      ])
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

  func mail(_ node: Node) throws(ConfigurationError) -> MailSettings? {
    let section = try Section(
      node, named: "mail", file: file,
      keys: ["enabled", "from", "sendmail", "domain", "addresses", "timeout_seconds"])
    guard try section.flag("enabled") ?? true else { return nil }
    var mail = MailSettings(from: try section.neededText("from"))
    mail.sendmail = try section.text("sendmail").map(path) ?? mail.sendmail
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
  public static func normalised(_ text: String) -> String? {
    guard text.hasPrefix("http://") || text.hasPrefix("https://"),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\?#".utf8.contains($0) })
    else { return nil }
    var url = Substring(text)
    while url.hasSuffix("/") { url = url.dropLast() }
    let parts = url.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count >= 3 && !parts[2].isEmpty ? String(url) : nil
  }
}
