public import OVABasics
public import OVACatalog
public import OVAPolicy

/// The configuration, as `ova.yaml` has it.
public struct Configuration: Hashable, Sendable {
  /// The catalog's file.
  public var database: String?
  /// The zone that times are written and read in.
  public var timeZone = "America/Toronto"
  /// The repositories that everybody sees, in the order written.
  public var repositories: [Repository] = []
  /// The users' own repositories.
  public var personal: PersonalRepositories?
  /// The settings of `ova serve`.
  public var server = ServerSettings()
  /// Confirmations by e-mail; nil when they are not turned on.
  public var mail: MailSettings?
  /// The requirements on packages; nil for none but being sound.
  public var policy: PackagePolicy?

  /// The defaults.
  public init() {}
}

/// A repository and what is left out of it.
public struct Repository: Hashable, Sendable {
  /// The place of its packages in the catalog.
  public var mapping: RepositoryMapping
  /// Patterns of paths to leave out: `*.part`, `old/**`.
  public var excludes: [String]

  /// Makes a repository.
  public init(mapping: RepositoryMapping, excludes: [String] = []) {
    self.mapping = mapping
    self.excludes = excludes
  }
}

/// One repository for each user, below one data store.
public struct PersonalRepositories: Hashable, Sendable {
  /// The data store's name.
  public var dataStore: String
  /// The local folder that stands for the root of the data store.
  public var root: String
  /// The user's folder below the root; `{user}` stands for the user's name.
  public var folder: String
  /// Patterns of paths to leave out.
  public var excludes: [String]
  /// The place that users upload to, as their page states it: a URL or a sentence; nil for no
  /// statement.
  public var upload: String?

  /// Makes the description.
  public init(
    dataStore: String, root: String, folder: String = "{user}/images", excludes: [String] = [],
    upload: String? = nil
  ) {
    self.upload = upload
    self.dataStore = dataStore
    self.root = root
    self.folder = folder
    self.excludes = excludes
  }

  /// A user's own repository.
  ///
  /// Throws `.invalidMapping` when the name cannot be part of a path.
  public func repository(of user: String) throws(CatalogError) -> Repository {
    guard UserName.isValid(user) else {
      throw CatalogError(
        code: .invalidMapping, doing: "map the repository of a user",
        reason: "the name cannot be part of a path", place: .init(root))
    }
    let folder = folder.replacing("{user}", with: user)
    return Repository(
      mapping: try RepositoryMapping(
        dataStore: dataStore, root: root, folder: folder, labelBase: folder, isPublic: false,
        owner: user), excludes: excludes)
  }
}

/// Names of users.
public enum UserName {
  /// Returns whether a name is safe in paths, headers and logs: 1 to 64 of `A-Z a-z 0-9 . _ @ -`,
  /// not beginning with a dot or a dash.
  public static func isValid(_ name: String) -> Bool {
    let bytes = name.utf8
    guard (1...64).contains(bytes.count), let first = bytes.first,
      first != UInt8(ascii: "."), first != UInt8(ascii: "-")
    else { return false }
    return bytes.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "._@-".utf8.contains(byte)
      }
    }
  }
}

/// Settings of the server.
public struct ServerSettings: Hashable, Sendable {
  /// The formats of log lines.
  public enum LogFormat: String, CaseIterable, Sendable { case text, json }
  /// The least severe messages that are logged.
  public enum LogLevel: String, CaseIterable, Sendable { case debug, info, warning, error }

  /// The address that is listened on.
  public var host = "127.0.0.1"
  /// The port that is listened on; 0 for any that is free.
  public var port = 8080
  /// The URL that clients reach the server by, without a slash at its end.
  public var baseURL: String?
  /// A file of users and their passwords, as `htpasswd` writes it.
  public var usersFile: String?
  /// The file of the key that tokens of `POST /auth/request-token` are signed with; beside the
  /// database when left out.
  public var keyFile: String?
  /// Seconds that such a token opens anything.
  public var tokenLifetime = 43_200
  /// Seconds after which the public repositories are scanned even if no change of their folders was
  /// reported; nil for no scans while the server runs.
  public var watchSeconds: Int?
  /// Proxies in front of the server, whose `X-Forwarded-For` says where a request comes from;
  /// without any, all that comes through a proxy comes from the proxy.
  public var trustedProxies: [NetworkRange] = []
  /// The form of the log.
  public var logFormat = LogFormat.text
  /// The least severe entries of the log.
  public var logLevel = LogLevel.info
  /// The limits on connections and requests.
  public var limits = ServerLimits()

  /// The defaults.
  public init() {}
}

/// Limits on what clients may send, and on times.
public struct ServerLimits: Hashable, Sendable {
  /// Bytes of all headers of a request, and of its longest.
  public var headerBytes = 32_768
  /// Bytes of a query.
  public var queryBytes = 8_192
  /// Bytes of a body.
  public var bodyBytes = 65_536
  /// Connections at one time; more wait.
  public var connections = 1024
  /// Seconds in which a new connection's first request, and each request's body, has to come.
  public var requestSeconds = 20
  /// Seconds that a question may take the catalog.
  public var answerSeconds = 20
  /// Seconds that a connection may be idle between requests, or take an answer.
  public var idleSeconds = 60
  /// Seconds that a server that is to stop gives what is under way.
  public var stopSeconds = 30

  /// The defaults.
  public init() {}
}

/// Settings of the mail about syncs.
public struct MailSettings: Hashable, Sendable {
  /// The program that takes mail: `sendmail -t -i`.
  public var sendmail = "/usr/sbin/sendmail"
  /// The sender's address.
  public var from: String
  /// The domain of users who have no address of their own here; nil for none.
  public var domain: String?
  /// Addresses by user.
  public var addresses: [String: String] = [:]
  /// Seconds after which a mail program that is not done is ended and tried again later.
  public var timeoutSeconds = 60

  /// Makes the settings.
  public init(from: String) { self.from = from }

  /// The address of a user; nil when none is known.
  public func address(of user: String) -> String? {
    if let address = addresses[user] { return address }
    if user.utf8.contains(UInt8(ascii: "@")) { return user }
    return domain.map { "\(user)@\($0)" }
  }
}
