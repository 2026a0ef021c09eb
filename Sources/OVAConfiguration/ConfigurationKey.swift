/// A key that configurations may have, with its default.
struct ConfigurationKey: Sendable {
  /// The path from the top, with dots; `[]` behind a list of sections.
  let path: String
  /// The default as a file would write it; nil where there is none.
  let standard: String?

  private init(_ path: String, _ standard: String? = nil) {
    self.path = path
    self.standard = standard
  }

  /// Every key but those of commands, in the order of the documentation.
  static let all: [ConfigurationKey] = {
    let server = ServerSettings()
    let limits = server.limits
    let mail = MailSettings(from: "")
    let personal = PersonalRepositories(dataStore: "", root: "")
    return [
      .init("database"), .init("time_zone", Configuration().timeZone), .init("color", "auto"),
      .init("repositories[].data_store"), .init("repositories[].root"),
      .init("repositories[].folder"), .init("repositories[].label_base"),
      .init("repositories[].exclude"),
      .init("personal.data_store"), .init("personal.root"),
      .init("personal.folder", personal.folder), .init("personal.exclude"),
      .init("personal.upload"),
      .init("server.listen", "\(server.host):\(server.port)"), .init("server.base_url"),
      .init("server.users_file"), .init("server.key_file"),
      .init("server.token_lifetime", "\(server.tokenLifetime)"),
      .init("server.trusted_proxies"), .init("server.watch_seconds"),
      .init("server.log_format", server.logFormat.rawValue),
      .init("server.log_level", server.logLevel.rawValue),
      .init("server.limits.header_bytes", "\(limits.headerBytes)"),
      .init("server.limits.query_bytes", "\(limits.queryBytes)"),
      .init("server.limits.body_bytes", "\(limits.bodyBytes)"),
      .init("server.limits.connections", "\(limits.connections)"),
      .init("server.limits.request_seconds", "\(limits.requestSeconds)"),
      .init("server.limits.answer_seconds", "\(limits.answerSeconds)"),
      .init("server.limits.idle_seconds", "\(limits.idleSeconds)"),
      .init("server.limits.stop_seconds", "\(limits.stopSeconds)"),
      .init("mail.enabled"), .init("mail.from"), .init("mail.sendmail", mail.sendmail),
      .init("mail.domain"), .init("mail.addresses"),
      .init("mail.timeout_seconds", "\(mail.timeoutSeconds)"),
      .init("policy.required"), .init("policy.name"), .init("policy.limits.vcpus"),
      .init("policy.limits.memory"), .init("policy.limits.disks"),
      .init("policy.limits.capacity"), .init("policy.networks"), .init("policy.families"),
      .init("policy.producers"), .init("policy.firmware"), .init("policy.signers"),
    ]
  }()

  /// The names of the keys directly in a section: `server`, `repositories[]`, empty for the top.
  static func names(in section: String) -> [String] {
    var names: [String] = []
    let start = section.isEmpty ? "" : section + "."
    for key in all where key.path.hasPrefix(start) {
      let name = key.path.dropFirst(start.count).prefix { $0 != "." && $0 != "[" }
      if !names.contains(String(name)) { names.append(String(name)) }
    }
    return names
  }
}
