import ArgumentParser
import Logging
import Metrics
import OVABasics
import OVACatalog
import OVAConfiguration
import OVAServer

/// `ova serve`: the catalogue over HTTP.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves a catalogue as the image API, and as pages for people.",
    discussion: """
      Runs until SIGTERM or SIGINT and finishes what is under way then. What is set here goes \
      before what the configuration file says.
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
        throw ValidationError("--listen is not of the form host:port: '\(listen.inert)'")
      }
      configuration.server.host = address.host
      configuration.server.port = address.port
    }
    if let baseURL {
      guard let url = BaseURL.normalised(baseURL) else {
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
      LineLog(format: settings.logFormat, level: settings.logLevel)
    }
    let catalogue = Catalogue(
      path: try ConfigurationOptions.database(of: configuration),
      longestReading: Double(settings.limits.answerSeconds))
    do throws(CatalogError) {
      _ = try catalogue.store(creates: true)
    } catch {
      // A catalogue that is not well now may be later; until then there are 503s.
      logger.error(
        "the catalogue cannot be opened", metadata: ["error": "\(error.description.inert)"])
    }
    let server: CatalogServer
    do throws(CatalogError) {
      server = try CatalogServer(
        configuration, catalogue: catalogue, version: OVAVersion.text, logger: logger)
    } catch {
      Output.words.line("ova: \(error.description.inertLines)")
      throw ExitStatus.wrongUse
    }
    // What the server's libraries count is shown beside its own numbers.
    MetricsSystem.bootstrap(server.services.metrics.registry)
    do {
      try await server.run { port in
        logger.info("listening", metadata: ["host": "\(settings.host)", "port": "\(port)"])
      }
    } catch {
      Output.words.line("ova: cannot serve on \(settings.host):\(settings.port): \(error)")
      throw ExitStatus.unreadable
    }
    logger.info("stopped")
  }
}
