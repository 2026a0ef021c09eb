import Glibc
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import OVABasics
package import OVAByteSource
package import OVACatalog
package import OVAConfiguration
package import OVAJobs
package import OVASandbox
import OVATime
import ServiceLifecycle
import UnixSignals

/// The server: the catalog as an image API, the worker that syncs, and the pages.
package struct CatalogServer: Sendable {
  package let services: Services
  /// Answers the requests.
  package let responder: Responder
  private let settings: ServerSettings
  private let logger: Logger
  private let watch: RepositoryWatch?
  /// Letters about syncs; nil when no mail is sent.
  package let letters: LetterQueue?

  /// Makes a server of a configuration.
  ///
  /// - Parameters:
  ///   - sandbox: the program that parses packages in processes of its own; nil for parsing them in
  ///     this one.
  ///   - trees: opens repositories elsewhere than on this machine; nil where none are scanned.
  ///
  /// Throws when the time zone is not known.
  package init(
    _ configuration: Configuration, catalog: CatalogConnection, version: String, logger: Logger,
    scanning: (any RepositoryScanning)? = nil, sandbox: WorkerProgram? = nil,
    trees: FileTreeOpening? = nil,
    now: @escaping @Sendable () -> Int64 = CatalogServer.systemTime
  ) throws(CatalogError) {
    let settings = configuration.server
    self.settings = settings
    self.logger = logger
    let metrics = ServerMetrics()
    letters = configuration.mail.map { mail in
      LetterQueue(
        catalog: catalog, settings: mail, counting: metrics, logger: logger, now: now)
    }
    watch = settings.watchSeconds.map { seconds in
      RepositoryWatch(
        catalog: catalog, repositories: configuration.repositories,
        pause: .seconds(seconds), sandbox: sandbox, trees: trees, policy: configuration.policy,
        counting: metrics, logger: logger)
    }
    let keyFile = settings.keyFile ?? catalog.fileBeside(".key")
    let logins = try settings.usersFile.map { (file) throws(CatalogError) in
      guard let keyFile else {
        throw CatalogError(
          code: .invalidParameterValue, doing: "sign tokens",
          reason: "the catalog is on a server, and has no folder that the key could be kept in",
          place: Place("server.key_file"), fix: "name the file; all servers need the same one")
      }
      return PasswordAuthenticator(
        usersFile: file, keyFile: keyFile,
        lifetime: Int64(settings.tokenLifetime), metrics: metrics, logger: logger)
    }
    services = Services(
      catalog: catalog, times: try APITime(zoneNamed: configuration.timeZone),
      baseURL: settings.baseURL ?? "http://\(settings.host):\(settings.port)",
      limits: settings.limits, trustedProxies: settings.trustedProxies,
      personal: configuration.personal,
      authenticator: Authenticator(catalog: catalog, logins: logins, now: now),
      metrics: metrics, logger: logger, version: version, now: now,
      worker: SyncWorker(
        catalog: catalog, personal: configuration.personal,
        scanning: scanning
          ?? CatalogScan(
            sandbox: sandbox, trees: trees, policy: configuration.policy),
        letters: letters, counting: metrics,
        logger: logger,
        now: now))
    responder = Responder(services: services)
  }

  /// Seconds since 1970.
  package static let systemTime: @Sendable () -> Int64 = { Int64(time(nil)) }

  /// Describes the reason why a server could not start, in one line.
  package static func reason(ofFailedStart error: any Error) -> String {
    guard let error = error as? IOError else { return "\(error)" }
    switch error.errnoCode {
    case EADDRINUSE: return "another program listens there already"
    case EADDRNOTAVAIL: return "this machine has no such address"
    case EACCES, EPERM: return "ports below 1024 may be used only with the right to"
    default: return unsafe String(cString: strerror(error.errnoCode))
    }
  }

  /// Serves until the process is asked to stop; what is under way is finished then. `onRunning`
  /// learns the port.
  package func run(onRunning: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
    let limits = settings.limits
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .notice)
    let application = Application(
      responder: responder,
      server: HTTPServerBuilder { [services] in
        CatalogChannel(responder: $0, limits: limits, metrics: services.metrics)
      },
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port), serverName: "ova",
        availableConnectionsDelegate: .maximum(limits.connections, logger: quiet)),
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
      logger: quiet)
    var all: [any Service] = [services.authenticator.uses, services.worker]
    if let watch { all.append(watch) }
    if let letters { all.append(letters) }
    let serving = ServingApplication(
      application, limit: .seconds(limits.stopSeconds + 2), logger: logger)
    all.append(serving)
    var group = ServiceGroupConfiguration(
      services: all.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
      logger: quiet)
    // Who is not answered by then waits for something that does not come.
    group.maximumGracefulShutdownDuration = .seconds(limits.stopSeconds)
    defer { serving.ended() }
    try await ServiceGroup(configuration: group).run()
    services.catalog.close()
  }
}
