import ArgumentParser
import Logging
import Metrics
import OVABasics
import OVAByteSource
import OVACatalog
import OVAConfiguration
import OVAJobs
import OVASandbox
import OVAServer

/// `ova serve`: the catalog over HTTP.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves a catalog as the image API, and as pages for people.",
    discussion: """
      Runs until SIGTERM or SIGINT and finishes what is under way then. What is set here goes \
      before what the configuration file says.

      Examples:
        ova serve --db catalog.sqlite
        ova serve --config /etc/ova/ova.yaml --watch
        ova serve --db catalog.sqlite --listen "[::1]:9000"
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(help: ArgumentHelp("The address to listen on.", valueName: "host:port"))
  var listen: String?

  @Option(help: ArgumentHelp("The URL that clients reach the server by.", valueName: "url"))
  var baseURL: String?

  @Option(help: "The time zone that times are written in, such as 'America/Toronto'.")
  var timeZone: String?

  @Option(help: "How log lines are written: text or json.")
  var logFormat: String?

  @Flag(help: "Scan the configuration's public repositories when their folders change.")
  var watch = false

  func run() async throws {
    var configuration = try options.configuration()
    if let listen {
      guard let address = ListenAddress(listen) else {
        throw ValidationError("--listen is not of the form host:port: '\(listen.forDisplay)'")
      }
      configuration.server.host = address.host
      configuration.server.port = address.port
    }
    if let baseURL {
      guard let url = BaseURL.normalized(baseURL) else {
        throw ValidationError("--base-url is not of the form https://host/path")
      }
      configuration.server.baseURL = url
    }
    if watch, configuration.server.watchSeconds == nil { configuration.server.watchSeconds = 300 }
    if let timeZone { configuration.timeZone = timeZone }
    if let logFormat {
      guard let format = ServerSettings.LogFormat(rawValue: logFormat) else {
        throw ValidationError("--log-format is neither text nor json")
      }
      configuration.server.logFormat = format
    }
    try await serve(configuration)
  }

  private func serve(_ configuration: Configuration) async throws {
    let settings = configuration.server
    let logger = Logger(label: "ova") { _ in
      StderrLogHandler(format: settings.logFormat, level: settings.logLevel)
    }
    let catalog = CatalogConnection(
      path: try ConfigurationOptions.database(of: configuration),
      longestReading: Double(settings.limits.answerSeconds))
    try Self.checkRoots(of: configuration)
    do throws(CatalogError) {
      // None is made here: a mistyped path would be served as an empty catalog.
      _ = try await catalog.store()
    } catch {
      // A catalog that cannot be used now may be usable later; until then there are 503s.
      catalog.report(error, logger)
    }
    let server: CatalogServer
    do throws(CatalogError) {
      server = try CatalogServer(
        configuration, catalog: catalog, version: OVAVersion.text, logger: logger,
        sandbox: .current, trees: RemoteInput.tree(at:))
    } catch {
      Output.standardError.line("ova: \(error.description.linesForDisplay)")
      throw ExitStatus.wrongUse
    }
    Self.checkSandbox(logger)
    // What the server's libraries count is shown beside its own numbers.
    MetricsSystem.bootstrap(server.services.metrics.registry)
    do {
      try await server.run { port in
        logger.info("listening", metadata: ["host": "\(settings.host)", "port": .number(port)])
      }
    } catch {
      let reason = CatalogServer.reason(ofFailedStart: error).forDisplay
      Output.standardError.line(
        "ova: cannot serve on \(settings.host.forDisplay):\(settings.port): \(reason)")
      throw ExitStatus.unreadable
    }
    logger.info("stopped")
    LogOutput.standardError.flush(within: .seconds(2))
  }

  /// Starts one process as syncs do, so that what keeps them from parsing is known from the start.
  private static func checkSandbox(_ logger: Logger) {
    do throws(SandboxError) {
      let worker = try Worker(
        .current, role: SandboxedRole.probe, confinement: Confinement(readable: []))
      for gap in worker.confined.gaps {
        logger.warning(
          "packages are parsed with less than a whole sandbox", metadata: ["gap": "\(gap)"])
      }
    } catch {
      logger.error(
        "packages cannot be parsed: syncs and scans will fail",
        metadata: ["error": "\(error.reason.forDisplay)"])
    }
  }

  /// Checks that the data stores' folders are there, before a client is served without them.
  private static func checkRoots(of configuration: Configuration) throws {
    var roots = configuration.repositories.map { ($0.mapping.dataStore, $0.mapping.root) }
    if let personal = configuration.personal { roots.append((personal.dataStore, personal.root)) }
    // What lies elsewhere may be away for a while, as a server at the start of others.
    for (store, root) in roots where !root.isRemoteLocation {
      let reason: String
      do throws(ByteSourceError) {
        let kind = try FileFacts.of(path: root).kind
        if kind == .folder { continue }
        reason = "it is a \(kind.rawValue), not a folder"
      } catch {
        reason = error.reason
      }
      Output.standardError.line(
        "ova: cannot serve the data store '\(store.forDisplay)': its root \(root.forDisplay): \(reason)"
      )
      throw ExitStatus.unreadable
    }
  }
}
