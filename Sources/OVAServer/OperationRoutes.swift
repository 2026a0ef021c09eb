import Hummingbird
import OVABasics
import OVACatalog

/// What operators and tools ask for.
enum OperationRoutes {
  static let all = [
    Route(
      "/livez", access: .everybody,
      .get("Says that the server runs.", answers: .object("Health")) { _ in .json(["status": "ok"])
      }),
    Route(
      "/readyz", access: .everybody,
      .get("Says whether the catalogue can be read.", answers: .object("Health")) { exchange in
        _ = try await exchange.services.catalogue.read { try $0.generation() }
        return .json(["status": "ok"])
      }),
    Route(
      "/version", access: .everybody,
      .get("Says which version runs.", answers: .object("Version")) { exchange in
        .json(["name": "ova", "version": .string(exchange.services.version)])
      }),
    Route(
      "/metrics", access: .everybody,
      .get("Shows counters as Prometheus reads them.") { exchange in
        let numbers = try? await exchange.services.catalogue.read { reader in
          ServerMetrics.CatalogueNumbers(
            images: try reader.total(of: ImageQuery(scope: .all)),
            waitingSyncs: try reader.unfinishedRequests().count)
        }
        let text = exchange.services.metrics.text(
          numbers: numbers, version: exchange.services.version)
        return Answer(
          type: "text/plain; version=0.0.4; charset=utf-8", body: Array(text.utf8),
          isTagged: false)
      }),
    Route(
      "/openapi.json", access: .everybody,
      .get("Describes this API as OpenAPI 3.1.", answers: .object("Anything")) { exchange in
        .json(OpenAPI.document(exchange.services))
      }),
  ]
}
