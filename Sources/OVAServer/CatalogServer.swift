import Glibc
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import OVABasics
package import OVACatalog
package import OVAConfiguration
import ServiceLifecycle
import UnixSignals

/// The server: the catalogue as an image API, the worker that syncs, and the pages.
package struct CatalogServer: Sendable {
  package let services: Services
  private let settings: ServerSettings
  private let logger: Logger
  private let watch: RepositoryWatch?

  /// Makes a server of a configuration.
  ///
  /// Throws when the time zone is not known.
  package init(
    _ configuration: Configuration, catalogue: Catalogue, version: String, logger: Logger,
    scanning: (any RepositoryScanning)? = nil,
    now: @escaping @Sendable () -> Int64 = CatalogServer.systemTime
  ) throws(CatalogError) {
    let settings = configuration.server
    self.settings = settings
    self.logger = logger
    let metrics = ServerMetrics()
    watch = settings.watchSeconds.map { seconds in
      RepositoryWatch(
        catalogue: catalogue, repositories: configuration.repositories,
        pause: .seconds(seconds), metrics: metrics, logger: logger)
    }
    let logins = settings.usersFile.map { file in
      Logins(
        usersFile: file, keyFile: settings.keyFile ?? "\(catalogue.path).key",
        lifetime: Int64(settings.tokenLifetime))
    }
    services = Services(
      catalogue: catalogue, times: try APITime(zoneNamed: configuration.timeZone),
      baseURL: settings.baseURL ?? "http://\(settings.host):\(settings.port)",
      limits: settings.limits, personal: configuration.personal,
      authenticator: Authenticator(catalogue: catalogue, logins: logins, now: now),
      metrics: metrics, logger: logger, version: version, now: now,
      worker: SyncWorker(
        catalogue: catalogue, personal: configuration.personal,
        scanning: scanning ?? CatalogScan(),
        mail: configuration.mail.map { Confirmation(settings: $0, logger: logger) },
        metrics: metrics, logger: logger, now: now))
  }

  /// Seconds since 1970.
  package static let systemTime: @Sendable () -> Int64 = { Int64(time(nil)) }

  /// What answers requests.
  package var responder: Responder { Responder(services: services) }

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
    services.catalogue.close()
  }
}
