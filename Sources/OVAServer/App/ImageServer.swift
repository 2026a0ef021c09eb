public import Logging
public import OVABasics
public import OVACatalog
public import OVAConfiguration
import OVAJobs

/// The image server, for programs that run it themselves.
public struct ImageServer: Sendable {
  private let server: CatalogServer

  /// Makes a server.
  /// - Parameters:
  ///   - configuration: the same as `ova serve --config` reads; the database must be named.
  ///   - version: what the server says of itself.
  ///   - logger: where it logs.
  /// - Throws: `CatalogError` when no database is named or the time zone is unknown.
  public init(
    _ configuration: Configuration, version: String = "embedded", logger: Logger
  ) throws(CatalogError) {
    guard let database = configuration.database else {
      throw CatalogError(
        code: .missing, doing: "serve the catalog", reason: "no database is named",
        place: Place("configuration"), fix: "set 'database' to the catalog's file")
    }
    let catalog = CatalogConnection(
      path: database, longestReading: Double(configuration.server.limits.answerSeconds))
    server = try CatalogServer(
      configuration, catalog: catalog, version: version, logger: logger)
  }

  /// Serves until the task is canceled, or the process gets SIGTERM or SIGINT; requests in progress
  /// are finished first.
  /// - Parameter onListening: called with the port once connections are accepted.
  /// - Throws: when the address cannot be used.
  public func run(onListening: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
    try await server.run(onRunning: onListening)
  }
}
