import ArgumentParser
import OVABasics
import OVACatalog
import OVAConfiguration
import OVAServer
import OVATime

/// `ova token`: who may use the API.
struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Makes, lists and revokes tokens of the image API.",
    discussion: """
      Examples:
        ova token add josem --name laptop --db catalog.sqlite
        ova token list --db catalog.sqlite
      """,
    subcommands: [TokenAddCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
}

/// `ova token add`: a new token, shown once.
struct TokenAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Makes a token and writes it to standard output, once.",
    discussion: """
      Only the token's hash is stored; whoever loses it needs a new one.

      Examples:
        ova token add josem --name laptop --days 90 --db catalog.sqlite
      """)

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "The user whom the token belongs to.")
  var user: String

  @Option(help: "What the token is for.")
  var name = ""

  @Option(
    help: ArgumentHelp("Days until it opens nothing any more; never if left out."),
    transform: WholeNumber.within(1...36_500))
  var days: Int?

  func validate() throws {
    guard UserName.isValid(user) else {
      throw ValidationError(
        "A user's name is 1 to 64 of A-Z a-z 0-9 . _ @ -, not beginning with . or -.")
    }
  }

  func run() throws {
    Output.outlivesReader()
    let token = Token.make()
    let now = CatalogServer.systemTime()
    let expires = days.map { now + Int64($0) * 86_400 }
    let id = try options.inCatalog(creates: true) { store throws(CatalogError) in
      try store.write { writer in
        try writer.addToken(
          hash: token.hash, owner: user, name: name, expiresOn: expires, now: now)
      }
    }
    Output.standardError.line("Token \(id) of \(user); it is shown only now:")
    Output.standardOutput.line(token.text)
    guard !Output.closeData() else { return }
    // Nobody has the token: it must not open anything.
    var revoked = false
    do {
      revoked = try options.inCatalog { store throws(CatalogError) in
        try store.write { try $0.revokeToken(id, now: CatalogServer.systemTime()) }
      }
    } catch {}
    Output.standardError.line(
      revoked
        ? "ova: token \(id) could not be shown, and is revoked: make another one"
        : "ova: token \(id) could not be shown; revoke it: ova token revoke \(id)")
    throw ExitStatus.unwritten
  }
}

/// `ova token list`: all tokens, never their text.
struct TokenListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the tokens, without their text.",
    discussion: """
      Examples:
        ova token list --db catalog.sqlite
        ova token list --user josem --json --db catalog.sqlite
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(help: "Only this user's.")
  var user: String?

  @Option(
    help: "The time zone that times are written in; the configuration's when it is left out.")
  var timeZone: String?

  @Flag(help: "Write JSON.")
  var json = false

  /// The zone given here, that of the configuration, or its default.
  private func times() throws -> APITime {
    let zone = try timeZone ?? options.configuration().timeZone
    do throws(CatalogError) {
      return try APITime(zoneNamed: zone)
    } catch {
      Output.standardError.line("ova: \(error.description.linesForDisplay)")
      throw ExitStatus.wrongUse
    }
  }

  func run() throws {
    let rows = try options.inCatalog { store throws(CatalogError) in
      try store.read { try $0.tokens(owner: user) }
    }
    let now = CatalogServer.systemTime()
    let times = try times()
    func state(_ row: TokenRow) -> String {
      row.revokedOn != nil ? "revoked" : row.isValid(at: now) ? "valid" : "expired"
    }
    if json {
      let document = JSON.list(rows) { row in
        [
          "id": .integer(row.id), "user": .string(row.owner), "name": .string(row.name),
          "state": .string(state(row)), "created_on": .string(times.string(from: row.createdOn)),
          "expires_on": .text(row.expiresOn.map(times.string)),
          "last_used_on": .text(row.lastUsedOn.map(times.string)),
        ]
      }
      Output.standardOutput.write(document.pretty())
      return
    }
    for row in rows {
      let expires = row.expiresOn.map { "until \(times.string(from: $0))" } ?? "for ever"
      let used = row.lastUsedOn.map { "used \(times.string(from: $0))" } ?? "never used"
      Output.standardOutput.line(
        "\(row.id)\t\(row.owner)\t\(state(row))\t\(expires)\t\(used)\t\(row.name.forDisplay)")
    }
  }
}

/// `ova token revoke`: takes a token's power away.
struct TokenRevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Takes tokens' power away, for good.",
    discussion: """
      Examples:
        ova token revoke 3 --db catalog.sqlite
      """)

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "The tokens' numbers, as 'ova token list' shows them.")
  var ids: [Int64]

  func run() throws {
    let now = CatalogServer.systemTime()
    let wanted = ids
    let missing = try options.inCatalog { store throws(CatalogError) in
      try store.write { writer in
        try wanted.filter { id in try !writer.revokeToken(id, now: now) }
      }
    }
    guard !missing.isEmpty else { return }
    for id in missing { Output.standardError.line("ova: there is no token \(id) in force") }
    throw ExitStatus.wrongUse
  }
}

extension ConfigurationOptions {
  /// Does work in the catalog; a failure is reported and ends the command.
  func inCatalog<T>(
    creates: Bool = false, _ work: (CatalogStore) throws(CatalogError) -> T
  ) throws -> T {
    let path = try Self.database(of: configuration())
    var options = CatalogStore.Options()
    options.creates = creates
    do throws(CatalogError) {
      let store = try CatalogStore(path: path, options: options)
      let result = try work(store)
      try store.close()
      return result
    } catch {
      Output.standardError.line("ova: \(error.description.linesForDisplay)")
      throw ExitStatus.unreadable
    }
  }
}
