import HTTPTypes
import Hummingbird
import Logging
import OVABasics
import OVACatalog
import OVAConcurrency
import OVAJobs

/// Turns errors into responses: pages for people, JSON for programs. What is not the client's fault
/// is logged.
struct Problems: RouterMiddleware {
  typealias Context = ServerContext

  let services: Services

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch {
      return answer(problem(error, context.logger), request, context)
        .response(from: request, context: context)
    }
  }

  private func answer(
    _ problem: Problem, _ request: Request, _ context: ServerContext
  ) -> APIResponse {
    let accept = request.headers[.accept]
    if ErrorPage.isWanted(context.route?.access, context.target, accept: accept),
      let page = try? ErrorPage.answer(
        problem, base: services.basePath, user: context.user.name,
        session: Authenticator.session(in: request.headers[.cookie]))
    {
      return page
    }
    return APIResponse(
      status: problem.status, headers: problem.headers, body: problem.body, isTagged: false)
  }

  private func problem(_ error: any Error, _ logger: Logger) -> Problem {
    switch error {
    case let error as Problem: return error
    case let error as CatalogError:
      switch error.code {
      case .invalidParameterValue: break
      case .tooLong:
        logger.warning(
          "a query took too long", metadata: ["error": .string(error.reason.forDisplay)])
      default: services.catalog.report(error, logger)
      }
      return Problem(error)
    case let error as WorkPoolError:
      logger.error("too much is under way", metadata: ["error": .string("\(error)")])
      return Problem(
        status: .serviceUnavailable, message: "the server has too much to do at the moment",
        headers: [.retryAfter: "5"])
    case let error as HTTPError where error.status == .notFound:
      // The router has nothing at this path.
      return .notFound
    case let error as any HTTPResponseError:
      return Problem(status: error.status, message: "the request cannot be read")
    default:
      logger.error("a request failed", metadata: ["error": .string("\(error)".forDisplay)])
      return Problem(status: .internalServerError, message: "the request could not be answered")
    }
  }
}
