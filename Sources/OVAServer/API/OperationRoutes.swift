import Hummingbird
import OVABasics
import OVACatalog
import OVAConcurrency
import OVAJobs

/// Routes for operators and tools.
enum OperationRoutes {
  static let all = [
    Route(
      "/livez", access: .everybody, isProbe: true,
      .get("Says that the server runs.", answers: .object("Health")) { _ in .json(["status": "ok"])
      }),
    Route(
      "/readyz", access: .everybody, isProbe: true,
      .get("Says whether the catalog can be read.", answers: .object("Health")) { context in
        _ = try await context.services.catalog.read { try $0.generation() }
        return .json(["status": "ok"])
      }),
    Route(
      "/version", access: .everybody,
      .get("Says which version runs.", answers: .object("Version")) { context in
        .json(["name": "ova", "version": .string(context.services.version)])
      }),
    Route(
      "/metrics", access: .everybody, isProbe: true,
      .get("Shows counters as Prometheus reads them.") { context in
        let services = context.services
        let numbers = try? await services.catalog.read { try $0.publicNumbers() }
        // What the kernel knows of the process is in files.
        let text = try await WorkPool.files.run { _ in
          services.metrics.text(
            numbers: numbers, runningLogins: services.authenticator.logins?.runningCount,
            now: services.now(), version: services.version)
        }
        return APIResponse(
          type: "text/plain; version=0.0.4; charset=utf-8", body: Array(text.utf8),
          isTagged: false)
      }),
    Route(
      "/openapi.json", access: .everybody,
      .get("Describes this API as OpenAPI 3.1.", answers: .object("Anything")) { context in
        .json(OpenAPI.document(context.services))
      }),
  ]
}
